/// Finds what a misspelt name was meant to be.
public enum Spelling {
  /// Longer names are not compared: nothing that we know is as long, and a hostile one would take long.
  private static let longest = 64

  /// The known name nearest to `name` without regard to case: one that is only cut short or prolonged (`monday` for
  /// `mon`), else one within a third of its length in edits; nil if none is near.
  public static func closest(to name: String, in known: some Sequence<String>) -> String? {
    guard !name.isEmpty, name.utf8.count <= longest else { return nil }
    let wanted = Array(name.lowercased().utf8)
    var best: (name: String, distance: Int)?
    for candidate in known {
      let letters = Array(candidate.lowercased().utf8)
      let distance = isPrefix(wanted, letters) ? 1 : edits(wanted, letters)
      guard distance <= max(1, max(wanted.count, letters.count) / 3) else { continue }
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  private static func isPrefix(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    min(a.count, b.count) >= 3 && (a.starts(with: b) || b.starts(with: a))
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other
  /// (optimal string alignment distance).
  static func edits(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var older: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + Array(repeating: 0, count: b.count)
      for j in 1...b.count {
        let replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        row[j] = min(previous[j] + 1, row[j - 1] + 1, replaced)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], older[j - 2] + 1) }
      }
      (older, previous) = (previous, row)
    }
    return previous[b.count]
  }
}
