/// Lying bars: the label above, the value behind.
struct BarDrawing {
  let chart: BarChart

  private static let (labelHeight, barHeight, gap) = (15.0, 13.0, 8.0)
  /// To the right of the bars, for the values.
  private static let room = 70.0

  var svg: String {
    var parts: [String] = []
    var y = 0.0
    if chart.series.count > 1 {
      parts += ChartDrawing.legend(chart.series, y: 11)
      y = 24
    }
    for bar in chart.bars {
      parts.append(ChartDrawing.text(bar.label, 0, y + 11, style: "soft"))
      y += Self.labelHeight
      for (index, value) in bar.values.enumerated() {
        parts += self.bar(value, index, y)
        y += Self.barHeight
      }
      y += Self.gap
    }
    return ChartDrawing.frame(chart.title, height: max(y, 20), parts)
  }

  private func bar(_ value: Double, _ index: Int, _ y: Double) -> [String] {
    guard chart.series.indices.contains(index) else { return [] }
    let most = chart.bars.flatMap(\.values).max() ?? 0
    let length = most > 0 ? (ChartDrawing.width - Self.room) * max(0, value) / most : 0
    return [
      ChartDrawing.rectangle(
        0, y, max(length, 1), Self.barHeight - 2, style: "f\(ChartDrawing.colour(chart.series[index], index))"),
      ChartDrawing.text(
        ReportNumber.decimal(value, 1) + chart.unit, max(length, 1) + 6, y + Self.barHeight - 3),
    ]
  }
}
