import BookingDomain
import Testing

@Suite struct FlagTests {
  private static let sayings: [Bool?] = [nil, true, false]

  /// The table of product specification §6.
  @Test(arguments: [
    (false, false, AssignmentFlow.legacy, AssignmentFlow.legacy, false, false),
    (false, true, .legacy, .legacy, true, true),
    (true, false, .v3, .legacy, false, false),
    (true, true, .v3, .legacy, false, true),
  ])
  func `who decides, and what else runs`(
    v3: Bool, shadow: Bool, inShare: AssignmentFlow, outside: AssignmentFlow, shadowsIn: Bool, shadowsOut: Bool
  ) {
    let rollout = RolloutShare(restaurants: ["in": .forcedIn, "out": .forcedOut])
    let flags = FeatureFlags(pipelineV3: v3, shadow: shadow, rollout: rollout)
    #expect(flags.flow(for: "in") == inShare)
    #expect(flags.flow(for: "out") == outside)
    #expect(flags.runsShadow(for: "in") == shadowsIn)
    #expect(flags.runsShadow(for: "out") == shadowsOut)
  }

  /// Every combination of two environments, what is set, and the kill switch, for both flags.
  @Test func `off wins, whoever says it, and the kill switch beats all`() throws {
    for first in Self.sayings {
      for second in Self.sayings {
        for set in Self.sayings {
          for isKilled in [false, true] { try check(first, second, set, isKilled: isKilled) }
        }
      }
    }
  }

  private func check(_ first: Bool?, _ second: Bool?, _ set: Bool?, isKilled: Bool) throws {
    var sources = FlagSources(environments: [
      .init(instance: "a", settings: FlagSettings(pipelineV3: first, shadow: first)),
      .init(instance: "b", settings: FlagSettings(pipelineV3: second, shadow: second)),
    ])
    sources.stored.settings = FlagSettings(pipelineV3: set, shadow: set)
    sources.stored.isKilled = isKilled
    let said = [first, second, set].compactMap(\.self)
    let isOn = !isKilled && said.contains(true) && !said.contains(false)
    let about: Comment = "\(String(describing: first)), \(String(describing: second)), \(String(describing: set))"
    #expect(sources.effective().pipelineV3 == isOn, about)
    #expect(sources.effective().shadow == isOn, about)
    let named: [(FlagSource, Bool?)] = [
      (.environment(instance: "a"), first), (.environment(instance: "b"), second), (.override, set),
    ]
    let deciding = named.filter { $0.1 == (said.contains(false) ? false : true) }.map(\.0)
    for verdict in sources.verdicts.prefix(2) {
      #expect(verdict.value == "\(isOn)", about)
      #expect(verdict.decidedBy == (isKilled ? [.killSwitch] : deciding.isEmpty ? [.unset] : deciding), about)
      #expect(verdict.said.count == said.count + (isKilled ? 1 : 0), about)
    }
  }

  @Test(
    arguments: [
      (nil, nil, nil, 3, [FlagSource.unset]),
      (5, nil, nil, 5, [.environment(instance: "a")]),
      (5, 2, nil, 2, [.environment(instance: "b")]),
      (5, 2, 1, 1, [.override]),
      (2, 2, 8, 2, [.environment(instance: "a"), .environment(instance: "b")]),
      (nil, nil, 20, 20, [.override]),
    ] as [(Int?, Int?, Int?, Int, [FlagSource])])
  func `the lowest number counts`(first: Int?, second: Int?, set: Int?, wanted: Int, by: [FlagSource]) {
    var sources = FlagSources(environments: [
      .init(instance: "a", settings: FlagSettings(maxParallel: first)),
      .init(instance: "b", settings: FlagSettings(maxParallel: second)),
    ])
    sources.stored.settings.maxParallel = set
    #expect(sources.effective().maxParallel == wanted)
    let verdict = sources.verdicts.first { $0.name == .maxParallel }
    #expect(verdict?.value == "\(wanted)")
    #expect(verdict?.decidedBy == by)
  }

  @Test func `a restaurant that is forced in is not in where V3 is off`() {
    var sources = FlagSources()
    sources.stored.restaurants = ["house": .forcedIn]
    #expect(sources.effective().flow(for: "house") == .legacy)
    sources.stored.settings.pipelineV3 = true
    sources.stored.share = 0
    #expect(sources.effective().flow(for: "house") == .v3)
    #expect(sources.effective().flow(for: "other") == .legacy)
    sources.stored.isKilled = true
    #expect(sources.effective().flow(for: "house") == .legacy)
  }

  @Test func `a paused restaurant keeps its place in the rollout`() {
    let paused = FeatureFlags(pipelineV3: true, rollout: RolloutShare(restaurants: ["house": .paused]))
    #expect(paused.isPaused("house"))
    #expect(!paused.isPaused("other"))
    #expect(paused.flow(for: "house") == .v3)
  }

  @Test func `what can be set is checked`() throws {
    var stored = StoredFlags()
    for (key, value) in [
      (FlagKey.flag(.pipelineV3), "yes"), (.flag(.shadow), "True"), (.flag(.maxParallel), "0"),
      (.flag(.maxParallel), "21"), (.flag(.maxParallel), "07"), (.flag(.rolloutShare), "101"),
      (.flag(.rolloutShare), "-1"), (.flag(.rolloutShare), ""), (.flag(.killSwitch), "false"),
      (.restaurant("house"), "pause"),
    ] {
      let problem = #expect(throws: FlagProblem.self) { try stored.take(key, value) }
      #expect(problem?.name == "\(key)")
      #expect(problem?.allowed.isEmpty == false)
    }
    #expect(stored == StoredFlags())
    try stored.take(.flag(.pipelineV3), "false")
    try stored.take(.flag(.maxParallel), "20")
    try stored.take(.flag(.rolloutShare), "0")
    try stored.take(.flag(.killSwitch), "true")
    try stored.take(.restaurant("house"), "out")
    #expect(stored.settings == FlagSettings(pipelineV3: false, maxParallel: 20))
    #expect(stored.share == 0)
    #expect(stored.isKilled)
    #expect(stored.restaurants == ["house": .forcedOut])
  }
}

@Suite struct RolloutShareTests {
  private static let ids = (1...2_000).map { RestaurantID("restaurant-\($0)") }

  @Test func `who is in at a share is in at every higher one, and the share is about kept`() {
    var last: Set<RestaurantID> = []
    for percent in 0...100 {
      let included = Set(Self.ids.filter(RolloutShare(percent: percent).includes))
      #expect(last.isSubset(of: included))
      #expect(abs(included.count - percent * 20) < 90, "\(percent) %: \(included.count)")
      last = included
    }
    #expect(last.count == Self.ids.count)
  }

  /// The hash must never change: it would move restaurants between the flows.
  @Test func `the hash is the same everywhere and for ever`() {
    let first = Self.ids.prefix(40).filter(RolloutShare(percent: 10).includes).map(\.rawValue)
    #expect(first == ["restaurant-12", "restaurant-28", "restaurant-32", "restaurant-35"])
  }

  @Test func `above zero somebody is in, also where no hash is`() {
    for count in 1...30 {
      let few = Array(Self.ids.prefix(count))
      for percent in 1...99 {
        var stored = StoredFlags()
        stored.share = percent
        let share = RolloutShare(percent: percent, lead: RolloutShare.lead(among: few, stored))
        #expect(few.contains(where: share.includes), "\(count) at \(percent) %")
        #expect(RolloutShare.needsNoLead(among: few, stored) == (share.lead == nil))
      }
    }
  }

  @Test func `who leads is in at every higher share`() {
    let few = Array(Self.ids.prefix(3))
    var last: Set<RestaurantID> = []
    for percent in 0...100 {
      var stored = StoredFlags()
      stored.share = percent
      let share = RolloutShare(percent: percent, lead: RolloutShare.lead(among: few, stored))
      let included = Set(few.filter(share.includes))
      #expect(last.isSubset(of: included))
      #expect(included.isEmpty == (percent == 0))
      last = included
    }
  }

  @Test func `nobody leads where one is forced in, and never one that is forced out`() {
    let two: [RestaurantID] = ["a", "b"]
    var stored = StoredFlags()
    stored.share = 1
    let lead = RolloutShare.lead(among: two, stored)
    #expect(lead != nil)
    let other = two.first { $0 != lead }
    stored.restaurants = [lead ?? "": .forcedOut]
    #expect(RolloutShare.lead(among: two, stored) == other)
    stored.restaurants = ["a": .forcedIn]
    #expect(RolloutShare.lead(among: two, stored) == nil)
    stored.restaurants = ["a": .forcedOut, "b": .forcedOut]
    #expect(RolloutShare.lead(among: two, stored) == nil)
  }
}
