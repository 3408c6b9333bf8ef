/// How long a search for tables goes on, and how.
public struct SearchLimits: Sendable {
  /// The same seed gives the same plan, as long as the effort and not the clock ends the search.
  public var seed: UInt64
  /// Searches, each on its own; the best plan counts. A different number can give a different plan.
  public var threads: Int
  /// Runs the searches numbered from 0 up to a count, side by side where the caller has threads to do so.
  public var running: @Sendable (_ count: Int, _ search: @Sendable (Int) -> Void) -> Void
  /// How much is tried on each thread, in multiples of what suits a floor of this size. nil is, for a whole day, no end but
  /// `isOver`, and the default of their own for other searches.
  public var effort: Double?
  /// Asked often: true ends the search with the best plan so far, for example because time is up.
  public var isOver: @Sendable () -> Bool

  public init(
    seed: UInt64 = 1, threads: Int = 2, effort: Double? = 1,
    running: @escaping @Sendable (Int, @Sendable (Int) -> Void) -> Void = SearchLimits.oneByOne,
    isOver: @escaping @Sendable () -> Bool = { false }
  ) {
    self.seed = seed
    self.threads = threads
    self.effort = effort
    self.running = running
    self.isOver = isOver
  }

  /// The same with another effort.
  func with(_ effort: Double?) -> SearchLimits {
    var limits = self
    limits.effort = effort
    return limits
  }

  /// One search after the other.
  @Sendable
  public static func oneByOne(_ count: Int, _ search: @Sendable (Int) -> Void) {
    for number in 0..<count { search(number) }
  }
}
