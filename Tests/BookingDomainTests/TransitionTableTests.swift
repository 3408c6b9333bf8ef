import BookingDomain
import Testing

/// Every state × target × actor against the table of the product specification, §2, copied here by hand.
struct TransitionTableTests {
  static let pipeline: [AssignmentState: Set<AssignmentState>] = [
    .created: [.capacityVerified, .failed, .manualReview],
    .capacityVerified: [.assignmentPending, .failed, .manualReview],
    .assignmentPending: [.assignmentInProgress, .manualReview, .failed],
    .assignmentInProgress: [.assigned, .assignmentPending, .manualReview, .failed],
    .assigned: [.confirmed, .assignmentPending, .manualReview],
    .manualReview: [.failed],
    .confirmed: [],
    .failed: [],
  ]

  static let person: [AssignmentState: Set<AssignmentState>] = [
    .created: [.failed, .assignmentPending],
    .capacityVerified: [.failed, .assignmentPending],
    .assignmentPending: [.assigned, .failed, .manualReview],
    .assignmentInProgress: [.failed, .assignmentPending],
    .assigned: [.failed, .assignmentPending],
    .manualReview: [.assignmentPending, .assigned, .failed],
    .confirmed: [.assigned, .assignmentPending, .manualReview, .failed],
    .failed: [.manualReview],
  ]

  @Test(arguments: AssignmentState.allCases, TransitionActor.allCases)
  func rule_everyTarget_isAllowedExactlyWhereTheTableSaysSo(from: AssignmentState, actor: TransitionActor) {
    let expected = (actor == .pipeline ? Self.pipeline : Self.person)[from] ?? []
    for target in AssignmentState.allCases {
      let allowed = TransitionCause.allCases.contains { cause in
        TransitionTable.rule(from: from, to: target, by: actor, for: cause) != nil
      }
      #expect(allowed == expected.contains(target), "\(actor) from \(from) to \(target)")
    }
    #expect(Set(TransitionTable.allowed(from: from, by: actor).map(\.to)) == expected)
  }

  /// The transitions that the table ties to a cause.
  @Test(
    arguments: [
      (.created, .manualReview, .pipeline, [.breakerOpen, .deadline]),
      (.capacityVerified, .manualReview, .pipeline, [.breakerOpen, .deadline]),
      (.manualReview, .failed, .pipeline, [.reviewDeadline]),
      (.created, .failed, .person, [.cancel]),
      (.created, .assignmentPending, .person, [.change]),
      (.assignmentPending, .assigned, .person, [.handPick]),
      (.assignmentPending, .manualReview, .person, [.undo]),
      (.manualReview, .failed, .person, [.decline, .cancel]),
      (.confirmed, .assignmentPending, .person, [.change]),
      (.confirmed, .manualReview, .person, [.undo, .floorChange]),
      (.confirmed, .failed, .person, [.cancel]),
      (.failed, .manualReview, .person, [.undo]),
    ] as [(AssignmentState, AssignmentState, TransitionActor, Set<TransitionCause>)])
  func rule_tiedToACause_isAllowedForItAlone(
    from: AssignmentState, to: AssignmentState, actor: TransitionActor, causes: Set<TransitionCause>
  ) {
    for cause in TransitionCause.allCases {
      let rule = TransitionTable.rule(from: from, to: to, by: actor, for: cause)
      #expect((rule != nil) == causes.contains(cause), "\(from) to \(to) for \(cause)")
    }
  }

  @Test func transitionError_description_namesBothStatesAndWhatIsAllowed() {
    let error = TransitionError(from: .confirmed, to: .created, actor: .pipeline, cause: .retry)
    #expect(error.description == "pipeline may not go from confirmed to created (retry); allowed: none")
    let other = TransitionError(from: .created, to: .confirmed, actor: .person, cause: .cancel)
    #expect(other.description.hasSuffix("allowed: failed, assignment_pending"))
  }

  @Test func endsAutomaticWork_isTrueForThreeStates_andOnlyTheOthersHaveADeadline() {
    let ending = Set(AssignmentState.allCases.filter(\.endsAutomaticWork))
    #expect(ending == [.confirmed, .failed, .manualReview])
    for state in AssignmentState.allCases {
      #expect(state.deadline == (ending.contains(state) ? nil : .seconds(600)))
    }
  }
}
