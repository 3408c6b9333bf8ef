/// A document for people, before it is Markdown or HTML. Texts are plain; renderers escape them.
public struct ReportDocument: Sendable, Hashable {
  public var title: String
  /// In one word or few, as a headline.
  public var verdict: ReportCell
  /// What follows from it, in a sentence or two.
  public var summary: [String]
  public var facts: [Fact]
  public var sections: [Section]

  public init(
    title: String, verdict: ReportCell, summary: [String] = [], facts: [Fact] = [], sections: [Section] = []
  ) {
    self.title = title
    self.verdict = verdict
    self.summary = summary
    self.facts = facts
    self.sections = sections
  }

  /// A name and its value.
  public struct Fact: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A part with a heading.
  public struct Section: Sendable, Hashable {
    public var title: String
    public var blocks: [Block]

    public init(_ title: String, _ blocks: [Block]) {
      self.title = title
      self.blocks = blocks
    }
  }

  /// What a section is made of.
  public enum Block: Sendable, Hashable {
    case paragraph(String)
    case list([String])
    case table(ReportTable)
    /// Only HTML shows it; a table beside it has the numbers.
    case chart(ReportChart)
  }
}

/// A text, and how it is meant.
public struct ReportCell: Sendable, Hashable, ExpressibleByStringLiteral {
  public enum Tone: String, Sendable, Hashable { case plain, good, bad, open }

  public var text: String
  public var tone: Tone

  public init(_ text: String, _ tone: Tone = .plain) {
    self.text = text
    self.tone = tone
  }

  public init(stringLiteral value: String) { self.init(value) }
}

/// Rows of cells under column titles.
public struct ReportTable: Sendable, Hashable {
  public var title: String?
  public var columns: [Column]
  public var rows: [[ReportCell]] = []

  /// A title, and how its cells stand.
  public struct Column: Sendable, Hashable {
    public var title: String
    public var kind: Kind

    /// How cells stand: numbers on the right, times on one line.
    public enum Kind: Sendable, Hashable { case text, number, time }

    public static func text(_ title: String) -> Column { Column(title: title, kind: .text) }
    public static func number(_ title: String) -> Column { Column(title: title, kind: .number) }
    public static func time(_ title: String) -> Column { Column(title: title, kind: .time) }
  }

  public init(_ columns: [Column]) { self.columns = columns }

  public init(_ title: String, _ columns: [Column]) {
    self.title = title
    self.columns = columns
  }

  public mutating func add(_ cells: ReportCell...) { rows.append(cells) }
}
