import AssignmentStore
import BookingDomain

/// Counts what the store says of the bookings.
struct RehearsalCount {
  private static let page = 1_000

  var tally: RehearsalTally
  /// When the first fault began.
  let since: Timestamp
  /// When each was made, and whether V3 decided it.
  private var made: [(at: Timestamp, byV3: Bool)] = []

  init(tally: RehearsalTally, since: Timestamp) {
    self.tally = tally
    self.since = since
  }

  func caught(from began: Timestamp, at time: Timestamp) -> RehearsalResult.Caught {
    let between = made.filter { began <= $0.at && $0.at <= time }
    return RehearsalResult.Caught(
      at: time, after: time.since(began), bookings: between.count, bookingsByV3: between.count(where: \.byV3))
  }

  mutating func add(_ restaurant: RestaurantID, _ store: any AssignmentStore) async throws {
    var query = BookingQuery()
    query.restaurantID = restaurant
    query.limit = Self.page
    var page: [Booking]
    repeat {
      page = try await store.bookings(query)
      for booking in page { add(booking) }
      query.after = page.last?.id
    } while page.count == Self.page
  }

  private mutating func add(_ booking: Booking) {
    switch booking.state {
    case .confirmed: tally.confirmed += 1
    case .manualReview: tally.manualReview += 1
    case .failed: tally.failed += 1
    default: tally.unfinished += 1
    }
    let isV3 = (booking.work.end?.flow ?? booking.flow) == .v3
    if isV3 { tally.byV3 += 1 }
    made.append((booking.createdAt, isV3))
    guard booking.createdAt >= since, booking.isAffected else { return }
    tally.affected += 1
    if isV3 { tally.affectedByV3 += 1 }
  }
}

extension Booking {
  /// Could have had a table by itself, and a person had to see to it or it failed.
  fileprivate var isAffected: Bool {
    guard work.automation == .auto, work.isVerified, work.feasible == true, work.interruption == nil else {
      return false
    }
    return work.wasInReview || work.end?.state == .failed
  }
}
