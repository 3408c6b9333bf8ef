import Hummingbird

/// Versions as entity tags: `"7"`.
enum EntityTag {
  static func text(_ version: Int) -> String { "\"\(version)\"" }

  /// The version that a change expects.
  /// - Returns: nil for no condition, or `*`, which whatever is there meets; 0, which no version meets, for a tag that is
  ///   not one of ours.
  static func expected(_ headers: HTTPFields) throws -> Int? {
    guard let field = headers[.ifMatch], field != "*" else { return nil }
    let opaque = field.dropFirst().dropLast()
    guard field.utf8.count >= 2, field.hasPrefix("\""), field.hasSuffix("\""),
      opaque.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x22 })
    else {
      throw ProblemError.parameter(
        "If-Match", value: field, "is no strong tag", allowed: "one ETag as it was read, or *")
    }
    return Int(opaque).flatMap { "\($0)" == opaque ? $0 : nil } ?? 0
  }

  /// Whether `If-None-Match` names this tag; weak comparison, as RFC 9110 asks for.
  static func isKnown(_ tag: String, _ headers: HTTPFields) -> Bool {
    guard let field = headers[.ifNoneMatch] else { return false }
    if field == "*" { return true }
    return field.split(separator: ",").contains { part in
      let known = part.drop(while: { $0 == " " })
      return (known.hasPrefix("W/") ? known.dropFirst(2) : known).prefix(while: { $0 != " " }) == tag
    }
  }
}
