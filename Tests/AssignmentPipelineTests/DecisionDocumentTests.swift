import BookingDomain
import Foundation
import HeadwaiterTesting
import SeatingEngine
import Testing

@testable import AssignmentPipeline

@Suite struct DecisionDocumentTests {
  private static func record(score: Double = -3.25e-7) throws -> DecisionRecord {
    let tables = [
      DiningTable(number: "a\"b", zone: "Main", capacity: 2), DiningTable(number: "T2\n", zone: "Main", capacity: 4),
    ]
    let floor = CompiledFloor(restaurant: Restaurant.sample(tables: tables))
    let slot = ServiceSlot.sample()
    let snapshot = AvailabilitySnapshot(
      floor: floor, span: slot.block.widened(beforeMinutes: 240, afterMinutes: 240),
      claims: [SnapshotClaim(table: "a\"b", window: slot.block)],
      waiting: [WaitingParty(party: 4, block: slot.block, accessible: true, count: 3)],
      pastSuccess: PastSuccess(seatings: [PastSuccess.Seating(party: 2, tables: ["T2\n"], times: 3)]))
    let part = ScorePart(name: .opportunityCost, measure: 0.1 + 0.2, unit: "parties", value: score)
    let plans = [
      SeatingPlan(
        tables: ["T2\n", "a\"b"], combinationName: "The \\ Snug", strategy: .adjacency, score: score,
        parts: [part, part],
        spareSeats: 4),
      SeatingPlan(tables: ["T2\n"], strategy: .optimalFit, score: 1, parts: [], spareSeats: 2),
    ]
    let ranking = PlanRanking(
      plans: plans, consideredCount: 2, rejections: [PlanRejection(reason: .occupied, count: 1)])
    let question = SeatingQuestion(
      bookingID: "b-1", party: 2, slot: slot, wishes: SeatingWishes(zone: "Bar", tags: ["quiet"], needs: [.accessible]),
      extraChairs: true, now: ManualClock.start)
    return DecisionRecord(question: question, snapshot: snapshot, ranking: ranking, limit: 5)
  }

  @Test func `what is written is read again, to the last digit`() throws {
    let record = try Self.record()
    let text = try #require(DecisionDocument.encode(record))
    #expect(DecisionDocument.decode(text) == record)
  }

  @Test func `it says what the plain encoder says`() throws {
    let record = try Self.record()
    let plain = try JSONSerialization.jsonObject(with: JSONEncoder().encode(record)) as? NSDictionary
    let own =
      try JSONSerialization.jsonObject(with: Data(#require(DecisionDocument.encode(record)).utf8)) as? NSDictionary
    #expect(plain != nil && plain == own)
  }

  @Test(arguments: [Double.nan, .infinity])
  func `a number that is not finite is not written`(score: Double) throws {
    #expect(DecisionDocument.encode(try Self.record(score: score)) == nil)
  }

  @Test func `text that is no record is not read`() { #expect(DecisionDocument.decode("{}") == nil) }
}
