import BookingDomain
import Foundation
public import SeatingEngine

/// Decision records as stored JSON.
public enum DecisionDocument {
  /// The text that ``decode(_:)`` reads. The long lists are written here: `JSONEncoder` took a sixth of a whole booking's
  /// time for them.
  /// - Returns: nil if a number in it is not finite.
  public static func encode(_ record: DecisionRecord) -> String? {
    guard let frame = try? JSONEncoder().encode(Frame(record)), record.ranking.isFinite else { return nil }
    var text = String(decoding: frame.dropLast(), as: UTF8.self)
    text.reserveCapacity(text.utf8.count + 4_096)
    text += ",\"taken\":{"
    text.join(record.taken) { $0 += JSONText.quoted($1.key) + ":\($1.value)" }
    text += "},\"ranking\":{\"consideredCount\":\(record.ranking.consideredCount),\"rejections\":["
    text.join(record.ranking.rejections) { $0 += "{\"reason\":\"\($1.reason.rawValue)\",\"count\":\($1.count)}" }
    text += "],\"plans\":["
    text.join(record.ranking.plans) { $0.append($1) }
    return text + "]}}"
  }

  /// - Returns: nil if the text is no decision record.
  public static func decode(_ text: String) -> DecisionRecord? {
    try? JSONDecoder().decode(DecisionRecord.self, from: Data(text.utf8))
  }

  /// What is short in a record.
  private struct Frame: Encodable {
    let id: String
    let engineVersion: Int
    let floorFingerprint: String
    let question: SeatingQuestion
    let span: TimeWindow
    let waiting: [WaitingParty]
    let pastSuccess: PastSuccess
    let limit: Int

    init(_ record: DecisionRecord) {
      id = record.id
      engineVersion = record.engineVersion
      floorFingerprint = record.floorFingerprint
      question = record.question
      span = record.span
      waiting = record.waiting
      pastSuccess = record.pastSuccess
      limit = record.limit
    }
  }
}

extension PlanRanking {
  fileprivate var isFinite: Bool {
    plans.allSatisfy { $0.score.isFinite && $0.parts.allSatisfy { $0.measure.isFinite && $0.value.isFinite } }
  }
}

extension String {
  /// Appends each element, with commas in between.
  fileprivate mutating func join<List: Sequence>(_ list: List, _ write: (inout String, List.Element) -> Void) {
    var isFirst = true
    for element in list {
      if !isFirst { self += "," }
      isFirst = false
      write(&self, element)
    }
  }

  fileprivate mutating func append(_ plan: SeatingPlan) {
    self += "{\"tables\":["
    join(plan.tables) { $0 += JSONText.quoted($1.rawValue) }
    self += "]"
    if let name = plan.combinationName { self += ",\"combinationName\":" + JSONText.quoted(name) }
    self += ",\"strategy\":\"\(plan.strategy.rawValue)\",\"score\":\(plan.score),\"spareSeats\":\(plan.spareSeats)"
    self += ",\"parts\":["
    // As ``ScorePart`` reads them: a list of four values.
    join(plan.parts) { $0 += "[\"\($1.name.rawValue)\",\(JSONText.quoted($1.unit)),\($1.measure),\($1.value)]" }
    self += "]}"
  }
}
