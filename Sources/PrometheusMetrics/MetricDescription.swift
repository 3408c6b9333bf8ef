/// What a metric is called, what it counts, and what its series are told apart by.
public struct MetricDescription: Sendable, Hashable {
  /// How a metric moves.
  public enum Kind: Sendable, Hashable {
    /// Only rises, from 0 at the start of the process.
    case counter
    /// Goes up and down.
    case gauge
    /// Counts observations up to each bound; bounds rise, and infinity is added.
    case histogram(bounds: [Double])

    /// As the text format has it.
    public var name: String {
      switch self {
      case .counter: "counter"
      case .gauge: "gauge"
      case .histogram: "histogram"
      }
    }
  }

  /// The name in the exposition; for a counter it ends with `_total`, for times with `_seconds`.
  public var name: String
  public var kind: Kind
  /// One sentence.
  public var help: String
  /// Names of its labels.
  public var labels: [String]

  public init(_ name: String, _ kind: Kind, labels: [String] = [], help: String) {
    self.name = name
    self.kind = kind
    self.labels = labels
    self.help = help
  }
}

extension MetricDescription.Kind {
  /// From a millisecond to a minute, in seconds; for whatever nobody has described.
  public static let seconds = Self.histogram(
    bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60])
}
