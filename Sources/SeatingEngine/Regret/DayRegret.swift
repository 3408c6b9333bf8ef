public import BookingDomain

/// To what bookings were lost, in the order in which ``RegretFinder`` lets go of it.
public enum RegretCause: String, Sendable, Hashable, Codable, CaseIterable {
  /// A table stood free for the party, and nobody gave it to it.
  case freeTable = "free_table"
  /// What persons decided: tables chosen or pinned by hand, parties turned away by hand.
  case overrides
  /// The tables of those who were accepted.
  case wrongTable = "wrong_table"
  /// Whoever asked first was accepted.
  case orderOfArrival = "order_of_arrival"
  /// Tables were kept for parties that did not come.
  case noShows = "no_shows"
}

/// What a service date lost against the best plan that could be found for it.
public struct DayRegret: Sendable, Hashable {
  /// One cause and what it cost.
  public struct Part: Sendable, Hashable {
    public var cause: RegretCause
    /// Never negative.
    public var bookings: Int
    /// Negative where more bookings, here or at an earlier step, mean fewer guests.
    public var covers: Int
    /// Parties that get tables once the cause is gone, in order of start.
    public var gained: [BookingID]
    /// Parties that lose theirs for it, in order of start.
    public var givenUp: [BookingID]

    public init(
      cause: RegretCause, bookings: Int = 0, covers: Int = 0, gained: [BookingID] = [], givenUp: [BookingID] = []
    ) {
      self.cause = cause
      self.bookings = bookings
      self.covers = covers
      self.gained = gained
      self.givenUp = givenUp
    }
  }

  /// Of the parties that came.
  public var happened: DayFigures
  /// The same with the best plan of all who came or wanted to. Never worse than ``happened``.
  public var best: DayFigures
  /// No plan by the rules seats more bookings; see ``SeatingBound``. Never below `best.bookings`.
  public var bound: Int
  /// One for each cause, in the order of ``RegretCause``. Their bookings and covers add up to ``bookings`` and ``covers``.
  public var parts: [Part]
  /// Who sits where in the best plan.
  public var places: [BookingID: [TableNumber]]

  public init(
    happened: DayFigures, best: DayFigures, bound: Int, parts: [Part], places: [BookingID: [TableNumber]]
  ) {
    self.happened = happened
    self.best = best
    self.bound = bound
    self.parts = parts
    self.places = places
  }

  /// Bookings lost; never negative.
  public var bookings: Int { best.bookings - happened.bookings }
  /// Covers lost; negative where the best plan seats more bookings, but fewer guests.
  public var covers: Int { best.covers - happened.covers }
  /// How far the best plan may be from what is possible: (bound − best) / bound, 0 for an empty day.
  public var gap: Double { bound == 0 ? 0 : Double(bound - best.bookings) / Double(bound) }
  /// Whether no plan by the rules seats more bookings than the best one found.
  public var isProven: Bool { best.bookings == bound }
}
