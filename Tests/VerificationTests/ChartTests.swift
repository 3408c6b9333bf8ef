import Testing
import Verification

/// Charts draw what they are given.
@Suite struct ChartTests {
  private static func svg(_ chart: ReportChart) -> String {
    let document = ReportDocument(
      title: "t", verdict: "v", sections: [ReportDocument.Section("s", [.chart(chart)])])
    return HTMLRenderer().render(document)
  }

  /// Of each element of a kind, one attribute.
  private static func numbers(_ svg: String, _ element: String, _ attribute: String) -> [Double] {
    svg.split(separator: "\n").filter { $0.hasPrefix("<\(element) ") }.compactMap { line in
      guard let value = line.split(separator: "\(attribute)=\"").dropFirst().first else { return nil }
      return Double(value.prefix { $0 != "\"" })
    }
  }

  @Test func bars_areAsLongAsTheirValues() {
    let chart = BarChart(
      title: "bars", series: ["a"],
      bars: [.init("one", [10]), .init("half", [5]), .init("none", [0])])
    let lengths = Self.numbers(Self.svg(.bars(chart)), "rect", "width")
    #expect(lengths == [270, 135, 1])
  }

  @Test func bars_ofNothing_drawNothingWrong() {
    let svg = Self.svg(.bars(BarChart(title: "bars", series: ["a"], bars: [.init("one", [0])])))
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  @Test func lines_goUpWithTheirValues() {
    let chart = LineChart(
      title: "lines", series: [.init("a", [.init(0, 90), .init(0.5, 95), .init(1, 100)])], limit: 95, from: "then",
      until: "now", unit: " %")
    let svg = Self.svg(.lines(chart))
    let dots = Self.numbers(svg, "circle", "cy")
    #expect(dots.count == 3 && dots[0] > dots[1] && dots[1] > dots[2])
    let limit = Self.numbers(svg, "line", "y1")
    #expect(limit.contains(dots[1]), "the limit goes through the point that is at it")
    #expect(Self.numbers(svg, "circle", "cx") == [50, 192, 334])
  }

  @Test func lines_withOnePoint_haveADot() {
    let chart = LineChart(
      title: "lines", series: [.init("a", [.init(0.5, 100)])], limit: nil, from: "then", until: "now", unit: " %")
    let svg = Self.svg(.lines(chart))
    #expect(Self.numbers(svg, "circle", "cx") == [192])
    #expect(!svg.contains("polyline") && !svg.contains("nan"))
  }

  @Test func bounds_standInTheOrderOfTheirValues() {
    let chart = BoundChart(
      title: "bounds",
      rows: [.init(label: "confirmation", value: 98, bound: 96.5, limit: 95, unit: " %", tone: .good)])
    let svg = Self.svg(.bounds(chart))
    let value = Self.numbers(svg, "circle", "cx")
    let lines = Self.numbers(svg, "line", "x2")
    // Axis, whisker, its end, limit.
    #expect(value.count == 1 && lines.count == 4)
    #expect(lines[3] < lines[2] && lines[2] < value[0] && lines[1] == lines[2])
  }

  @Test func bounds_allAtOnePlace_areDrawn() {
    let chart = BoundChart(
      title: "bounds", rows: [.init(label: "x", value: 0, bound: 0, limit: 0, unit: "", tone: .good)])
    #expect(!Self.svg(.bounds(chart)).contains("nan"))
  }
}
