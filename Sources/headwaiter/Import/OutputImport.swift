/// What came of one restaurant file, as `import` prints it.
struct OutputImport: Encodable {
  /// How it ended.
  enum Result: String, Encodable {
    case created, updated, unchanged, refused
  }

  var id: String
  var file: String
  var result: Result
  /// The revision that is stored now, 0 if there is none.
  var revision: Int
  /// In words: what the file changes, or why it was refused.
  var changes: String
  /// Bookings to come that the change touches, for which it was refused.
  var affected: [String]?
}
