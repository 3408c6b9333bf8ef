/// Renders a document as Markdown (CommonMark with tables).
public struct MarkdownRenderer: Sendable {
  public init() {}

  public func render(_ document: ReportDocument) -> String {
    var parts = ["# \(escaped(document.title))", "**\(escaped(document.verdict.text))**"]
    parts += document.summary.map(escaped)
    if !document.facts.isEmpty {
      parts.append(document.facts.map { "- \(escaped($0.name)): \(escaped($0.value))" }.joined(separator: "\n"))
    }
    for section in document.sections {
      parts.append("## \(escaped(section.title))")
      parts += section.blocks.compactMap(block)
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func block(_ block: ReportDocument.Block) -> String? {
    switch block {
    case .paragraph(let text): escaped(text)
    case .list(let lines): lines.map { "- \(escaped($0))" }.joined(separator: "\n")
    case .table(let table): self.table(table)
    case .chart: nil
    }
  }

  private func table(_ table: ReportTable) -> String {
    let head = line(table.columns.map { escaped($0.title) })
    let rule = line(table.columns.map { $0.kind == .number ? "---:" : "---" })
    let rows = table.rows.map { line($0.map { escaped($0.text) }) }
    let title = table.title.map { "\(escaped($0)):\n\n" } ?? ""
    return title + ([head, rule] + rows).joined(separator: "\n")
  }

  private func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  /// What Markdown would read as markup, or HTML as a tag, is plain text; everything is on one line.
  private func escaped(_ text: String) -> String {
    var shown = ""
    for scalar in PlainText.line(text).unicodeScalars {
      if Self.marks.contains(scalar) { shown.unicodeScalars.append("\\") }
      shown.unicodeScalars.append(scalar)
    }
    return shown
  }

  private static let marks: Set<Unicode.Scalar> = ["\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "~", "&", "!"]
}

/// Text from outside, for one line of a page.
enum PlainText {
  /// Line ends become spaces, other control characters the replacement character: they could hide or turn round text.
  static func line(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator:
        shown.append(scalar == "\n" || scalar == "\t" || scalar == "\r" ? " " : "\u{FFFD}")
      case .format: shown.append("\u{FFFD}")
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }
}
