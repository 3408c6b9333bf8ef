public import BookingDomain
public import Rollout

/// The scenarios that come with the program; `data/rehearsals/` has them as files.
public enum BuiltInScenarios {
  private static let files: KeyValuePairs<String, [UInt8]> = [
    "all-well": PackageResources.all_well_json,
    "v3-slower": PackageResources.v3_slower_json,
    "v3-worse-in-one-restaurant": PackageResources.v3_worse_in_one_restaurant_json,
    "v3-worse-everywhere": PackageResources.v3_worse_everywhere_json,
    "v3-worse-in-shadow": PackageResources.v3_worse_in_shadow_json,
    "breaker-storm": PackageResources.breaker_storm_json,
    "storage-outage": PackageResources.storage_outage_json,
    "p1-incident": PackageResources.p1_incident_json,
    "too-little-data": PackageResources.too_little_data_json,
  ]

  /// In the order in which they are shown.
  public static var names: [String] { files.map(\.key) }

  /// - Parameter plan: that is played.
  /// - Returns: nil if there is none of the name.
  /// - Throws: `InputProblems` where its faults or expectations name a phase that the plan does not have; a test shows that
  ///   each is one of the built-in plan.
  public static func scenario(
    _ name: String, plan: RolloutPlan = .standard
  ) throws(InputProblems) -> RehearsalScenario? {
    guard let file = files.first(where: { $0.key == name }) else { return nil }
    return try RehearsalScenarioFile.decode(file.value, name: name, source: "\(name).json", plan: plan)
  }
}
