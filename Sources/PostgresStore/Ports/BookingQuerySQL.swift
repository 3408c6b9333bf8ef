import AssignmentStore
import BookingDomain
import PostgresClient

/// The statement of a ``BookingQuery``.
struct BookingQuerySQL {
  private(set) var sql = ""
  private(set) var values: [PostgresValue] = []
  private var conditions: [String] = []

  init(_ query: BookingQuery) {
    if let restaurant = query.restaurantID { add("restaurant_id = ?", .text(restaurant)) }
    filterStates(query)
    filterTimes(query)
    let order = BookingQuerySQL.order(query.order)
    if let cursor = query.after { add("(\(order)) > (SELECT \(order) FROM bookings WHERE id = ?)", .text(cursor)) }
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    values.append(.int(min(max(query.limit, 1), 1_000)))
    sql = "SELECT \(BookingSQL.columns) FROM bookings\(filter) ORDER BY \(order) LIMIT $\(values.count)"
  }

  /// States are literals, so that the partial indexes can be used.
  private mutating func filterStates(_ query: BookingQuery) {
    if !query.statuses.isEmpty { add("status", in: query.statuses.map(\.rawValue)) }
    if query.states == [.manualReview] { conditions.append("in_review") }
    if !query.states.isEmpty { add("assignment_state", in: query.states.map(\.rawValue)) }
  }

  private mutating func filterTimes(_ query: BookingQuery) {
    if let window = query.startsWithin {
      add("dining_start >= ?", .time(window.start))
      add("dining_start < ?", .time(window.end))
    }
    if let window = query.overlapping {
      add("block_end > ?", .time(window.start))
      add("block_start < ?", .time(window.end))
      // A party comes at most a day after its table is blocked for it, and its table is free at most two days later;
      // the bounds let the index by start be used.
      add("dining_start > ?", .time(window.start.adding(.seconds(-2 * 86_400))))
      add("dining_start < ?", .time(window.end.adding(.seconds(86_400))))
    }
    if let window = query.endsWithin {
      add("block_end >= ?", .time(window.start))
      add("block_end < ?", .time(window.end))
    }
    if let time = query.reviewDeadlineBefore { add("review_deadline < ?", .time(time)) }
  }

  /// - Parameter condition: with a question mark for the value.
  private mutating func add(_ condition: String, _ value: PostgresValue) {
    values.append(value)
    conditions.append(condition.replacing("?", with: "$\(values.count)"))
  }

  private mutating func add(_ column: String, in values: [String]) {
    let list = values.sorted().map { "'\($0)'" }
    conditions.append(list.count == 1 ? "\(column) = \(list[0])" : "\(column) IN (\(list.joined(separator: ", ")))")
  }

  private static func order(_ order: BookingQuery.Order) -> String {
    switch order {
    case .byStart: "dining_start, id"
    case .byUrgency: "coalesce(review_deadline, 'infinity'), dining_start, id"
    }
  }
}
