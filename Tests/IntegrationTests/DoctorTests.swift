import AssignmentStore
import BookingDomain
import Bootstrap
import Foundation
import HeadwaiterTesting
import Rollout
import SQLiteStore
import Testing

/// The doctor on SQLite files; on PostgreSQL its parts are tested one by one, and the command by the command line's tests.
@Suite struct DoctorTests {
  private let folder: TemporaryFolder
  private let clock = ManualClock()
  private var file: String { folder.file("a.sqlite") }

  init() throws { folder = try TemporaryFolder() }

  private func examine(_ environment: [String: String] = [:], dotEnv: String = "", database: String? = nil) async throws
    -> [Examination]
  {
    let path = folder.file(".env")
    try dotEnv.write(toFile: path, atomically: true, encoding: .utf8)
    return await Doctor(environment: environment, file: path, database: database ?? "sqlite:\(file)", clock: clock)
      .examine()
  }

  private func store() throws -> SQLiteStore { try SQLiteStore(path: file, clock: clock) }

  /// Examinations of a check that are not fine, as text.
  private func findings(_ found: [Examination], _ check: String? = nil) -> [String] {
    found.filter { $0.verdict > .skipped && (check == nil || $0.check == check) }.map {
      "\($0.verdict.rawValue) \($0.check): \($0.detail)"
    }
  }

  private func instance(_ id: String, v3: Bool?, role: InstanceRole = .all) -> InstanceRecord {
    InstanceRecord(
      id: id, host: "h", role: role, version: "1.0", flags: FlagSettings(pipelineV3: v3),
      startedAt: clock.now())
  }

  @Test func soundDatabaseWithAnInstance_isFine() async throws {
    let store = try store()
    defer { store.close() }
    try await store.publishInstance(instance("i-1", v3: true))
    let found = try await examine(["HEADWAITER_LOG_LEVEL": "info"], dotEnv: "FEATURE_ASSIGNMENT_PIPELINE_V3=true\n")
    #expect(findings(found) == [])
    #expect(
      found.map(\.check) == [
        "configuration", "time zones", "database", "durability", "disk", "clock", "migrations", "instances", "flags",
        "rollout", "breakers", "queue",
      ])
    #expect(found.first { $0.check == "flags" }?.detail.hasSuffix(": i-1 on h says true") == true)
    #expect(
      found.first?.detail == "command line: HEADWAITER_DATABASE; environment: HEADWAITER_LOG_LEVEL=info; "
        + ".env: FEATURE_ASSIGNMENT_PIPELINE_V3=true")
  }

  @Test func everyFinding_hasItsAdvice() async throws {
    let store = try store()
    defer { store.close() }
    let found = try await examine([
      "HEADWAITER_DATABSE": "x", "FEATURE_ASSIGNMENT_PIPELINE_V4": "true", "HEADWAITER_FAULTS": "planner=fail",
      "HEADWAITER_DATABASE_LANES": "2", "HEADWAITER_EVENT_RETENTION": "1h",
    ])
    #expect(findings(found).count > 4)
    #expect(found.allSatisfy { $0.verdict <= .skipped || $0.advice != nil })
  }

  @Test func misspeltNames_areFoundWithWhatWasMeant() async throws {
    _ = try store()
    let found = try await examine(
      ["HEADWAITER_DATABSE": "x", "FEATURE_ASIGNMENT_PIPELINE_V3": "true", "FEATURE_SOMETHING_ELSE": "1"],
      dotEnv: "HEADWAITER_LOG_LEVL=info\n")
    let advice = Dictionary(
      found.filter { $0.check == "configuration" }.map { ($0.detail.prefix { $0 != " " }, $0) },
      uniquingKeysWith: { first, _ in first })
    #expect(advice["HEADWAITER_DATABSE"]?.advice == "did you mean HEADWAITER_DATABASE?")
    #expect(advice["HEADWAITER_DATABSE"]?.verdict == .critical, "no process starts with it")
    #expect(advice["FEATURE_ASIGNMENT_PIPELINE_V3"]?.advice == "did you mean FEATURE_ASSIGNMENT_PIPELINE_V3?")
    #expect(advice["HEADWAITER_LOG_LEVL"]?.advice == "did you mean HEADWAITER_LOG_LEVEL?")
    #expect(advice["FEATURE_SOMETHING_ELSE"] == nil, "another program's")
  }

  @Test(arguments: [
    (["HEADWAITER_LOG_FORMAT": "xml"], "HEADWAITER_LOG_FORMAT is \"xml\"; allowed: text, json"),
    (
      ["HEADWAITER_EVENT_RETENTION": "12h"],
      "HEADWAITER_EVENT_RETENTION is \"12h\"; allowed: 1d to 3650d, such as 36h or 30d"
    ),
    (["FEATURE_ASSIGNMENT_PIPELINE_V3": "yes"], "FEATURE_ASSIGNMENT_PIPELINE_V3 is \"yes\"; allowed: true or false"),
  ])
  func valueThatStopsTheStart_isCritical(_ environment: [String: String], _ words: String) async throws {
    _ = try store()
    let found = try await examine(environment)
    #expect(findings(found, "configuration") == ["critical configuration: \(words)"])
  }

  @Test func settingsThatDoNotFitTogether_areFindings() async throws {
    _ = try store()
    let found = try await examine(
      ["HEADWAITER_LOG_LEVEL": "info", "HEADWAITER_DATABASE_LISTEN": "postgresql://x/y"],
      dotEnv: "HEADWAITER_LOG_LEVEL=debug\nHEADWAITER_DATABASE_PREPARED=false\n")
    let told = findings(found, "configuration").joined(separator: "\n")
    #expect(told.contains("HEADWAITER_LOG_LEVEL says one thing in the environment and another in"))
    #expect(told.contains("HEADWAITER_DATABASE_LISTEN is for PostgreSQL, and the database is a SQLite file"))
    #expect(!told.contains("critical"))
  }

  @Test func passwordInTheAddress_isAFindingThatDoesNotShowIt() async throws {
    for address in ["postgresql://u:hunter2@127.0.0.1:1/x", "postgresql://127.0.0.1:1/x?user=u&password=hunter2"] {
      let found = try await examine(database: address)
      #expect(findings(found, "configuration").contains { $0.contains("holds a password") })
      #expect(findings(found, "database").count == 1, "it cannot be reached either")
      #expect(!"\(found)".contains("hunter2"))
    }
  }

  @Test func databaseThatIsNotThere_isOneCriticalFindingWithAdvice() async throws {
    for database in ["sqlite:\(folder.file("nowhere.sqlite"))", "postgresql://u@127.0.0.1:1/x"] {
      let found = try await examine(database: database)
      let critical = found.filter { $0.verdict == .critical }
      #expect(critical.map(\.check) == ["database"])
      #expect(critical.allSatisfy { $0.advice != nil && !$0.detail.contains("\n") })
      #expect(
        found.filter { $0.verdict == .skipped }.map(\.check) == [
          "migrations", "instances", "flags", "rollout", "breakers", "queue",
        ])
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("nowhere.sqlite")), "it makes nothing")
  }

  @Test func fileThatIsNoDatabase_isCritical() async throws {
    try String(repeating: "no database ", count: 1_000).write(toFile: file, atomically: true, encoding: .utf8)
    #expect(findings(try await examine(), "database").first?.hasPrefix("critical") == true)
  }

  @Test func missingMigrations_areCriticalAndNamed() async throws {
    _ = try SQLiteStore(path: file, clock: clock, migrate: false)
    let found = try await examine()
    let migrations = try #require(found.first { $0.check == "migrations" })
    #expect(migrations.verdict == .critical)
    #expect(migrations.detail.hasPrefix("the database lacks 1 bookings, 2 claims"))
    #expect(migrations.advice?.contains("headwaiter migrate") == true)
    #expect(
      found.filter { $0.verdict == .skipped }.map(\.check) == ["instances", "flags", "rollout", "breakers", "queue"])
  }

  @Test func instances_thatAreSilentOrContradictEachOther_areNamed() async throws {
    let store = try store()
    defer { store.close() }
    try await store.publishInstance(instance("i-1", v3: true))
    try await store.publishInstance(instance("i-2", v3: false))
    let found = findings(try await examine())
    #expect(found.count == 1)
    #expect(found.first?.contains("i-2 on h says false, which decides for all") == true)
    clock.advance(by: .seconds(60))
    try await store.publishInstance(instance("i-1", v3: true))
    let silent = findings(try await examine())
    #expect(silent.count == 1)
    #expect(silent.first?.contains("i-2 on h was not heard of for 60 s") == true)
  }

  @Test func noneThatWorks_isAFinding() async throws {
    let store = try store()
    defer { store.close() }
    #expect(findings(try await examine()) == ["finding instances: none is running"])
    try await store.publishInstance(instance("i-1", v3: nil, role: .web))
    #expect(findings(try await examine()) == ["finding instances: none of the 1 that run takes work"])
  }

  @Test func breakersForced_areToldWithWhoAndWhy() async throws {
    let store = try store()
    defer { store.close() }
    try await store.publishInstance(instance("i-1", v3: true))
    let override = BreakerOverride(
      name: "storage", position: .open, reason: "disk is full", actor: "pager", at: ManualClock.start)
    try await store.forceBreaker(override, event: ObservabilityEvent(.flags, "flag.changed", at: ManualClock.start))
    #expect(
      findings(try await examine()) == [
        "finding breakers: storage is forced open by pager since 2026-06-01T12:00:00Z (disk is full)"
      ])
  }

  private func phase(_ status: (PhaseRun) -> RolloutStatus, drill: Bool = false) async throws -> [String] {
    let store = try store()
    defer { store.close() }
    try await store.publishInstance(instance("i-1", v3: true))
    let run = PhaseRun(number: 1, phase: "production_10", enteredAt: clock.now())
    var state = RolloutState()
    state.status = status(run)
    let actor = RolloutActor(name: "pager", role: .onCallEngineer)
    var write = RolloutWrite(
      expectedRevision: 0, state: state, plan: .standard,
      drill: drill ? RunningDrill(run: 1, by: actor, startedAt: clock.now()) : nil, at: clock.now())
    write.overrides = [
      FlagOverride(key: .flag(.rolloutShare), value: "10", reason: "x", actor: "pager", at: clock.now())
    ]
    _ = try await store.storeRollout(write)
    clock.advance(by: .seconds(31))
    try await store.publishInstance(instance("i-1", v3: true))
    return findings(try await examine(), "rollout")
  }

  @Test func rollout_asItsPhaseWantsTheFlags_isFine() async throws {
    #expect(try await phase { .entered($0) } == [])
  }

  @Test func rolloutThatWaits_isToldWithWhy() async throws {
    let held = try await phase { .holding($0, .init(reason: "lunch", by: "pager", at: $0.enteredAt)) }
    #expect(held == ["finding rollout: production_10 holds: lunch"])
  }

  @Test func rolloutThatWasRolledBack_isToldWithTheRule() async throws {
    let finding = RollbackFinding(rule: .incident, sentence: "an incident P1")
    let found = try await phase {
      .rolledBack(.init(from: $0, resumesAt: "production_10", finding: finding, at: $0.enteredAt))
    }
    #expect(found == ["finding rollout: production_10 was rolled back: an incident P1"])
  }

  @Test func phaseThatIsNotEntered_namesTheInstanceItWaitsFor() async throws {
    let found = try await phase { .advancing(.init(from: nil, to: $0)) }
    #expect(found == ["finding rollout: production_10 is not entered: i-1 does not have its flags"])
  }

  @Test func drillThatDoesNotEnd_isAFinding() async throws {
    let found = try await phase({ .entered($0) }, drill: true)
    #expect(found == ["finding rollout: V3 has been off for a drill since 2026-06-01T12:00:00Z"])
  }

  @Test func flagSetByHandInAPhase_isAFinding() async throws {
    _ = try await phase { .entered($0) }
    let store = try store()
    defer { store.close() }
    let share = FlagOverride(key: .flag(.rolloutShare), value: "30", reason: "x", actor: "ops", at: clock.now())
    try await store.setFlags([share], events: [])
    #expect(
      findings(try await examine(), "rollout")
        == ["finding rollout: ROLLOUT_SHARE is 30 by override, the phase wants 10"])
  }

  @Test func bookingThatWaits_isAFinding() async throws {
    let store = try store()
    defer { store.close() }
    var unit = WriteUnit(label: "test")
    unit.bookings = [BookingMutation(creating: .sample(), context: .sample(.person))]
    unit.jobs = [.enqueue("b-1", "house", after: .zero, deadline: .seconds(600), resetRetries: true)]
    try await store.commit(unit)
    clock.advance(by: .seconds(60))
    try await store.publishInstance(instance("i-1", v3: true))
    let found = findings(try await examine())
    #expect(found.count == 1)
    #expect(found.first?.contains("the oldest ready booking waits for 60 s") == true)
  }
}
