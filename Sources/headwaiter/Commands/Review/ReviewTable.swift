import AssignmentPipeline
import AssignmentStore
import BookingDomain

/// The review queue for people.
struct ReviewTable {
  private var table = TableText(
    .text(""), .text("booking"), .flexible("restaurant"), .text("start"), .number("party"), .text("declined at"),
    .flexible("why here"), .flexible("tables"), .flexible("other times"))
  private var count = 0

  mutating func add(_ item: ReviewItem, calendar: RestaurantCalendar) {
    let booking = item.booking
    count += 1
    table.add(
      item.isAlerting ? "!" : "", booking.id.rawValue, booking.restaurantID.rawValue,
      TimeText.minute(booking.slot.dining.start, in: calendar), "\(booking.party)",
      deadline(booking, calendar),
      booking.reason?.words ?? "", tables(item), times(item, calendar))
  }

  func text(zones: String) -> String {
    guard count > 0 else { return "Nothing to review.\n" }
    let many = count == 1 ? "1 booking needs a person" : "\(count) bookings need a person"
    return table.render() + "\n\(many); ! marks an alert; times in \(zones).\n"
  }

  /// The date only where it is not the start's.
  private func deadline(_ booking: Booking, _ calendar: RestaurantCalendar) -> String {
    guard let deadline = booking.reviewDeadline else { return "kept" }
    let isSameDay = calendar.local(deadline).date == calendar.local(booking.slot.dining.start).date
    return isSameDay ? calendar.clockTime(deadline) : TimeText.minute(deadline, in: calendar)
  }

  private func tables(_ item: ReviewItem) -> String {
    let choices = item.tables.map { choice in
      let moves = choice.moves.map { "\($0.bookingID) to \(Self.list($0.to))" }
      let needs =
        choice.needsSqueeze ? " (shorter buffers)" : moves.isEmpty ? "" : " (\(moves.joined(separator: ", ")))"
      return Self.list(choice.tables) + needs
    }
    return choices.isEmpty ? "none" : choices.joined(separator: "  ")
  }

  private static func list(_ tables: [TableNumber]) -> String { tables.map(\.rawValue).joined(separator: ",") }

  private func times(_ item: ReviewItem, _ calendar: RestaurantCalendar) -> String {
    let starts = item.times.map { calendar.clockTime($0.start) }
    return starts.isEmpty ? "none" : starts.joined(separator: " ")
  }
}
