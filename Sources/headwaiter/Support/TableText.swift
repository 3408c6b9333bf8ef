/// A table for people: aligned columns under their titles.
struct TableText {
  /// A column.
  struct Column {
    var title: String
    var isNumber = false
    /// Cut when the terminal is too narrow for all.
    var isFlexible = false

    static func text(_ title: String) -> Column { Column(title: title) }
    static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    static func flexible(_ title: String) -> Column { Column(title: title, isFlexible: true) }
  }

  private static let gap = 2
  private static let narrowest = 8

  private let columns: [Column]
  private var rows: [[String]] = []
  /// Widest cell so far, of rows that were removed too, so that later pages stand under the first.
  private var widest: [Int]

  init(_ columns: Column...) { self.init(columns: columns) }

  init(columns: [Column]) {
    self.columns = columns
    widest = columns.map { ShownText.width($0.title) }
  }

  var isEmpty: Bool { rows.isEmpty }

  /// Adds a row: one cell for each column; control characters are shown escaped.
  mutating func add(_ cells: String...) { add(cells: cells) }

  /// The same for rows whose length is not known beforehand.
  mutating func add(cells: [String]) {
    let row = cells.map(ShownText.escaped)
    for (index, cell) in row.enumerated() { widest[index] = max(widest[index], ShownText.width(cell)) }
    rows.append(row)
  }

  /// Begins a new page.
  mutating func removeRows() { rows.removeAll() }

  /// The lines, each with its line feed.
  /// - Parameters:
  ///   - width: columns of the terminal; nil cuts nothing.
  ///   - titles: whether the columns' titles come first.
  func render(width: Int? = Terminal.width, titles: Bool = true) -> String {
    let widths = fitted(to: width)
    var text = titles ? line(columns.map(\.title), widths) : ""
    for row in rows { text += line(row, widths) }
    return text
  }

  private func fitted(to width: Int?) -> [Int] {
    var widths = widest
    guard let width else { return widths }
    var excess = widths.reduce(0, +) + TableText.gap * (widths.count - 1) - width
    for index in columns.indices.reversed() where columns[index].isFlexible && excess > 0 {
      let cut = min(excess, max(0, widths[index] - TableText.narrowest))
      widths[index] -= cut
      excess -= cut
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    for (index, cell) in cells.enumerated() {
      let cut = ShownText.cut(cell, to: widths[index])
      let padding = String(repeating: " ", count: widths[index] - ShownText.width(cut))
      text += columns[index].isNumber ? padding + cut : cut + padding
      if index < cells.count - 1 { text += String(repeating: " ", count: TableText.gap) }
    }
    while text.last == " " { text.removeLast() }
    return text + "\n"
  }
}
