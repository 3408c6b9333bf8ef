import Rollout
import Testing
import Verification

/// What people typed stays text, and a page is a page.
@Suite struct RendererTests {
  private let document = ReportDocument(ReportSamples.full())

  @Test func html_isWellFormed() {
    #expect(Markup.fault(HTMLRenderer().render(document)) == nil)
    #expect(Markup.fault(HTMLRenderer().render(ReportDocument(VerificationReport(ReportSamples.subject([]))))) == nil)
  }

  @Test func checkOfMarkup_findsWhatIsWrong() {
    for wrong in ["<p><b></p></b>", "<p>", "</p>", "<p>a & b</p>", "<p>a < b</p>", "<p class=x></p>", "<p>&x;</p>"] {
      #expect(Markup.fault("<!DOCTYPE html>\n" + wrong) != nil, "\(wrong)")
    }
  }

  @Test func html_needsNothingFromOutsideAndRunsNoScript() {
    let page = HTMLRenderer().render(document)
    for foreign in ["<script", "<link", "<img", "@import", "url(", " src=", " href=\"http", "onload="] {
      #expect(!page.contains(foreign), "\(foreign)")
    }
    #expect(page.contains("prefers-color-scheme: dark") && page.contains("@media print"))
  }

  @Test func html_showsWhatPeopleTypedAsText() {
    let page = HTMLRenderer().render(document)
    #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;"))
    #expect(!page.contains("\u{202E}"))
  }

  @Test func markdown_showsWhatPeopleTypedAsText() {
    let page = MarkdownRenderer().render(document)
    #expect(page.contains(#"\<script\>alert('x')\</script\> \& "quoted" \| \*bold\* \`code\` \[link\](http://x) next"#))
    #expect(!page.contains("\u{202E}"))
  }

  @Test func markdown_tablesHaveAsManyCellsInEachLine() {
    let lines = MarkdownRenderer().render(document).split(separator: "\n", omittingEmptySubsequences: false)
    var width: Int?
    for line in lines {
      guard line.hasPrefix("|") else {
        width = nil
        continue
      }
      let cells = line.replacing("\\|", with: "").count { $0 == "|" }
      #expect(width == nil || width == cells, "\(line)")
      width = cells
    }
  }

  @Test func bothForms_haveTheSameFigures() {
    let pages = [HTMLRenderer().render(document), MarkdownRenderer().render(document)]
    for figure in ["98.5 %", "97.1 %", "−1.2 points", "not exercised", "a slow printer", "0.6 s"] {
      #expect(pages.allSatisfy { $0.contains(figure) }, "\(figure)")
    }
  }
}

/// A check of markup as strict as XML's: every tag closed in its order, attributes quoted, entities known.
private enum Markup {
  static func fault(_ page: String) -> String? {
    var rest = page[...]
    guard rest.hasPrefix("<!DOCTYPE html>\n") else { return "no document type" }
    rest = rest.dropFirst("<!DOCTYPE html>\n".count)
    var open: [Substring] = []
    while !rest.isEmpty {
      let text = rest.prefix { $0 != "<" }
      // What a style sheet says is no text of the page.
      if open.last != "style", let fault = textFault(text) { return fault }
      rest = rest.dropFirst(text.count)
      guard !rest.isEmpty else { break }
      guard let tag = rest.prefixMatch(of: /<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9-]*="[^"<]*")*)(\/?)>/) else {
        return "no tag: \(rest.prefix(40))"
      }
      rest = rest.dropFirst(tag.0.count)
      if !tag.1.isEmpty {
        guard open.popLast() == tag.2 else { return "closes what is not open: \(tag.0)" }
      } else if tag.4.isEmpty {
        open.append(tag.2)
      }
    }
    return open.isEmpty ? nil : "left open: \(open)"
  }

  private static func textFault(_ text: Substring) -> String? {
    if text.contains(">") { return "a > in text: \(text)" }
    let entities = text.replacing(/&(amp|lt|gt|quot|#39);/, with: "")
    return entities.contains("&") ? "an & in text: \(text)" : nil
  }
}
