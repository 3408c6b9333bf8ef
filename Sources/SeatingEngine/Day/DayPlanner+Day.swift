import BookingDomain

extension DayPlanner {
  /// Seats a day's bookings, all known at once, so that most are seated, then most covers, then with fewest spare seats
  /// and extra tables. Ends when the effort is used up or `limits.isOver`, with the best plan so far.
  func planWholeDay(
    _ bookings: [PlanBooking], claims: [SnapshotClaim] = [], limits: SearchLimits = SearchLimits()
  ) -> DayPlan {
    let problem = DayProblem(floor: floor, bookings: bookings, claims: claims)
    let choices = DayPlanner.search(problem, limits: limits)
    return day(of: bookings, choices: choices, problem: problem)
  }

  /// The best of `limits.threads` searches; of equals the first.
  private static func search(_ problem: DayProblem, limits: SearchLimits) -> [Int32] {
    let plans = Gathered<(score: DayScore, choices: [Int32])>(count: max(1, limits.threads))
    limits.running(max(1, limits.threads)) { stream in
      plans.set(stream, searched(problem, stream: stream, limits: limits))
    }
    var best: (score: DayScore, choices: [Int32]) = (DayScore(), [])
    for plan in plans.values where best.choices.isEmpty || plan.score > best.score { best = plan }
    return best.choices
  }

  private static func searched(
    _ problem: DayProblem, stream: Int, limits: SearchLimits
  ) -> (score: DayScore, choices: [Int32]) {
    if problem.pointCount <= UInt64.capacity {
      var search = DaySearch<UInt64>(problem, stream: stream, limits: limits)
      return search.run()
    }
    var search = DaySearch<LongPointSet>(problem, stream: stream, limits: limits)
    return search.run()
  }

  func day(of bookings: [PlanBooking], choices: [Int32], problem: DayProblem) -> DayPlan {
    var day = DayPlan()
    for (index, booking) in bookings.enumerated() {
      guard choices.indices.contains(index), choices[index] >= 0 else {
        day.add(nil, for: booking, fit: fit(booking))
        continue
      }
      let option = floor.options[Int(problem.choices[Int(choices[index])].option)]
      let plan = SeatingPlan(
        tables: floor.numbers(of: option), combinationName: option.combinationName, strategy: .optimalFit, score: 0,
        parts: [], spareSeats: max(0, option.seats - booking.party))
      day.add(plan, for: booking, fit: .fits)
    }
    return day
  }
}
