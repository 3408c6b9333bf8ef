/// A chart as values; ``ChartDrawing`` draws it.
public enum ReportChart: Sendable, Hashable {
  case bars(BarChart)
  case lines(LineChart)
  case bounds(BoundChart)

  var title: String {
    switch self {
    case .bars(let chart): chart.title
    case .lines(let chart): chart.title
    case .bounds(let chart): chart.title
    }
  }
}

/// Lying bars, one for each series under each label.
public struct BarChart: Sendable, Hashable {
  public var title: String
  public var series: [String]
  public var bars: [Bar]
  /// Behind each value, such as ` %`.
  public var unit: String

  /// A label, and a value for each series.
  public struct Bar: Sendable, Hashable {
    public var label: String
    public var values: [Double]

    public init(_ label: String, _ values: [Double]) {
      self.label = label
      self.values = values
    }
  }

  public init(title: String, series: [String], bars: [Bar], unit: String = "") {
    self.title = title
    self.series = series
    self.bars = bars
    self.unit = unit
  }
}

/// Values over time, and a limit to compare them with.
public struct LineChart: Sendable, Hashable {
  public var title: String
  public var series: [Series]
  public var limit: Double?
  /// Under the first and the last point.
  public var from: String
  public var until: String
  public var unit: String

  public struct Series: Sendable, Hashable {
    public var name: String
    public var points: [Point]

    public init(_ name: String, _ points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// A value at a place between 0 and 1.
  public struct Point: Sendable, Hashable {
    public var place: Double
    public var value: Double

    public init(_ place: Double, _ value: Double) {
      self.place = place
      self.value = value
    }
  }

  public init(title: String, series: [Series], limit: Double?, from: String, until: String, unit: String) {
    self.title = title
    self.series = series
    self.limit = limit
    self.from = from
    self.until = until
    self.unit = unit
  }
}

/// Measured values with their bounds, each against its limit on a scale of its own.
public struct BoundChart: Sendable, Hashable {
  public var title: String
  public var rows: [Row]

  public struct Row: Sendable, Hashable {
    public var label: String
    public var value: Double
    public var bound: Double
    public var limit: Double
    public var unit: String
    public var tone: ReportCell.Tone

    public init(label: String, value: Double, bound: Double, limit: Double, unit: String, tone: ReportCell.Tone) {
      self.label = label
      self.value = value
      self.bound = bound
      self.limit = limit
      self.unit = unit
      self.tone = tone
    }
  }

  public init(title: String, rows: [Row]) {
    self.title = title
    self.rows = rows
  }
}
