import ArgumentParser
import Verification

/// A verification report as commands show and write it.
struct VerificationOutput: Sendable {
  /// As what it is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case markdown, html

    /// By the name of a file; Markdown for any other, and for none.
    init(of path: String?) {
      self = path.map { $0.hasSuffix(".html") || $0.hasSuffix(".htm") } == true ? .html : .markdown
    }
  }

  let report: VerificationReport
  private let document: ReportDocument

  init(_ report: VerificationReport) {
    self.report = report
    document = ReportDocument(report)
  }

  func text(_ format: Format) -> String {
    switch format {
    case .markdown: MarkdownRenderer().render(document)
    case .html: HTMLRenderer().render(document)
    }
  }

  /// Its title and what it comes to, for a terminal.
  var summary: String {
    ([document.title, document.verdict.text] + document.summary).map { ShownText.escaped($0) + "\n" }.joined()
  }

  /// Writes it to a file, and says so where people read it.
  /// - Throws: ``CommandProblem`` that names the file.
  static func write(_ text: String, to path: String, saysSo: Bool) throws {
    try OutputFile.write(Array(text.utf8), to: path)
    if saysSo { try Console.write("\(ShownText.escaped(path)) is written\n") }
  }
}
