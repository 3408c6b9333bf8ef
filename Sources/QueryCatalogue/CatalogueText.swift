/// Takes the generated files apart again.
enum CatalogueText {
  /// Comes before each file; written by `scripts/queries`.
  private static let mark = "-- ==== "

  /// Names without `.sql`, and contents, in order.
  static func files(of text: String) -> [(name: String, text: String)] {
    var files: [(name: String, text: String)] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(mark) {
        files.append((name(of: line.dropFirst(mark.count)), ""))
      } else if !files.isEmpty {
        files[files.count - 1].text += line + "\n"
      }
    }
    return files.map { file in (file.name, trimmed(file.text)) }
  }

  private static func name(of path: Substring) -> String {
    let file = path.split(separator: "/").last ?? path
    return String(file.hasSuffix(".sql") ? file.dropLast(4) : file)
  }

  /// Of the first line, `-- 10 latency: how long …?`, what comes after the name.
  static func question(of file: String) -> String? {
    guard let line = file.split(separator: "\n").first, line.hasPrefix("-- "), let colon = line.firstIndex(of: ":")
    else {
      return nil
    }
    let question = line[line.index(after: colon)...].drop { $0 == " " }
    return question.prefix(1).uppercased() + question.dropFirst()
  }

  /// The SELECT alone: without head, without what is `psql`'s, and without the transaction, which the store opens.
  static func statement(of file: String) -> String {
    let lines = file.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      !line.hasPrefix("--") && !line.hasPrefix("\\") && line != "BEGIN READ ONLY;" && line != "COMMIT;"
    }
    var text = trimmed(lines.joined(separator: "\n"))
    while text.hasSuffix("\n") || text.hasSuffix(";") { text.removeLast() }
    return text
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop { $0 == "\n" }
    var end = String(start)
    while end.hasSuffix("\n\n") { end.removeLast() }
    return end
  }
}
