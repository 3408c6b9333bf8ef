import BookingDomain

extension RolloutPlan {
  /// The seven phases of the product specification (§9); `data/rollout.default.json` says the same.
  public static let standard = RolloutPlan(
    phases: [
      shadow("staging_shadow", .staging, [.qaLead, .engineeringLead]),
      RolloutPhase(
        name: "staging_full", environment: .staging, pipelineV3: true, sharePercent: 100, leastHours: 48,
        also: [CriterionRule(.duplicateNotices, 0), CriterionRule(.latency, 3_000), CriterionRule(.lockWait, 100)],
        signedOffBy: [.qaLead, .engineeringLead]),
      shadow("production_shadow", .production, productionSigners),
      production("production_10", share: 10, hours: 24, also: [CriterionRule(.drill, 300)]),
      production("production_50", share: 50, hours: 24, also: [CriterionRule(.notWorseThanBefore, 5)]),
      production("production_100", share: 100, hours: 7 * 24, also: [CriterionRule(.everyDay, 7)]),
      RolloutPhase(
        name: "legacy_cleanup", environment: .production, pipelineV3: true, sharePercent: 100,
        automaticRollback: true, writesCleanupChecklist: true),
    ],
    criteria: [
      CriterionRule(.confirmation, 95), CriterionRule(.review, 10), CriterionRule(.fullHouse, 5),
      CriterionRule(.incidents, 0), CriterionRule(.events, 99), CriterionRule(.breakerOpen, 300),
      CriterionRule(.stuck, 0),
    ])

  private static let productionSigners: [Role] = [.onCallEngineer, .productOwner]

  private static func shadow(_ name: String, _ environment: RolloutEnvironment, _ roles: [Role]) -> RolloutPhase {
    RolloutPhase(
      name: name, environment: environment, shadow: true, leastHours: 24, leastBookings: 100,
      also: [CriterionRule(.errors, 0), CriterionRule(.notWorseThanLegacy, 5)], signedOffBy: roles,
      automaticRollback: environment == .production)
  }

  private static func production(_ name: String, share: Int, hours: Int, also: [CriterionRule]) -> RolloutPhase {
    RolloutPhase(
      name: name, environment: .production, pipelineV3: true, sharePercent: share, leastHours: hours,
      also: [CriterionRule(.errorRate, 1)] + also, signedOffBy: productionSigners, automaticRollback: true)
  }
}
