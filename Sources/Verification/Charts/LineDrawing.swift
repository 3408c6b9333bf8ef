/// Values over time.
struct LineDrawing {
  let chart: LineChart

  private static let (left, right, top, bottom, height) = (50.0, 334.0, 30.0, 150.0, 172.0)

  var svg: String {
    var parts = ChartDrawing.legend(chart.series.map(\.name), y: 11)
    for value in [scale.lowerBound, (scale.lowerBound + scale.upperBound) / 2, scale.upperBound] {
      parts.append(ChartDrawing.line(Self.left, y(value), Self.right, y(value), style: "grid"))
      parts.append(
        ChartDrawing.text(
          ReportNumber.decimal(value, 1) + chart.unit, Self.left - 5, y(value) + 4, anchor: "end", style: "soft"))
    }
    if let limit = chart.limit {
      parts.append(ChartDrawing.line(Self.left, y(limit), Self.right, y(limit), style: "limit"))
      parts.append(
        ChartDrawing.text(
          "limit \(ReportNumber.decimal(limit, 1))\(chart.unit)", Self.right, 11, anchor: "end",
          style: "limit-text"))
    }
    parts.append(ChartDrawing.text(chart.from, Self.left, Self.height - 6, style: "soft"))
    parts.append(ChartDrawing.text(chart.until, Self.right, Self.height - 6, anchor: "end", style: "soft"))
    // The first on top: where two lines are the same, it is the one that is asked about.
    for (index, series) in chart.series.enumerated().reversed() { parts += line(series, index) }
    return ChartDrawing.frame(chart.title, height: Self.height, parts)
  }

  private func line(_ series: LineChart.Series, _ index: Int) -> [String] {
    let places = series.points.map { (x: x($0.place), y: y($0.value)) }
    let path = places.map { "\(ChartDrawing.number($0.x)),\(ChartDrawing.number($0.y))" }.joined(separator: " ")
    let colour = ChartDrawing.colour(series.name, index)
    let line = "<polyline points=\"\(path)\" class=\"line s\(colour)\"/>"
    let dots = places.count <= 60 ? places.map { ChartDrawing.dot($0.x, $0.y, 2.5, style: "f\(colour)") } : []
    return (places.count > 1 ? [line] : []) + dots
  }

  /// From what is least to what is most, limit included, with some air.
  private var scale: ClosedRange<Double> {
    let values = chart.series.flatMap { $0.points.map(\.value) } + [chart.limit].compactMap(\.self)
    guard let least = values.min(), let most = values.max() else { return 0...1 }
    let air = max((most - least) * 0.1, 0.5)
    let lower = (least - air).rounded(.down)
    let upper = (most + air).rounded(.up)
    return chart.unit == " %" ? max(0, lower)...max(min(100, upper), max(0, lower) + 1) : lower...upper
  }

  private func x(_ place: Double) -> Double { Self.left + (Self.right - Self.left) * min(1, max(0, place)) }

  private func y(_ value: Double) -> Double {
    let share = (value - scale.lowerBound) / (scale.upperBound - scale.lowerBound)
    return Self.bottom - (Self.bottom - Self.top) * min(1, max(0, share))
  }
}
