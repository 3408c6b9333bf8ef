import BookingDomain

// What is exposed at 0 from the start.

extension PipelineSeries.OutcomeKey {
  static let usual: [Self] = AssignmentFlow.allCases.flatMap { flow in
    OutcomeKind.allCases.flatMap { kind in
      (reasons[kind] ?? []).map { Self(flow: flow, kind: kind, reason: $0) }
    }
  }

  private static let reasons: [OutcomeKind: [OutcomeReason?]] = [
    .confirmed: [nil],
    .retry: [
      .circuitOpen, .rateLimited, .lockLost, .versionConflict, .holdConflict, .timeout, .systemError,
      .pipelineDisabled,
    ],
    .manualReview: [.noTable, .maxAttempts, .deadline, .suggestOnly, .circuitOpen],
    .failed: CapacityRejection.allCases.map { OutcomeReason($0) } + [.reviewDeadline],
    .noop: [.pipelineDisabled, .restaurantPaused, .lockContention, .bookingNotFound, .terminalState],
    .refused: [.refused],
  ]
}

extension PipelineSeries.StrategyKey {
  static let usual: [Self] = StrategyName.allCases.filter { $0 != .manual }.map {
    Self(flow: $0 == .legacyBestFit ? .legacy : .v3, strategy: $0)
  }
}

extension PipelineSeries.ErrorKey {
  static let usual: [Self] = AssignmentFlow.allCases.flatMap { flow in
    ["planning_timeout", "planner_failed", "impossible_plan", "storage_unavailable", "storage_invalid"]
      .map { Self(flow: flow, code: $0) }
  }
}
