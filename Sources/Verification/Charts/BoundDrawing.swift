/// Each criterion on a scale of its own: a dot for the value, a whisker to the bound, a line for the limit.
struct BoundDrawing {
  let chart: BoundChart

  private static let rowHeight = 50.0
  private static let (left, right) = (8.0, 332.0)

  var svg: String {
    var parts: [String] = []
    for (index, row) in chart.rows.enumerated() { parts += draw(row, Double(index) * Self.rowHeight) }
    parts.append(
      ChartDrawing.text(
        "dot: measured; whisker: 95 % bound; line: limit", 0, Double(chart.rows.count) * Self.rowHeight + 10,
        style: "soft"))
    return ChartDrawing.frame(chart.title, height: Double(chart.rows.count) * Self.rowHeight + 16, parts)
  }

  private func draw(_ row: BoundChart.Row, _ top: Double) -> [String] {
    let values = [row.value, row.bound, row.limit]
    let (least, most) = (values.min() ?? 0, values.max() ?? 1)
    let air = max((most - least) * 0.15, 0.001)
    func x(_ value: Double) -> Double {
      Self.left + (Self.right - Self.left) * (value - least + air) / (most - least + 2 * air)
    }
    let y = top + 24
    let label = "\(row.label): \(ReportNumber.decimal(row.value, 2))\(row.unit)"
    let limit = "\(ReportNumber.decimal(row.limit, 2))\(row.unit)"
    let anchor = x(row.limit) > ChartDrawing.width - 50 ? "end" : x(row.limit) < 50 ? "start" : "middle"
    return [
      ChartDrawing.text(label, 0, top + 11),
      ChartDrawing.line(Self.left, y, Self.right, y, style: "grid"),
      ChartDrawing.line(x(row.value), y, x(row.bound), y, style: "f\(row.tone.rawValue)"),
      ChartDrawing.line(x(row.bound), y - 5, x(row.bound), y + 5, style: "f\(row.tone.rawValue)"),
      ChartDrawing.dot(x(row.value), y, 4, style: "f\(row.tone.rawValue)"),
      ChartDrawing.line(x(row.limit), y - 8, x(row.limit), y + 8, style: "limit"),
      ChartDrawing.text(limit, x(row.limit), y + 19, anchor: anchor, style: "limit-text"),
    ]
  }
}
