import AssignmentStore
import BookingDomain
import Testing

@testable import AssignmentPipeline

@Suite struct ShadowVerdictTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let legacy: ShadowFind
    let v3: ShadowFind
    let verdict: ShadowVerdict

    init(_ legacy: ShadowFind, _ v3: ShadowFind, _ verdict: ShadowVerdict) {
      self.legacy = legacy
      self.v3 = v3
      self.verdict = verdict
    }

    var testDescription: String { "\(legacy), \(v3): \(verdict)" }
  }

  static let cases: [Case] = [
    Case(.tables(["T1"], spareSeats: 0), .tables(["T1"], spareSeats: 0), .sameTables),
    Case(.tables(["T1", "T2"], spareSeats: 1), .tables(["T2", "T1"], spareSeats: 1), .sameTables),
    Case(.tables(["T1"], spareSeats: 2), .tables(["T2"], spareSeats: 2), .equivalent),
    Case(.tables(["T1"], spareSeats: 2), .tables(["T2"], spareSeats: 1), .v3Better),
    // Fewer spare seats come before fewer tables.
    Case(.tables(["T1"], spareSeats: 2), .tables(["T2", "T3"], spareSeats: 1), .v3Better),
    Case(.tables(["T1", "T2"], spareSeats: 2), .tables(["T3"], spareSeats: 2), .v3Better),
    Case(.tables(["T1"], spareSeats: 1), .tables(["T2"], spareSeats: 2), .legacyBetter),
    Case(.tables(["T1", "T2"], spareSeats: 1), .tables(["T3"], spareSeats: 2), .legacyBetter),
    Case(.tables(["T1"], spareSeats: 2), .tables(["T2", "T3"], spareSeats: 2), .legacyBetter),
    Case(.nothing, .tables(["T1"], spareSeats: 0), .v3Only),
    Case(.fault, .tables(["T1"], spareSeats: 0), .v3Only),
    Case(.tables(["T1"], spareSeats: 0), .nothing, .legacyOnly),
    Case(.nothing, .nothing, .bothFailed),
    Case(.fault, .nothing, .bothFailed),
    Case(.tables(["T1"], spareSeats: 0), .fault, .shadowError),
    Case(.nothing, .fault, .shadowError),
    Case(.fault, .fault, .shadowError),
  ]

  @Test(arguments: cases) func `verdict`(_ example: Case) {
    #expect(ShadowVerdict(legacy: example.legacy, v3: example.v3) == example.verdict)
  }

  @Test func `every verdict has a case`() {
    #expect(Set(Self.cases.map(\.verdict)) == Set(ShadowVerdict.allCases))
  }

  @Test func `the sample for noise is 5 percent of ids of any kind, and always the same`() {
    let kinds: [(Int) -> String] = [
      { "b-\($0)" }, { "booking-2026-11-24-\($0)" }, { String($0 &* 2_654_435_761, radix: 16) },
    ]
    for kind in kinds {
      let inside = (0..<20_000).count { NoiseSample.contains(BookingID(rawValue: kind($0))) }
      #expect((900...1_100).contains(inside))
    }
    #expect((0..<200).filter { NoiseSample.contains(BookingID(rawValue: "b-\($0)")) } == [24, 118, 127, 130, 178, 181])
  }

  @Test func `a full queue takes nothing, and is idle only once what was taken is done`() {
    var queue = ShadowQueue(capacity: 2)
    let item = ShadowQueue.Item.late(.init(bookingID: "b-1", restaurantID: "house"))
    #expect(queue.isIdle)
    let added = (0..<3).map { _ in queue.add(item) }
    #expect(added == [true, true, false])
    let first = queue.take(atMost: 5).count
    #expect(first == 2)
    #expect(!queue.isIdle)
    let again = queue.add(item)
    #expect(again)
    let second = queue.take(atMost: 5).count
    #expect(second == 1)
    let none = queue.take(atMost: 5).count
    #expect(none == 0)
    #expect(queue.isIdle)
  }
}
