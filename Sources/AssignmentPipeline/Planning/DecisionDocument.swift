import Foundation
public import SeatingEngine

/// Decision records as stored JSON.
public enum DecisionDocument {
  /// - Returns: nil if a number in it is not finite.
  public static func encode(_ record: DecisionRecord) -> String? {
    (try? JSONEncoder().encode(record)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// - Returns: nil if the text is no decision record.
  public static func decode(_ text: String) -> DecisionRecord? {
    try? JSONDecoder().decode(DecisionRecord.self, from: Data(text.utf8))
  }
}
