import BookingDomain

/// Reads one phase of a rollout file.
enum RolloutPhaseReader {
  static let keys = [
    "name", "environment", "v3", "shadow", "share", "at_least", "also", "signed_off_by", "automatic_rollback",
    "cleanup_checklist",
  ]

  /// Nil only if a problem was reported.
  static func phase(_ tree: JSONTree, at place: String, problems: ProblemCollector) -> RolloutPhase? {
    guard let entry = JSONObjectReader(tree, at: place, keys: keys, problems: problems) else { return nil }
    let name = name(entry)
    let environments = RolloutEnvironment.allCases.map(\.rawValue).joined(separator: ", ")
    _ = entry.required("environment", allowed: environments)
    let environment = entry.choice("environment", default: RolloutEnvironment.staging)
    let pipelineV3 = entry.has("v3") ? entry.bool("v3", default: false) : nil
    let atLeast = entry.object("at_least", keys: ["hours", "bookings"])
    let share = entry.int("share", 0...100)
    if pipelineV3 == true { _ = entry.required("share", allowed: "0 to 100, since v3 is true") }
    if pipelineV3 != true, entry.has("share") { entry.report("share", "has no use", allowed: "only where v3 is true") }
    return RolloutPhase(
      name: name, environment: environment, pipelineV3: pipelineV3, shadow: entry.bool("shadow", default: false),
      sharePercent: share, leastHours: atLeast?.int("hours", 0...8_760) ?? 0,
      leastBookings: atLeast?.int("bookings", 0...10_000_000) ?? 0,
      also: CriterionReader.list(entry, "also", isRequired: false), signedOffBy: roles(entry),
      automaticRollback: entry.bool("automatic_rollback", default: environment == .production),
      writesCleanupChecklist: entry.bool("cleanup_checklist", default: false))
  }

  private static func name(_ entry: JSONObjectReader) -> String {
    let name = entry.requiredText("name", length: 1...TextLimits.identifier) ?? ""
    let isWord = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    if !isWord { entry.report("name", "is no name of a phase", allowed: "a-z 0-9 _") }
    return name
  }

  private static func roles(_ entry: JSONObjectReader) -> [Role] {
    let names = Role.allCases.map(\.rawValue)
    var roles: [Role] = []
    for (tree, place) in entry.list("signed_off_by", count: 0...names.count) {
      guard case .string(let text) = tree.value, let role = Role(rawValue: text) else {
        var suggestion: String?
        if case .string(let text) = tree.value { suggestion = Spelling.closest(to: text, in: names) }
        entry.problems.add(
          place, value: tree.excerpt, "is no role", allowed: names.joined(separator: ", "), suggestion: suggestion)
        continue
      }
      if roles.contains(role) {
        entry.problems.add(place, value: tree.excerpt, "occurs a second time", allowed: "each role once")
      }
      roles.append(role)
    }
    return roles
  }
}
