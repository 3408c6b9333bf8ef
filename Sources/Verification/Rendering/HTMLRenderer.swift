/// Renders a document as one HTML page that needs nothing else: no script, no font, no picture from outside. It follows the
/// reader's choice of light or dark, and reads on a phone and on paper.
public struct HTMLRenderer: Sendable {
  public init() {}

  public func render(_ document: ReportDocument) -> String {
    let title = HTMLText.escaped(document.title)
    let sections = document.sections.enumerated().map { section($0.element, number: $0.offset + 1) }.joined()
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <title>\(title)</title>
      <style>\(HTMLStyle.sheet)</style>
      </head>
      <body>
      <main>
      <header>
      <h1>\(title)</h1>
      <p class="verdict \(document.verdict.tone.rawValue)">\(HTMLText.escaped(document.verdict.text))</p>
      \(document.summary.map { "<p>\(HTMLText.escaped($0))</p>\n" }.joined())\(facts(document.facts))\(contents(document))\
      </header>
      \(sections)</main>
      </body>
      </html>

      """
  }

  private func facts(_ facts: [ReportDocument.Fact]) -> String {
    guard !facts.isEmpty else { return "" }
    let rows = facts.map {
      "<div><dt>\(HTMLText.escaped($0.name))</dt><dd>\(HTMLText.escaped($0.value))</dd></div>\n"
    }
    return "<dl>\n\(rows.joined())</dl>\n"
  }

  private func contents(_ document: ReportDocument) -> String {
    let links = document.sections.enumerated().map { number, section in
      "<a href=\"#s\(number + 1)\">\(HTMLText.escaped(section.title))</a>\n"
    }
    return "<nav>\n\(links.joined())</nav>\n"
  }

  private func section(_ section: ReportDocument.Section, number: Int) -> String {
    let parts = groups(section.blocks).map { group in
      if case .chart = group[0] { return "<div class=\"charts\">\n\(group.map(block).joined())</div>\n" }
      return group.map(block).joined()
    }
    return """
      <section id="s\(number)">
      <h2>\(HTMLText.escaped(section.title))</h2>
      \(parts.joined())</section>

      """
  }

  /// Charts that follow each other stand side by side where there is room.
  private func groups(_ blocks: [ReportDocument.Block]) -> [[ReportDocument.Block]] {
    var groups: [[ReportDocument.Block]] = []
    for block in blocks {
      if case .chart = block, case .chart? = groups.last?.last {
        groups[groups.count - 1].append(block)
      } else {
        groups.append([block])
      }
    }
    return groups
  }

  private func block(_ block: ReportDocument.Block) -> String {
    switch block {
    case .paragraph(let text): return "<p>\(HTMLText.escaped(text))</p>\n"
    case .list(let lines):
      return "<ul>\n\(lines.map { "<li>\(HTMLText.escaped($0))</li>\n" }.joined())</ul>\n"
    case .table(let table): return self.table(table)
    case .chart(let chart):
      return """
        <figure>
        <figcaption>\(HTMLText.escaped(chart.title))</figcaption>
        \(ChartDrawing.svg(chart))
        </figure>

        """
    }
  }

  private func table(_ table: ReportTable) -> String {
    let title = table.title.map { "<caption>\(HTMLText.escaped($0))</caption>\n" } ?? ""
    let head = table.columns.map { column in
      "<th scope=\"col\"\(column.kind == .number ? " class=\"n\"" : "")>\(HTMLText.escaped(column.title))</th>"
    }
    let rows = table.rows.map { row in
      "<tr>" + zip(table.columns, row).map(cell).joined() + "</tr>\n"
    }
    return """
      <div class="table" tabindex="0"><table>
      \(title)<thead><tr>\(head.joined())</tr></thead>
      <tbody>
      \(rows.joined())</tbody>
      </table></div>

      """
  }

  private static let names: [ReportTable.Column.Kind: String] = [.number: "n", .time: "t"]

  private func cell(_ column: ReportTable.Column, _ cell: ReportCell) -> String {
    let names = [Self.names[column.kind] ?? "", cell.tone == .plain ? "" : cell.tone.rawValue].filter { !$0.isEmpty }
    let style = names.isEmpty ? "" : " class=\"\(names.joined(separator: " "))\""
    return "<td\(style)>\(HTMLText.escaped(cell.text))</td>"
  }
}

enum HTMLText {
  /// For text and for values in double quotes.
  static func escaped(_ text: String) -> String {
    var shown = ""
    for character in PlainText.line(text).unicodeScalars {
      switch character {
      case "&": shown += "&amp;"
      case "<": shown += "&lt;"
      case ">": shown += "&gt;"
      case "\"": shown += "&quot;"
      case "'": shown += "&#39;"
      default: shown.unicodeScalars.append(character)
      }
    }
    return shown
  }
}
