public import AssignmentStore
public import BookingDomain
import StoreFoundation

/// Writes events that are to be deleted into a file of their own, whole and on disk before it returns.
public struct EventExport: Sendable {
  /// How events are written.
  public enum Format: String, Sendable, CaseIterable {
    case csv
    /// A JSON object on each line.
    case jsonLines = "jsonl"
  }

  private static let page = 5_000

  private let store: any EventLog
  private let before: Timestamp

  /// - Parameter before: events older than this.
  public init(store: any EventLog, before: Timestamp) {
    self.store = store
    self.before = before
  }

  /// - Parameters:
  ///   - path: a file that is not there yet.
  ///   - progress: told after each page how many were written.
  /// - Returns: how many events the file has; for none there is no file.
  /// - Throws: ``ExportProblem``, `StoreError`; then there is no file.
  public func write(
    to path: String, as format: Format, progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> Int {
    var page = try await next(after: .min)
    guard !page.isEmpty else { return 0 }
    let file = try DurableFile(path)
    var count = 0
    do {
      if format == .csv { try file.append(EventExport.columns.joined(separator: ",") + "\n") }
      while let last = page.last {
        try file.append(page.map { EventExport.line($0, as: format) }.joined())
        count += page.count
        progress(count)
        page = try await next(after: last.id)
      }
      try file.finish()
      return count
    } catch {
      file.discard()
      throw error
    }
  }

  private func next(after id: Int64) async throws -> [StoredEvent] {
    var query = EventQuery()
    query.before = before
    query.afterID = id
    query.limit = EventExport.page
    return try await store.events(query)
  }

  private static let columns = [
    "id", "created_at", "source", "event_type", "severity", "restaurant_id", "booking_id", "trace_id", "context",
  ]

  private static func line(_ stored: StoredEvent, as format: Format) -> String {
    let event = stored.event
    let context = JSONText.object(event.context)
    switch format {
    case .csv:
      let fields = [
        "\(stored.id)", "\(event.createdAt)", event.source.rawValue, event.type, event.severity.rawValue,
        event.restaurantID?.rawValue ?? "", event.bookingID?.rawValue ?? "", trace(event) ?? "", context,
      ]
      return fields.map(quotedIfNeeded).joined(separator: ",") + "\n"
    case .jsonLines:
      let members = [
        ("created_at", "\(event.createdAt)"), ("source", event.source.rawValue), ("event_type", event.type),
        ("severity", event.severity.rawValue), ("restaurant_id", event.restaurantID?.rawValue),
        ("booking_id", event.bookingID?.rawValue), ("trace_id", trace(event)),
      ].map { name, value in "\"\(name)\":\(value.map(JSONText.string) ?? "null")" }
      return "{\"id\":\(stored.id),\(members.joined(separator: ",")),\"context\":\(context)}\n"
    }
  }

  private static func trace(_ event: ObservabilityEvent) -> String? {
    if case .string(let trace)? = event.context["trace_id"] { trace } else { nil }
  }

  private static func quotedIfNeeded(_ field: String) -> String {
    let special: Set<UInt8> = [0x2C, 0x22, 0x0A, 0x0D]
    guard field.utf8.contains(where: special.contains) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
