import BookingDomain
import SeatingEngine
import Testing

/// The bitsets against plain intervals.
struct OccupancyTests {
  private struct Interval: Equatable {
    var table: Int
    var window: TimeWindow
  }

  /// Minute-precise, or on multiples of five.
  private static func window(_ numbers: inout SeededNumbers, step: Int) -> TimeWindow {
    let start = Int.random(in: -20...300, using: &numbers) * step
    return TestHouse.window(start, start + Int.random(in: 1...40, using: &numbers) * step)
  }

  @Test("insert, remove and isFree agree with plain intervals", arguments: 1...12, [1, 5])
  func agreesWithIntervals(seed: UInt64, step: Int) {
    var numbers = SeededNumbers(seed: seed)
    let floor = TestHouse.floor((1...70).map { TestHouse.table(TableNumber("\($0)"), 2) })
    var occupancy = Occupancy(floor: floor, span: TestHouse.day)
    var intervals: [Interval] = []
    for _ in 0..<300 {
      let next = Interval(
        table: Int.random(in: 0..<70, using: &numbers) % 5 * 17, window: Self.window(&numbers, step: step))
      if Int.random(in: 0..<3, using: &numbers) == 0, let old = intervals.randomElement(using: &numbers) {
        occupancy.remove(table: old.table, window: old.window)
        intervals.remove(at: intervals.firstIndex(of: old) ?? 0)
      } else {
        occupancy.insert(table: next.table, window: next.window)
        intervals.append(next)
      }
      let asked = Self.window(&numbers, step: 1)
      let inside = TimeWindow(
        start: max(asked.start, TestHouse.day.start), end: min(asked.end, TestHouse.day.end))
      let taken =
        inside.start < inside.end
        && intervals.contains { $0.table == next.table && $0.window.overlaps(inside) }
      #expect(occupancy.isFree(table: next.table, window: asked) == !taken)
    }
  }

  @Test("parts of a minute are rounded outwards")
  func roundsOutwards() {
    let floor = TestHouse.floor([TestHouse.table("1", 2)])
    var occupancy = Occupancy(floor: floor, span: TestHouse.day)
    let start = TestHouse.midnight.adding(.milliseconds(600_500))
    occupancy.insert(table: 0, window: TimeWindow(start: start, end: start.adding(.seconds(61))))
    #expect(occupancy.isFree(table: 0, window: TestHouse.window(9, 10)))
    #expect(!occupancy.isFree(table: 0, window: TestHouse.window(10, 11)))
    #expect(!occupancy.isFree(table: 0, window: TestHouse.window(11, 12)))
    #expect(occupancy.isFree(table: 0, window: TestHouse.window(12, 13)))
  }

  @Test("one of two claims that overlap can be removed")
  func overlappingClaims() {
    let floor = TestHouse.floor([TestHouse.table("1", 2)])
    var occupancy = Occupancy(floor: floor, span: TestHouse.day)
    occupancy.insert(table: 0, window: TestHouse.window(100, 200))
    occupancy.insert(table: 0, window: TestHouse.window(150, 250))
    occupancy.remove(table: 0, window: TestHouse.window(100, 200))
    #expect(occupancy.isFree(table: 0, window: TestHouse.window(100, 150)))
    #expect(!occupancy.isFree(table: 0, window: TestHouse.window(150, 200)))
  }

  @Test("windows outside the span are clipped, empty ones take nothing")
  func clipping() {
    let floor = TestHouse.floor([TestHouse.table("1", 2)])
    var occupancy = Occupancy(floor: floor, span: TestHouse.window(600, 700))
    occupancy.insert(table: 0, window: TestHouse.window(500, 600))
    occupancy.insert(table: 0, window: TestHouse.window(650, 650))
    #expect(occupancy.isFree(table: 0, window: TestHouse.window(600, 700)))
    occupancy.insert(table: 0, window: TestHouse.window(690, 900))
    #expect(!occupancy.isFree(table: 0, window: TestHouse.window(695, 1_000)))
    #expect(occupancy.isFree(table: 0, window: TestHouse.window(800, 900)))
  }

  @Test("a booking's own claims are left out on request")
  func excludingOwnClaims() {
    let floor = TestHouse.floor([TestHouse.table("1", 2)])
    let claims = [
      SnapshotClaim(table: "1", window: TestHouse.window(600, 700), bookingID: "a"),
      SnapshotClaim(table: "1", window: TestHouse.window(700, 800), bookingID: "b"),
      SnapshotClaim(table: "gone", window: TestHouse.window(600, 700), bookingID: "a"),
    ]
    let snapshot = AvailabilitySnapshot(floor: floor, span: TestHouse.day, claims: claims)
    #expect(!snapshot.isFree(tables: ["1"], window: TestHouse.window(650, 660)))
    let without = snapshot.excluding("a")
    #expect(without.isFree(tables: ["1"], window: TestHouse.window(600, 700)))
    #expect(!without.isFree(tables: ["1"], window: TestHouse.window(700, 710)))
    #expect(without.claims.map(\.bookingID) == ["b"])
    #expect(!without.isFree(tables: ["gone"], window: TestHouse.window(0, 10)))
  }
}
