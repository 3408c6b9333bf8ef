import AssignmentPipeline
import BookingDomain
import Testing

@testable import Rehearsal

@Suite struct SimulatedTimeTests {
  private let start = Timestamp(seconds: 1_000)

  @Test func `the clock goes forward only, and the steady clock with it`() {
    let clock = SimulatedClock(start: start)
    let began = clock.steady.now
    clock.advance(to: start.adding(minutes: 2))
    clock.advance(to: start)
    clock.pass(.seconds(30))
    clock.pass(.seconds(-5))
    #expect(clock.now() == start.adding(.seconds(150)))
    #expect(began.duration(to: clock.steady.now) == .seconds(150))
  }

  @Test func `what is due comes in order of time, and of equal times in the order in which it was added`() {
    var due = DueTimes<Int>()
    let minutes = [5, 3, 5, 1, 4, 3, 0, 5]
    for (number, minute) in minutes.enumerated() { due.add(number, at: start.adding(minutes: minute)) }
    var taken: [Int] = []
    while let number = due.take(by: start.adding(minutes: 4)) { taken.append(number) }
    #expect(taken == [6, 3, 1, 5, 4])
    #expect(due.next == start.adding(minutes: 5))
    while let number = due.take(by: start.adding(minutes: 5)) { taken.append(number) }
    #expect(taken.suffix(3) == [0, 2, 7])
    #expect(due.isEmpty)
  }

  @Test func `times are drawn around their mean, by seed`() {
    let (one, same) = (SimulatedChance(seed: 7), SimulatedChance(seed: 7))
    let times = (0..<2_000).map { _ in one.time(around: .milliseconds(100)).inMilliseconds }
    #expect(times.allSatisfy { (50...600).contains($0) })
    #expect(abs(times.reduce(0, +) / 2_000 - 100) < 5)
    #expect(times.first == same.time(around: .milliseconds(100)).inMilliseconds)
  }

  @Test func `a planner that takes longer than its limit has timed out at the limit`() async throws {
    let clock = SimulatedClock(start: start)
    let play = FaultPlay(seed: 1)
    var fault = RehearsalFault(.slowPlanner)
    fault.milliseconds = 60_000
    play.begin(0, fault, restaurants: ["house"])
    let faults = SimulatedFaults(clock: clock, chance: SimulatedChance(seed: 1), play: play)
    _ = try faults.spoil([], of: PlannerCall(flow: .v3, restaurant: "house", booking: "b-1", limit: .seconds(5)))
    #expect(clock.now() == start.adding(.milliseconds(5_001)))
    // Neither legacy nor another restaurant is hit.
    _ = try faults.spoil([], of: PlannerCall(flow: .legacy, restaurant: "house", booking: "b-1", limit: .seconds(5)))
    _ = try faults.spoil([], of: PlannerCall(flow: .v3, restaurant: "other", booking: "b-2", limit: .seconds(5)))
    #expect(clock.now() < start.adding(.milliseconds(5_100)))
  }

  @Test func `storage is away while one fault says so`() {
    let play = FaultPlay(seed: 1)
    #expect(!play.storageIsAway)
    play.begin(0, RehearsalFault(.storageAway), restaurants: nil)
    play.begin(1, RehearsalFault(.storageAway), restaurants: nil)
    play.end(0)
    #expect(play.storageIsAway)
    play.end(1)
    #expect(!play.storageIsAway)
  }

  @Test func `regular turns hurry after trouble`() {
    var turns = RegularTurns(start: start, people: RehearsalPeople())
    func isDue(_ kind: RegularTurns.Kind, after seconds: Int) -> Bool {
      turns.isDue(kind, at: start.adding(.seconds(seconds)))
    }
    #expect(isDue(.turn, after: 0))
    #expect(!isDue(.turn, after: 599))
    turns.hurry(at: start.adding(.seconds(10)))
    #expect(isDue(.turn, after: 15))
    #expect(isDue(.turn, after: 20))
    #expect(!isDue(.turn, after: 24))
    turns.watch(by: start.adding(.seconds(30)))
    #expect(isDue(.watch, after: 30))
    #expect(isDue(.turn, after: 615))
    #expect(!isDue(.turn, after: 700))
  }
}
