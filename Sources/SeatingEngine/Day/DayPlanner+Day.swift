import BookingDomain

extension DayPlanner {
  /// Seats a day's bookings, all known at once, so that most are seated, then most covers, then with fewest spare seats
  /// and extra tables. Ends when the effort is used up or `limits.isOver`, with the best plan so far.
  func planWholeDay(
    _ bookings: [PlanBooking], claims: [SnapshotClaim] = [], limits: SearchLimits = SearchLimits()
  ) -> DayPlan {
    let problem = DayProblem(floor: floor, bookings: bookings, claims: claims)
    let plan = search(problem, limits: limits)
    var day = day(of: bookings, choices: plan.choices, problem: problem)
    day.isOptimal = plan.isProven
    return day
  }

  /// Begins with a short search. Then the best plan is found and proven, if the day is small enough; else it goes on.
  private func search(_ problem: DayProblem, limits: SearchLimits) -> ExactDay.Answer {
    let effort = DayEffort(problem)
    guard let exact = ExactDay(problem, floor: floor), limits.effort ?? .infinity >= effort.firstShare else {
      return anneal(problem, limits)
    }
    let early = exact.improve(
      anneal(problem, limits.with(effort.firstShare)), more: { anneal(problem, limits.with(effort.shortShare)) },
      isOver: limits.isOver)
    if early.isProven || limits.isOver() { return early }
    let late = anneal(problem, limits.with(limits.effort.map { max(0, $0 - exact.effort) }))
    return late.score > early.score ? late : early
  }

  /// The best of `limits.threads` searches; of equals the first.
  private func anneal(_ problem: DayProblem, _ limits: SearchLimits) -> ExactDay.Answer {
    let plans = Gathered<(score: DayScore, choices: [Int32])>(count: max(1, limits.threads))
    limits.running(max(1, limits.threads)) { stream in
      plans.set(stream, DayPlanner.searched(problem, stream: stream, limits: limits))
    }
    var best = ExactDay.Answer(score: DayScore(), choices: [])
    for plan in plans.values where best.choices.isEmpty || plan.score > best.score {
      best = ExactDay.Answer(score: plan.score, choices: plan.choices)
    }
    return best
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
