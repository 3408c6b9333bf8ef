import AssignmentStore
import BookingDomain
import HeadwaiterTesting
import StoreTesting
import Testing

/// Product specification §9, sentence by sentence: which bookings rates are about, and what counts as confirmed, reviewed
/// and failing.
@Suite struct OutcomeViewTests {
  private func standing(_ bench: CatalogueBench, _ id: String = "b-1") async throws -> [String] {
    let sql = """
      SELECT standing, coalesce(outcome, '-'), coalesce(flow, '-'), CASE WHEN was_in_review THEN 'reviewed' ELSE '' END,
        CASE WHEN had_error THEN 'error' ELSE '' END
      FROM v_outcomes WHERE booking_id = '\(id)'
      """
    return try await bench.store.run(
      ReadOnlyQuery(postgresql: sql, sqlite: sql, window: .seconds(60))
    ).lines
  }

  private func eligible(_ bench: CatalogueBench) async throws -> [String] {
    let sql = "SELECT booking_id FROM v_eligible ORDER BY booking_id"
    return try await bench.store.run(ReadOnlyQuery(postgresql: sql, sqlite: sql, window: .seconds(60))).lines
  }

  @Test(arguments: TestStore.Kind.allCases)
  func eligible_isWhatAutomationSeatedOrCouldHaveSeated(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("confirmed", .confirmed(.optimalFit))
    try await day.add("legacy", .confirmed(.legacyBestFit), flow: .legacy)
    try await day.add("reviewed", .review(.noTable))
    try await day.add("failed", .failed(.systemError))
    try await day.add("full", .review(.noTable), feasible: false)
    let found = try await eligible(bench)
    #expect(found == ["confirmed", "failed", "legacy", "reviewed"])
    #expect(try await standing(bench, "confirmed") == ["eligible|confirmed|v3||"])
    #expect(try await standing(bench, "legacy") == ["eligible|confirmed|legacy||"])
    #expect(try await standing(bench, "reviewed") == ["eligible|manual_review|v3|reviewed|"])
    #expect(try await standing(bench, "failed") == ["eligible|failed|v3||error"])
    #expect(try await standing(bench, "full") == ["full_house|manual_review|v3|reviewed|"])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func automationOtherThanAuto_isNotAutomatic(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("b-1", .review(.suggestOnly), automation: .suggest)
    try await day.add("b-2", .confirmed(.optimalFit), automation: .mandatory)
    try await day.walkIn("door")
    #expect(try await standing(bench) == ["not_automatic|manual_review|v3|reviewed|"])
    #expect(try await standing(bench, "b-2") == ["not_automatic|confirmed|v3||"])
    #expect(try await standing(bench, "door") == ["not_automatic|-|-||"])
    #expect(try await eligible(bench).isEmpty)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func notVerified_isRefusedOrStillToCome(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("refused", .refused(.closed))
    try await day.add("open", .open)
    #expect(try await standing(bench, "refused") == ["refused|failed|v3||"])
    #expect(try await standing(bench, "open") == ["not_verified|-|-||"])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func cancelledOrChangedMeanwhile_isByPerson(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("cancelled", .cancelled)
    try await day.add("changed", .changed)
    #expect(try await standing(bench, "cancelled") == ["by_person|-|-||"])
    #expect(try await standing(bench, "changed") == ["by_person|-|-||"])
    #expect(try await eligible(bench).isEmpty)
  }

  @Test(arguments: TestStore.Kind.allCases)
  func cancelledAfterwards_staysEligible(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("b-1", .confirmed(.optimalFit))
    try await cancel("b-1", day)
    #expect(try await standing(bench) == ["eligible|confirmed|v3||"])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func broughtToReviewByAPerson_wasNotInReview(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("b-1", .confirmed(.optimalFit))
    try await cancel("b-1", day)
    let booking = try #require(try await bench.store.booking("b-1"))
    var undone = BookingMutation(booking)
    try undone.transition(to: .manualReview, cause: .undo, reason: .undone, context: .sample(.person))
    try await day.commit(undone, flow: nil)
    #expect(try await standing(bench) == ["eligible|confirmed|v3||"])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func confirmedByAPersonAfterReview_isStillAReview(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("b-1", .review(.noTable))
    var mutation = BookingMutation(try #require(try await bench.store.booking("b-1")))
    mutation.edit { $0.tables = ["T1"] }
    try mutation.transition(to: .assigned, cause: .forceConfirm, reason: .forceConfirmed, context: .sample(.person))
    var confirming = ChangeContext.sample(.person)
    confirming.actor = .pipeline
    try mutation.transition(to: .confirmed, cause: .confirm, context: confirming)
    try await day.commit(mutation, flow: nil)
    #expect(try await standing(bench) == ["eligible|manual_review|v3|reviewed|"])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func errorOfEitherFlow_counts(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    for id: BookingID in ["b-1", "b-2", "b-3"] { try await day.add(id, .confirmed(.optimalFit)) }
    try await day.tell("coordinator.error", "b-1", severity: .error, ago: 1)
    try await day.tell("auto_assign.error", "b-2", severity: .error, ago: 1, source: .autoAssign)
    try await day.tell("engine.trouble", "b-3", severity: .error, ago: 1, source: .engine)
    #expect(try await standing(bench, "b-1") == ["eligible|confirmed|v3||error"])
    #expect(try await standing(bench, "b-2") == ["eligible|confirmed|v3||error"])
    #expect(try await standing(bench, "b-3") == ["eligible|confirmed|v3||"])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func fromBeforeTheMigrationOrWithoutASnapshot_isUnknown(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("old", .confirmed(.optimalFit), automation: nil)
    try await day.add("blind", .review(.deadline), feasible: nil)
    #expect(try await standing(bench, "old") == ["unknown|confirmed|v3||"])
    #expect(try await standing(bench, "blind") == ["unknown|manual_review|v3|reviewed|"])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func workedOnByAnOlderProgram_isUnknown(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("b-1", .open)
    // What a program that does not know the columns writes when it confirms: states and history, nothing else.
    try await bench.execute(
      """
      INSERT INTO booking_assignment_state_history
        (\(kind == .sqlite ? "" : "restaurant_id, ")booking_id, version, from_state, to_state, mode, actor, cause, metadata,
        created_at)
      VALUES (\(kind == .sqlite ? "" : "'north', ")'b-1', 2, 'created', 'failed', 'v3', 'x', 'reject', '{}',
        \(bench.literal(bench.clock.now())));
      UPDATE bookings SET assignment_state = 'failed', status = 'cancelled', assignment_state_version = 2;
      """)
    #expect(try await standing(bench) == ["unknown|-|-||"])
  }

  @Test(arguments: TestStore.Kind.allCases)
  func outcome_isTheFirstEnd_whateverThePipelineDoesLater(_ kind: TestStore.Kind) async throws {
    let bench = try await CatalogueBench(kind)
    let day = SeededDay(bench)
    try await day.add("b-1", .review(.noTable), flow: .legacy)
    var mutation = BookingMutation(try #require(try await bench.store.booking("b-1")))
    try mutation.transition(to: .assignmentPending, cause: .requeue, reason: .requeued, context: .sample(.person))
    try mutation.transition(to: .failed, cause: .giveUp, reason: .systemError, context: .sample())
    try await day.commit(mutation, flow: .v3)
    #expect(try await standing(bench) == ["eligible|manual_review|legacy|reviewed|"])
  }

  private func cancel(_ id: BookingID, _ day: SeededDay) async throws {
    let booking = try #require(try await day.bench.store.booking(id))
    var mutation = BookingMutation(booking)
    mutation.edit { $0.tables = [] }
    try mutation.transition(to: .failed, cause: .cancel, reason: .cancelled, context: .sample(.person))
    try await day.commit(mutation, flow: nil) { $0.releases = [.allocations(id)] }
  }
}
