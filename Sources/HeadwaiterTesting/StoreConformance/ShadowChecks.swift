import AssignmentStore
import BookingDomain

extension StoreConformance {
  static let shadowChecks: [ConformanceCheck] = [
    ConformanceCheck("shadow: comparisons of every verdict are read as they were written", everyVerdict),
    ConformanceCheck("shadow: a booking's first comparison stays", firstStays),
    ConformanceCheck("shadow: a late success is noted where legacy had found nothing, and only there", late),
    ConformanceCheck("shadow: a batch of events alone is written, an empty one does nothing", events),
  ]

  private static func everyVerdict(_ bench: ConformanceBench) async throws {
    var batch = ShadowBatch()
    for (number, verdict) in ShadowVerdict.allCases.enumerated() {
      var row = comparison(bench, BookingID("b-\(number)"))
      row.verdict = verdict
      if number % 2 == 1 { row.noiseVerdict = verdict }
      batch.comparisons.append(row)
    }
    batch.comparisons[0].v3 = ShadowSide(outcome: "planning_timeout")
    batch.comparisons[1].legacy = ShadowSide(outcome: "retry", milliseconds: 0.25)
    try await bench.store.appendShadow(batch)
    for row in batch.comparisons {
      let read = try await bench.store.shadowComparison(of: row.bookingID, in: "house")
      try bench.expect(read, row, "comparison of \(row.verdict)")
    }
    let other = try await bench.store.shadowComparison(of: "b-0", in: "elsewhere")
    try bench.expect(other, nil, "comparison in another restaurant")
  }

  private static func firstStays(_ bench: ConformanceBench) async throws {
    let first = comparison(bench, "b-1")
    var second = first
    second.verdict = .shadowError
    for row in [first, second] {
      var batch = ShadowBatch()
      batch.comparisons = [row]
      try await bench.store.appendShadow(batch)
    }
    try bench.expect(try await bench.store.shadowComparison(of: "b-1", in: "house"), first, "comparison")
  }

  private static func late(_ bench: ConformanceBench) async throws {
    var batch = ShadowBatch()
    batch.comparisons = [comparison(bench, "b-1"), comparison(bench, "b-2")]
    batch.comparisons[1].legacy = ShadowSide(outcome: "retry")
    // In the same batch: comparisons come first.
    batch.late = ["b-1", "b-2", "b-3"].map { .init(bookingID: $0, restaurantID: "house") }
    try await bench.store.appendShadow(batch)
    let found = try await bench.store.shadowComparison(of: "b-1", in: "house")
    try bench.expect(found?.legacyLate, false, "late where legacy had tables")
    let none = try await bench.store.shadowComparison(of: "b-2", in: "house")
    try bench.expect(none?.legacyLate, true, "late where it had none")
    let missing = try await bench.store.shadowComparison(of: "b-3", in: "house")
    try bench.expect(missing, nil, "comparison that was never made")
  }

  private static func events(_ bench: ConformanceBench) async throws {
    var batch = ShadowBatch()
    batch.events = [
      ObservabilityEvent(
        .shadow, "shadow.compared", restaurantID: "house", bookingID: "b-1", context: ["verdict": "both_failed"],
        at: bench.clock.now())
    ]
    try await bench.store.appendShadow(ShadowBatch())
    try await bench.store.appendShadow(batch)
    var query = EventQuery()
    query.source = .shadow
    try bench.expect(try await bench.store.events(query).map(\.event), batch.events, "events")
  }

  private static func comparison(_ bench: ConformanceBench, _ id: BookingID) -> ShadowComparison {
    ShadowComparison(
      bookingID: id, restaurantID: "house", createdAt: bench.clock.now(), verdict: .legacyBetter,
      legacy: ShadowSide(outcome: "confirmed", tables: ["T1"], spareSeats: 0, milliseconds: 1.5),
      v3: ShadowSide(outcome: "confirmed", tables: ["T2", "T3"], spareSeats: 2, milliseconds: 2.25))
  }
}
