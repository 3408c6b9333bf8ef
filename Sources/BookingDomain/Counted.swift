extension Int {
  /// With its noun, for people: `1 guest`, `2 guests`, `2 parties`.
  /// - Parameter plural: the noun with an s unless given.
  public func counted(_ noun: String, _ plural: String? = nil) -> String {
    "\(self) \(self == 1 ? noun : plural ?? noun + "s")"
  }
}

extension Collection<TableNumber> {
  /// For people: `table 4`, `tables 4, 5`.
  public var words: String {
    (count == 1 ? "table " : "tables ") + map(\.rawValue).joined(separator: ", ")
  }
}
