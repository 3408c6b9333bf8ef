import BookingDomain

extension DayPlanner {
  /// Seats bookings in the order given. Each gets the table that `online` would give it; where none is free, those
  /// accepted before change tables, if that makes room. Nobody accepted is dropped.
  func planReseating(
    _ bookings: [PlanBooking], claims: [SnapshotClaim] = [], limits: SearchLimits = SearchLimits()
  ) -> DayPlan {
    let problem = DayProblem(floor: floor, bookings: bookings, claims: claims)
    let choices =
      problem.pointCount <= UInt64.capacity
      ? reseat(bookings, claims, ReseatSearch<UInt64>(problem, limits: limits), problem)
      : reseat(bookings, claims, ReseatSearch<LongPointSet>(problem, limits: limits), problem)
    return day(of: bookings, choices: choices, problem: problem)
  }

  private func reseat<Points: PointSet>(
    _ bookings: [PlanBooking], _ claims: [SnapshotClaim], _ search: ReseatSearch<Points>, _ problem: DayProblem
  ) -> [Int32] {
    var search = search
    let span = DayPlanner.span(of: bookings)
    var snapshot = AvailabilitySnapshot(floor: floor, span: span, claims: claims)
    var worth = ReseatWorth(floor)
    for (index, booking) in bookings.enumerated() {
      let pays = worth.pays(booking, problem.parties[index], in: problem)
      if let plan = engine.rank(booking.question, in: snapshot, limit: 1).plans.first,
        let option = floor.option(members: floor.tables(plan.tables)), search.seat(index, option: option)
      {
        snapshot.apply(plan, bookingID: booking.id, block: booking.slot.block)
      } else if pays, search.makesRoom(for: index) {
        let now = claims + self.claims(of: bookings, search.choices, problem)
        snapshot = AvailabilitySnapshot(floor: floor, span: span, claims: now)
      }
    }
    search.tidy()
    return search.choices
  }

  private func claims(
    of bookings: [PlanBooking], _ choices: [Int32], _ problem: DayProblem
  ) -> [SnapshotClaim] {
    bookings.indices.flatMap { index -> [SnapshotClaim] in
      guard choices[index] >= 0 else { return [] }
      let option = floor.options[Int(problem.choices[Int(choices[index])].option)]
      return bookings[index].claims(at: floor.numbers(of: option))
    }
  }
}
