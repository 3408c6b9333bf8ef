/// The parts of a restaurant file that are neither hours nor floor.
struct RestaurantPolicies {
  let buffers: Buffers
  let pacing: Pacing?
  let combining: CombiningPolicy
  /// Tables that may be joined; nil if the file's number is wrong, which is reported.
  let joinedTables: Int?
  let holdTTLSeconds: Int
  let accessibleTablesKeptUntilMinutes: Int
  let optimisation: OptimisationPolicy
  let review: ReviewPolicy
  let demand: [DemandExpectation]

  /// - Parameter services: names that `demand` may refer to; nil if they are not all known, then it may refer to any.
  init(_ root: JSONObjectReader, services: [String]?) {
    buffers = Self.buffers(root)
    pacing = Self.pacing(root)
    (combining, joinedTables) = Self.combining(root)
    holdTTLSeconds =
      root.object("holds", keys: ["ttl_seconds"])?.int("ttl_seconds", RestaurantLimits.holdSeconds) ?? 180
    accessibleTablesKeptUntilMinutes = root.int(
      "accessible_tables_kept_until_minutes", RestaurantLimits.leadMinutes, default: 120)
    optimisation = Self.optimisation(root)
    review = Self.review(root)
    demand = Self.demand(root, services: services)
  }

  private static func buffers(_ root: JSONObjectReader) -> Buffers {
    guard let entry = root.object("buffers", keys: ["before_minutes", "after_minutes"]) else { return Buffers() }
    return Buffers(
      beforeMinutes: entry.int("before_minutes", RestaurantLimits.bufferMinutes, default: 0),
      afterMinutes: entry.int("after_minutes", RestaurantLimits.bufferMinutes, default: 0))
  }

  private static func pacing(_ root: JSONObjectReader) -> Pacing? {
    let keys = ["interval_minutes", "max_covers", "max_covers_online", "max_parties"]
    guard let entry = root.object("pacing", keys: keys) else { return nil }
    return Pacing(
      intervalMinutes: entry.requiredInt("interval_minutes", RestaurantLimits.intervalMinutes) ?? 15,
      maxCovers: entry.int("max_covers", RestaurantLimits.pacingLimit),
      maxCoversOnline: entry.int("max_covers_online", RestaurantLimits.pacingLimit),
      maxParties: entry.int("max_parties", RestaurantLimits.pacingLimit))
  }

  private static func combining(_ root: JSONObjectReader) -> (CombiningPolicy, joinedTables: Int?) {
    let keys = ["max_tables", "require_adjacency", "max_spare_seats"]
    guard let entry = root.object("combining", keys: keys) else {
      return (CombiningPolicy(), root.has("combining") ? nil : CombiningPolicy().maxTables)
    }
    let given = entry.int("max_tables", RestaurantLimits.maxTables)
    let policy = CombiningPolicy(
      maxTables: given ?? CombiningPolicy().maxTables, requireAdjacency: entry.bool("require_adjacency", default: true),
      maxSpareSeats: entry.int("max_spare_seats", RestaurantLimits.spareSeats))
    return (policy, given == nil && entry.has("max_tables") ? nil : policy.maxTables)
  }

  private static func optimisation(_ root: JSONObjectReader) -> OptimisationPolicy {
    let keys = ["automatic", "minimum_gain_percent", "churn_budget", "freeze_minutes"]
    guard let entry = root.object("optimisation", keys: keys) else { return OptimisationPolicy() }
    return OptimisationPolicy(
      automatic: entry.bool("automatic", default: false),
      minimumGainPercent: entry.int("minimum_gain_percent", RestaurantLimits.gainPercent, default: 10),
      churnBudget: entry.int("churn_budget", RestaurantLimits.churn, default: 5),
      freezeMinutes: entry.int("freeze_minutes", RestaurantLimits.leadMinutes, default: 60))
  }

  private static func review(_ root: JSONObjectReader) -> ReviewPolicy {
    let keys = ["alert_before_minutes", "decline_before_minutes", "decline_automatically"]
    guard let entry = root.object("review", keys: keys) else { return ReviewPolicy() }
    let policy = ReviewPolicy(
      alertBeforeMinutes: entry.int("alert_before_minutes", RestaurantLimits.leadMinutes, default: 120),
      declineBeforeMinutes: entry.int("decline_before_minutes", RestaurantLimits.leadMinutes, default: 30),
      declineAutomatically: entry.bool("decline_automatically", default: true))
    if policy.declineBeforeMinutes > policy.alertBeforeMinutes {
      entry.problems.add(
        entry.place("decline_before_minutes"), value: "\(policy.declineBeforeMinutes)",
        "would decline before the alert", allowed: "at most alert_before_minutes, \(policy.alertBeforeMinutes)")
    }
    return policy
  }

  private static func demand(_ root: JSONObjectReader, services: [String]?) -> [DemandExpectation] {
    var seen: [String: Set<Weekday>] = [:]
    return root.list("demand", count: RestaurantLimits.demand).compactMap { tree, place in
      let keys = ["service", "days", "expected_parties", "party_sizes"]
      guard let entry = JSONObjectReader(tree, at: place, keys: keys, problems: root.problems) else { return nil }
      let service = entry.requiredText("service", length: 1...TextLimits.name)
      let days = entry.weekdays("days")
      let parties = entry.requiredInt("expected_parties", RestaurantLimits.expectedParties)
      let sizes = PartySizeShares.read(entry, "party_sizes")
      guard let service, let parties else { return nil }
      if let services, !services.contains(service) {
        entry.report(
          "service", "is no service of this file", allowed: NameList.text(services),
          suggestion: Spelling.closest(to: service, in: services))
      }
      if !seen[service, default: []].isDisjoint(with: days) {
        entry.report("days", "name a day that an entry before has for this service", allowed: "one entry a day")
      }
      seen[service, default: []].formUnion(days)
      return DemandExpectation(service: service, days: days, expectedParties: parties, partySizes: sizes)
    }
  }
}

/// Shares of the parties by size.
enum PartySizeShares {
  /// How far the sum may be from 1.
  static let tolerance = 0.01

  static func read(_ entry: JSONObjectReader, _ key: String) -> [Int: Double] {
    let allowed = "an object of party sizes and their shares, such as {\"2\": 0.6, \"4\": 0.4}"
    guard let tree = entry.required(key, allowed: allowed) else { return [:] }
    guard case .object(let members) = tree.value, !members.isEmpty else {
      entry.report(key, "has no shares", allowed: allowed)
      return [:]
    }
    var shares: [Int: Double] = [:]
    for member in members {
      let place = JSONObjectReader.join(entry.place(key), member.key)
      guard let size = Int(member.key), RestaurantLimits.party.contains(size), "\(size)" == member.key else {
        entry.problems.add(place, "is not a party size", allowed: JSONScalar.listed(RestaurantLimits.party))
        continue
      }
      let share = JSONScalar.double(member.value, at: place, 0...1, entry.problems)
      if shares.updateValue(share ?? .nan, forKey: size) != nil {
        entry.problems.add(place, "occurs a second time at \(member.keyPosition)", allowed: "each size once")
      }
    }
    checkSum(shares, entry, key)
    return shares
  }

  /// Checks the sum, unless a share was wrong by itself.
  private static func checkSum(_ shares: [Int: Double], _ entry: JSONObjectReader, _ key: String) {
    // Added in a fixed order: floating-point sums depend on it.
    let sum = shares.sorted(by: { $0.key < $1.key }).reduce(0) { $0 + $1.value }
    guard sum.isFinite, abs(sum - 1) > tolerance + 1e-9 else { return }
    let shown = (sum * 10_000).rounded() / 10_000
    entry.problems.add(
      entry.place(key), value: "a sum of \(shown)", "is not 1", allowed: "shares that sum to 0.99 to 1.01")
  }
}
