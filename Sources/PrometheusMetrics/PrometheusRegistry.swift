import Resilience

/// All metrics of a process, and their exposition as text.
///
/// What is described keeps its name, help and bounds; a metric that nobody has described is exposed all the same, since a
/// library that counts something may know nothing of descriptions. Nothing here knows what is counted.
public final class PrometheusRegistry: Sendable {
  private let descriptions: [String: MetricDescription]
  private let families: Locked<[String: MetricFamily]>

  /// - Parameter descriptions: no two of one name.
  public init(_ descriptions: [MetricDescription] = []) {
    self.descriptions = Dictionary(descriptions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    families = Locked([:])
  }

  /// The series of a name and labels, made if it is not there.
  /// - Returns: nil where the name is taken by a metric of another kind.
  func series(
    _ name: String, _ dimensions: [(String, String)], kind: MetricDescription.Kind
  ) -> Series? {
    let labels = dimensions.map { SeriesLabel(name: MetricName.label($0.0), value: $0.1) }.sorted { $0.name < $1.name }
    let described = descriptions[name]
    return families.withLock { families in
      var family =
        families[name]
        ?? MetricFamily(described ?? MetricDescription(name, kind, help: "Not described."))
      guard family.description.kind.name == kind.name else { return nil }
      // Out of the dictionary while it is changed, so that it is not copied.
      families[name] = nil
      defer { families[name] = family }
      return family.series(labels)
    }
  }

  func remove(_ handler: AnyObject) {
    families.withLock { families in
      for name in families.keys { families[name]?.remove(handler) }
    }
  }

  /// Metrics that have a series, in order of name: as they are exposed, with the names of the labels of all their series.
  public var exposed: [MetricDescription] {
    families.withLock { Array($0.values) }.filter { !$0.series.isEmpty }.map { family in
      var description = family.description
      description.labels = Set(family.series.keys.flatMap { $0.map(\.name) }).sorted()
      return description
    }.sorted { $0.name < $1.name }
  }

  /// How many series there are.
  public var seriesCount: Int { families.withLock { $0.values.reduce(0) { $0 + $1.series.count } } }

  /// What ``exposition()`` is, for the answer's header.
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// All metrics in the text format, version 0.0.4, in order of name and labels.
  public func exposition() -> String {
    let all = families.withLock { Array($0.values) }
    var text = TextExposition()
    for family in all.sorted(by: { $0.description.name < $1.description.name }) { text.add(family) }
    return text.text
  }
}
