import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import StoreTesting
import Testing

@testable import Bootstrap

/// What a test cannot bring about on a machine: clocks apart, full disks, roles without rights.
@Suite struct DoctorPartsTests {
  private static let clocks: [(Int, Int, String, String)] = [
    (0, 0, "fine", "agrees with this machine's to within 1 ms"), (40, 60, "fine", "to within 60 ms"),
    (-1_500, 10, "fine", "1500 ms behind this machine's, give or take 10 ms"), (2_005, 10, "fine", "2005 ms ahead of"),
    (2_100, 10, "finding", "2100 ms ahead of"), (-600_000, 3, "finding", "600000 ms behind"),
  ]

  @Test(arguments: clocks)
  func clocksApart_areAFindingBeyondTheDoubt(_ offset: Int, _ doubt: Int, _ verdict: String, _ words: String) {
    let found = ClockCheck.judge(offset: .milliseconds(offset), doubt: .milliseconds(doubt))
    #expect(found.verdict.rawValue == verdict)
    #expect(found.detail.contains(words))
    #expect((found.advice != nil) == (verdict == "finding"))
  }

  @Test func clock_ofAnotherMachine_isComparedByTheMiddleOfTheCall() async throws {
    let theirs = ManualClock(ManualClock.start.adding(.seconds(90)))
    let store = try await TestStore(clock: theirs, on: .sqlite)
    let address = try DatabaseAddress("postgresql://x/y")
    let found = try await ClockCheck(store: store.store, clock: ManualClock()).examine(address)
    #expect(found.detail.contains("90000 ms ahead of"))
  }

  private static let disks: [(UInt64, String)] = [
    (50_000_000_000, "fine"), (1_073_741_824, "fine"), (1_073_741_823, "finding"), (67_108_863, "critical"),
  ]

  @Test(arguments: disks)
  func disk_isAFindingUnderAGibibyte(_ free: UInt64, _ verdict: String) {
    #expect(DiskCheck.judge(size: 5 << 20, free: free).verdict.rawValue == verdict)
  }

  private func facts(_ change: (inout DatabaseFacts) -> Void) -> [String] {
    var facts = DatabaseFacts(
      engine: .postgresql, version: "15.1",
      durability: [DatabaseFacts.Durability(name: "fsync", value: "on", safe: ["on"])],
      role: DatabaseFacts.Role(name: "app", isSuperuser: false, missing: [], seesOthers: false))
    change(&facts)
    return DatabaseCheck(facts: facts).examine().filter { $0.verdict > .fine }.map {
      "\($0.verdict.rawValue) \($0.check): \($0.detail)"
    }
  }

  @Test func database_asItShouldBe_hasNoFinding() { #expect(facts { _ in } == []) }

  @Test func durability_thatLosesBookings_isAFinding() {
    let found = facts { $0.durability.append(.init(name: "synchronous_commit", value: "off", safe: ["on"])) }
    #expect(found == ["finding durability: synchronous_commit is off: a crash can lose bookings that were answered"])
  }

  @Test func role_withoutRights_isCritical_andOneWithAllIsAFinding() {
    let rights = (1...6).map { "INSERT ON t\($0)" }
    #expect(
      facts { $0.role?.missing = rights } == [
        "critical rights: app lacks INSERT ON t1, INSERT ON t2, INSERT ON t3, INSERT ON t4, and 2 more"
      ])
    #expect(facts { $0.role?.isSuperuser = true } == ["finding rights: app is a superuser"])
  }

  @Test func role_thatDoesNotSeeOthers_mattersBesideOtherDatabasesAlone() {
    let found = facts { $0.neighbours = 1 }
    #expect(found.count == 1)
    #expect(
      found.first?.hasPrefix("finding rights: app does not see transactions of the server's other databases") == true)
  }

  @Test func transactionThatStaysOpen_isAFinding() {
    #expect(facts { $0.oldestWriter = .seconds(10) } == [])
    #expect(
      facts { $0.oldestWriter = .seconds(300) } == [
        "finding transactions: one that has written is open for 300 s: live events wait for it"
      ])
  }

  @Test func extension_thatIsMissing_isCriticalOnceThereIsASchema() {
    #expect(
      facts { $0.missingExtensions = ["btree_gist"] } == ["critical extensions: the extension btree_gist is missing"])
    let bare = DatabaseFacts(engine: .postgresql, version: "15", durability: [], missingExtensions: ["btree_gist"])
    #expect(DatabaseCheck(facts: bare, hasSchema: false).examine().allSatisfy { $0.verdict == .fine })
  }

  @Test func migrations_ofANewerProgram_areFineOrForbid() {
    func check(_ standing: MigrationStatus.Standing) -> Examination {
      let own = MigrationStatus(number: 1, name: "bookings", standing: .applied)
      return MigrationCheck(migrations: [own, MigrationStatus(number: 99, name: "later", standing: standing)]).examine()
    }
    #expect(check(.newer).verdict == .fine)
    #expect(check(.newer).detail.contains("99 later of a newer program"))
    #expect(
      [check(.forbids), check(.differs), check(.missing)].allSatisfy { $0.verdict == .critical && $0.advice != nil })
  }

  @Test(arguments: [("90s", 90), ("30m", 1_800), ("24h", 86_400), ("30d", 2_592_000), ("1s", 1)])
  func age_isReadAndWritten(_ text: String, _ seconds: Int) {
    #expect(AgeText.parse(text) == .seconds(seconds))
    #expect(AgeText.parse(AgeText.text(.seconds(seconds))) == .seconds(seconds))
  }

  @Test(arguments: ["", "d", "30", "-1d", "+1d", "0d", "1.5h", "30 d", "30w", "1000001d", "٣d"])
  func age_thatIsNone_isRefused(_ text: String) { #expect(AgeText.parse(text) == nil) }
}
