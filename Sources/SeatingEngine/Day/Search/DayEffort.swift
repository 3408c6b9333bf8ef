/// How much work suits a day, by the number of tables.
public struct DayEffort: Sendable {
  /// Seconds after which a search for a whole day stops, unless asked for otherwise.
  public static func seconds(tables: Int) -> Double { kind(tables).seconds }

  let seconds: Double
  /// Work of a long round of annealing; see `Annealer.work`.
  let roundWork: Int
  /// Long rounds that are made.
  let rounds: Int
  /// What the short rounds before them take, in long rounds.
  private static let shortRounds = 0.3125

  /// - Parameters:
  ///   - tables: how many the floor has.
  ///   - bookings: how many are to be seated, without those that no table could take.
  init(tables: Int, bookings: Int) {
    let work: Double
    (seconds, rounds, work) = DayEffort.kind(tables)
    // No booking is worth more than this.
    let most = Double(max(20, bookings)) * 4e6
    roundWork = Int(min(work, most) / (Double(rounds) + DayEffort.shortRounds))
  }

  /// The work is set so that it takes about 70 % of the time on a slow core: the search then ends by its effort, and
  /// gives the same plan every time. A unit takes longer on a small floor, where less of it is looking at tables.
  private static func kind(_ tables: Int) -> (seconds: Double, rounds: Int, work: Double) {
    switch tables {
    case ...18: (0.2, 4, 50e6)
    case ...50: (1, 3, 370e6)
    case ...120: (2, 2, 960e6)
    default: (10, 1, 6_000e6)
    }
  }

  /// The share of the first short round, and of both.
  var firstShare: Double { shortShare / 5 }
  var shortShare: Double { DayEffort.shortRounds / (Double(rounds) + DayEffort.shortRounds) }

  init(_ problem: DayProblem) { self.init(tables: problem.tableCount, bookings: problem.seatable.count) }

  /// The work of all rounds, the two short ones included, times `share`.
  func work(_ share: Double) -> Int {
    Int(min(Double(roundWork) * (Double(rounds) + DayEffort.shortRounds) * max(0, share), 0x1p60))
  }
}
