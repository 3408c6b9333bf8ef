extension Int {
  /// With its noun, for people: `1 guest`, `2 guests`, `2 parties`.
  /// - Parameter plural: the noun with an s unless given.
  public func counted(_ noun: String, _ plural: String? = nil) -> String {
    "\(self) \(self == 1 ? noun : plural ?? noun + "s")"
  }
}
