extension JSONObjectReader {
  /// `HH:MM`. - Parameter isEnd: allows `24:00`.
  func time(_ key: String, isEnd: Bool) -> LocalTime? {
    let allowed = isEnd ? "HH:MM, 00:00 to 24:00" : "HH:MM, 00:00 to 23:59"
    guard let tree = required(key, allowed: allowed) else { return nil }
    if case .string(let text) = tree.value, let time = LocalTime(text), isEnd || time.minuteOfDay < 1440 { return time }
    report(key, "is not a time of day", allowed: allowed)
    return nil
  }

  /// Weekdays, each once.
  func weekdays(_ key: String) -> [Weekday] {
    let names = Weekday.allCases.map(\.name)
    var days: [Weekday] = []
    for (tree, place) in requiredList(key, count: 1...7) {
      if case .string(let name) = tree.value, let day = Weekday(name: name) {
        if days.contains(day) { problems.add(place, value: tree.excerpt, "occurs twice", allowed: "each day once") }
        days.append(day)
      } else {
        let nearest: String? =
          if case .string(let name) = tree.value { Spelling.closest(to: name, in: names) } else { nil }
        problems.add(
          place, value: tree.excerpt, "is not a weekday", allowed: names.joined(separator: ", "), suggestion: nearest)
      }
    }
    return days
  }

  func openingHours() -> [OpeningHours] {
    list("opening_hours", count: RestaurantLimits.openingHours).compactMap { tree, place in
      guard let entry = JSONObjectReader(tree, at: place, keys: ["days", "open", "close"], problems: problems) else {
        return nil
      }
      let days = entry.weekdays("days")
      let open = entry.time("open", isEnd: false)
      let close = entry.time("close", isEnd: true)
      guard let open, let close else { return nil }
      return OpeningHours(days: days, open: open, close: close)
    }
  }

  /// - Parameter days: the days of all periods, where the file gives none: those of an exception.
  func servicePeriods(_ key: String, days: [Weekday]?) -> [ServicePeriod] {
    let keys = ["name", "kind"] + (days == nil ? ["days"] : []) + ["start", "end", "turn_bands"]
    return list(key, count: RestaurantLimits.servicePeriods).compactMap { tree, place in
      guard let entry = JSONObjectReader(tree, at: place, keys: keys, problems: problems) else { return nil }
      let name = entry.requiredText("name", length: 1...TextLimits.name)
      let kind = entry.requiredText("kind", length: 1...TextLimits.name)
      let periodDays = days ?? entry.weekdays("days")
      let start = entry.time("start", isEnd: false)
      let end = entry.time("end", isEnd: true)
      let bands = entry.turnBands()
      guard let name, let kind, let start, let end else { return nil }
      return ServicePeriod(name: name, kind: kind, days: periodDays, start: start, end: end, turnBands: bands)
    }
  }

  private func turnBands() -> [TurnBand] {
    var bands: [TurnBand] = []
    for (tree, place) in requiredList("turn_bands", count: RestaurantLimits.turnBands) {
      guard let entry = JSONObjectReader(tree, at: place, keys: ["max_party", "minutes"], problems: problems) else {
        continue
      }
      let maxParty = entry.requiredInt("max_party", RestaurantLimits.party)
      let minutes = entry.requiredInt("minutes", RestaurantLimits.turnMinutes)
      guard let maxParty, let minutes else { continue }
      if let previous = bands.last, maxParty <= previous.maxParty {
        entry.report(
          "max_party", "is not above that of the band before it", allowed: "more than \(previous.maxParty)")
      }
      bands.append(TurnBand(maxParty: maxParty, minutes: minutes))
    }
    return bands
  }

  func dayExceptions() -> [DayException] {
    var dates: Set<LocalDate> = []
    return list("exceptions", count: RestaurantLimits.exceptions).compactMap { tree, place in
      let keys = ["date", "closed", "open", "close", "service_periods"]
      guard let entry = JSONObjectReader(tree, at: place, keys: keys, problems: problems),
        let exception = entry.dayException()
      else { return nil }
      if !dates.insert(exception.date).inserted { entry.report("date", "occurs twice", allowed: "each date once") }
      return exception
    }
  }

  private func dayException() -> DayException? {
    let date = date("date")
    let days = date.map { [$0.weekday] } ?? []
    let closed = bool("closed", default: false)
    let periods = has("service_periods") ? servicePeriods("service_periods", days: days) : nil
    var hours: OpeningHours?
    if has("open") || has("close") {
      let open = time("open", isEnd: false)
      let close = time("close", isEnd: true)
      if let open, let close { hours = OpeningHours(days: days, open: open, close: close) }
    }
    if closed, has("open") || has("close") || has("service_periods") {
      report("closed", "contradicts the hours given with it", allowed: "closed, or hours and service periods")
    }
    guard let date else { return nil }
    return DayException(date: date, closed: closed, hours: hours, servicePeriods: periods)
  }

  private func date(_ key: String) -> LocalDate? {
    let allowed = "YYYY-MM-DD, a date from 1970 to 9999"
    guard let tree = required(key, allowed: allowed) else { return nil }
    if case .string(let text) = tree.value, let date = LocalDate(text) { return date }
    report(key, "is not a date", allowed: allowed)
    return nil
  }
}
