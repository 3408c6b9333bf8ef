import BookingDomain
import Rollout

/// Reads one fault of a scenario.
enum RehearsalFaultReader {
  private static let keys = [
    "fault", "phase", "after_hours", "lasts_hours", "restaurants", "percent", "milliseconds", "level",
  ]

  /// Nil only if a problem was reported.
  static func fault(
    _ tree: JSONTree, at place: String, plan: RolloutPlan, problems: ProblemCollector
  ) -> RehearsalFault? {
    guard let entry = JSONObjectReader(tree, at: place, keys: keys, problems: problems), let kind = kind(entry)
    else { return nil }
    var fault = RehearsalFault(kind)
    fault.phase = phase(entry, plan)
    fault.afterHours = entry.double("after_hours", 0...2_880) ?? 0
    fault.lastsHours = entry.double("lasts_hours", 0.01...2_880)
    readPlanner(entry, &fault)
    if kind == .incident { fault.level = entry.choice("level", default: IncidentLevel.p1) }
    refuse("level", unless: kind == .incident, in: entry, kind)
    refuse("lasts_hours", unless: kind != .incident, in: entry, kind)
    return fault
  }

  private static func readPlanner(_ entry: JSONObjectReader, _ fault: inout RehearsalFault) {
    let isPlanner = [.slowPlanner, .worsePlanner, .failingPlanner].contains(fault.kind)
    fault.restaurants = entry.int("restaurants", 1...500)
    fault.percent = entry.double("percent", 0.1...100) ?? fault.percent
    fault.milliseconds = entry.int("milliseconds", 1...60_000, default: fault.milliseconds)
    for key in ["restaurants", "percent"] { refuse(key, unless: isPlanner, in: entry, fault.kind) }
    refuse("milliseconds", unless: fault.kind == .slowPlanner, in: entry, fault.kind)
    if fault.kind == .slowPlanner { _ = entry.required("milliseconds", allowed: "1 to 60000") }
  }

  private static func refuse(
    _ key: String, unless hasUse: Bool, in entry: JSONObjectReader, _ kind: RehearsalFault.Kind
  ) {
    if !hasUse, entry.has(key) { entry.report(key, "has no use", allowed: "no \(key) for \(kind.rawValue)") }
  }

  private static func kind(_ entry: JSONObjectReader) -> RehearsalFault.Kind? {
    let names = RehearsalFault.Kind.allCases.map(\.rawValue)
    return name(entry, "fault", of: names, isRequired: true).flatMap(RehearsalFault.Kind.init)
  }

  private static func phase(_ entry: JSONObjectReader, _ plan: RolloutPlan) -> String? {
    name(entry, "phase", of: plan.phases.map(\.name), isRequired: false)
  }

  private static func name(
    _ entry: JSONObjectReader, _ key: String, of names: [String], isRequired: Bool
  ) -> String? {
    let allowed = names.joined(separator: ", ")
    if isRequired, entry.required(key, allowed: allowed) == nil { return nil }
    guard let text = entry.text(key, length: 0...TextLimits.name) else { return nil }
    if names.contains(text) { return text }
    entry.report(key, "is not known", allowed: allowed, suggestion: Spelling.closest(to: text, in: names))
    return nil
  }
}
