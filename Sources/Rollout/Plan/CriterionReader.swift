import BookingDomain

/// Reads criteria of a rollout file: `[{"criterion": "confirmation", "limit": 95}, …]`.
enum CriterionReader {
  static func list(_ entry: JSONObjectReader, _ key: String, isRequired: Bool) -> [CriterionRule] {
    let elements = isRequired ? entry.requiredList(key, count: 1...50) : entry.list(key, count: 0...50)
    var seen: Set<CriterionKind> = []
    return elements.compactMap { tree, place in
      guard
        let reader = JSONObjectReader(tree, at: place, keys: ["criterion", "limit"], problems: entry.problems),
        let kind = kind(reader), let limit = limit(reader, kind)
      else { return nil }
      if !seen.insert(kind).inserted {
        reader.report("criterion", "occurs a second time", allowed: "each criterion once")
      }
      return CriterionRule(kind, limit)
    }
  }

  private static func kind(_ reader: JSONObjectReader) -> CriterionKind? {
    let names = CriterionKind.allCases.map(\.rawValue)
    let allowed = names.joined(separator: ", ")
    guard reader.required("criterion", allowed: allowed) != nil,
      let name = reader.text("criterion", length: 0...TextLimits.name)
    else { return nil }
    if let kind = CriterionKind(rawValue: name) { return kind }
    reader.report(
      "criterion", "is not known", allowed: allowed, suggestion: Spelling.closest(to: name, in: names))
    return nil
  }

  private static func limit(_ reader: JSONObjectReader, _ kind: CriterionKind) -> Double? {
    let range = kind.limits
    guard reader.required("limit", allowed: "\(range.lowerBound) to \(range.upperBound) \(kind.unit.rawValue)") != nil
    else { return nil }
    guard kind.unit == .count || kind.unit == .days else { return reader.double("limit", range) }
    return reader.int("limit", Int(range.lowerBound)...Int(range.upperBound)).map(Double.init)
  }
}
