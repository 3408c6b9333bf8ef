import BookingDomain

/// When the keepers, the rollout's keeper and the people look next: seldom while all is well, all the time in trouble.
struct RegularTurns {
  enum Kind: CaseIterable {
    /// The keepers that look after bookings, and the hosts.
    case turn
    /// Those that clear away.
    case clear
    /// The rollout's keeper.
    case watch
    /// The people who lead the rollout.
    case look
  }

  /// For so long after trouble the keepers look often.
  private static let trouble = Duration.seconds(600)
  static let hurried = Duration.seconds(5)

  private var times: [Kind: Timestamp]
  private let rhythm: [Kind: Duration]
  private var hurriesUntil: Timestamp

  init(start: Timestamp, people: RehearsalPeople) {
    rhythm = [
      .turn: .seconds(600), .clear: .seconds(86_400), .watch: .seconds(900), .look: .seconds(people.lookMinutes * 60),
    ]
    times = Dictionary(uniqueKeysWithValues: Kind.allCases.map { ($0, start) })
    times[.clear] = start.adding(.seconds(86_400))
    hurriesUntil = start
  }

  var next: Timestamp? { times.values.min() }

  /// Whether it is due; then its next time is set.
  mutating func isDue(_ kind: Kind, at now: Timestamp) -> Bool {
    guard let time = times[kind], time <= now else { return false }
    let isHurried = now < hurriesUntil && (kind == .turn || kind == .watch)
    times[kind] = now.adding(isHurried ? Self.hurried : rhythm[kind] ?? .seconds(600))
    return true
  }

  /// The rollout's keeper looks by then at the latest.
  mutating func watch(by time: Timestamp) { pull(.watch, to: time) }

  /// The keepers of bookings look by then at the latest.
  mutating func turn(by time: Timestamp) { pull(.turn, to: time) }

  /// Something is wrong, or was until now.
  /// - Parameter time: until the next turns; 5 seconds unless given.
  mutating func hurry(at now: Timestamp, by time: Duration = Self.hurried) {
    hurriesUntil = now.adding(Self.trouble)
    pull(.turn, to: now.adding(time))
    pull(.watch, to: now.adding(time))
  }

  private mutating func pull(_ kind: Kind, to time: Timestamp) { times[kind] = min(times[kind] ?? time, time) }
}
