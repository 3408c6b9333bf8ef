/// Draws charts as SVG that takes its colours from the page. A drawing is 340 units wide, so that its text reads on a phone.
enum ChartDrawing {
  static let width = 340.0

  /// The colour of a series: legacy has its own, whoever else is drawn.
  static func colour(_ series: String, _ index: Int) -> Int { series == "legacy" ? 2 : index % 2 + 1 }

  static func svg(_ chart: ReportChart) -> String {
    switch chart {
    case .bars(let chart): BarDrawing(chart: chart).svg
    case .lines(let chart): LineDrawing(chart: chart).svg
    case .bounds(let chart): BoundDrawing(chart: chart).svg
    }
  }

  /// The element around a drawing.
  static func frame(_ title: String, height: Double, _ parts: [String]) -> String {
    """
    <svg viewBox="0 0 \(number(width)) \(number(height))" role="img" aria-label="\(HTMLText.escaped(title))">
    \(parts.joined(separator: "\n"))
    </svg>
    """
  }

  static func text(
    _ text: String, _ x: Double, _ y: Double, anchor: String = "start", style: String = ""
  ) -> String {
    let names = style.isEmpty ? "" : " class=\"\(style)\""
    return "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\"\(names)>"
      + "\(HTMLText.escaped(text))</text>"
  }

  static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) -> String {
    "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" class=\"\(style)\"/>"
  }

  static func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, style: String) -> String {
    "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\""
      + " class=\"\(style)\"/>"
  }

  static func dot(_ x: Double, _ y: Double, _ radius: Double, style: String) -> String {
    "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\" class=\"\(style)\"/>"
  }

  /// Names of the series beside squares in their colours.
  static func legend(_ names: [String], y: Double) -> [String] {
    var (parts, x): ([String], Double) = ([], 0)
    for (index, name) in names.enumerated() {
      parts.append(rectangle(x, y - 9, 10, 10, style: "f\(colour(name, index))"))
      parts.append(text(name, x + 15, y))
      x += 35 + 7 * Double(name.count)
    }
    return parts
  }

  /// At most one decimal: a drawing needs no more.
  static func number(_ value: Double) -> String {
    let tenths = value.isFinite ? (value * 10).rounded() / 10 : 0
    return Int(exactly: tenths).map { "\($0)" } ?? "\(tenths)"
  }
}
