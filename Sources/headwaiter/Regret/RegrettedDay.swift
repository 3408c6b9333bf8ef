import AssignmentPipeline
import BookingDomain
import SeatingEngine

/// A restaurant's day with what it lost.
struct RegrettedDay: Sendable {
  let restaurant: Restaurant
  let date: LocalDate
  let record: PastDayRecord
  let regret: DayRegret

  init(_ restaurant: Restaurant, _ date: LocalDate, _ record: PastDayRecord, _ search: PlanSearch) {
    self.restaurant = restaurant
    self.date = date
    self.record = record
    let floor = CompiledFloor(restaurant: restaurant)
    regret = search.interruption.noted {
      RegretFinder(floor: floor).regret(of: record.day) {
        search.limits(mode: .day, tables: floor.tables.count)
      }
    }
  }
}
