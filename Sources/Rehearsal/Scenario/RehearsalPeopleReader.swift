import BookingDomain

/// Reads how the people of a scenario act.
enum RehearsalPeopleReader {
  static let keys = ["look_minutes", "work_from", "work_to", "resume_hours", "host_minutes"]

  static func read(_ entry: JSONObjectReader, _ people: inout RehearsalPeople) {
    people.lookMinutes = entry.int("look_minutes", 5...1_440, default: people.lookMinutes)
    people.resumeHours = entry.int("resume_hours", 0...720)
    people.hostMinutes = entry.int("host_minutes", 1...1_440, default: people.hostMinutes)
    let from = entry.int("work_from", 0...23, default: people.workHours.lowerBound)
    let to = entry.int("work_to", 1...24, default: people.workHours.upperBound)
    guard from < to else {
      let key = entry.has("work_to") ? "work_to" : "work_from"
      return entry.report(key, "leaves no hour to work in", allowed: "work_from below work_to")
    }
    people.workHours = from..<to
  }
}
