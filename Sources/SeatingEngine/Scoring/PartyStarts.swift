import BookingDomain

/// When parties can be expected to start, in minutes since the beginning of the span: gaps outside are worth nothing.
struct PartyStarts {
  let first: Double
  let last: Double

  /// The service's own times; where there is no service, from the first to the last start seen so far.
  init(question: SeatingQuestion, shape: ServiceShape, snapshot: AvailabilitySnapshot) {
    let buffers = snapshot.floor.restaurant.buffers
    if let start = shape.firstStart, let end = shape.end {
      let midnight = Int64(question.slot.serviceDate.daysSinceEpoch) * 1_440 - Int64(snapshot.offsetSeconds / 60)
      let before = Int(midnight - snapshot.occupancy.span.start.minutes) - buffers.beforeMinutes
      let shortest = Int(shape.turns.min() ?? 0) - buffers.beforeMinutes - buffers.afterMinutes
      first = Double(before + start)
      last = Double(before + end - max(shape.lastSeatingBuffer, shortest))
    } else {
      let seen = snapshot.occupancy.partyStarts
      first = seen.map { Double($0.lowerBound) } ?? .infinity
      last = seen.map { Double($0.upperBound) } ?? -.infinity
    }
  }
}
