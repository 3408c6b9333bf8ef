import BookingDomain
import Rollout
import Testing

/// How long it takes until there is enough data.
struct DataForecastTests {
  private func forecast(_ phase: Int = 3, _ change: (inout PhaseFigures) -> Void) -> DataEstimate {
    var figures = Samples.good()
    change(&figures)
    return DataForecast(PhaseGate(RolloutPlan.standard.phases[phase], of: .standard), figures).whole()
  }

  @Test func whole_everythingDecided_isEnough() { #expect(forecast { _ in } == .enough) }

  @Test func whole_onlyTimeMissing_isTheRestOfIt() {
    #expect(forecast { $0.elapsedSeconds = 86_400 - 600 } == .after(seconds: 600, bookings: 0))
  }

  /// Without an error 299 bookings pass below 1 %; with 150 in a day that takes as much again, almost.
  @Test func whole_fewBookings_isTheTimeUntilTheBoundPasses() throws {
    let estimate = forecast {
      $0.elapsedSeconds = 86_400
      $0.v3 = Samples.flow(150)
      $0.v3.fullHouse = 0
    }
    guard case .after(let seconds, let bookings) = estimate else {
      Issue.record("\(estimate)")
      return
    }
    #expect((149...150).contains(bookings))
    #expect(abs(seconds / 86_400 - 149.0 / 150) < 0.02)
  }

  @Test func whole_leastBookingsMissing_isTheirTime() {
    let estimate = forecast(0) {
      $0.elapsedSeconds = 2 * 86_400
      $0.v3 = Samples.flow(80)
    }
    #expect(estimate == .after(seconds: 43_200, bookings: 20))
  }

  @Test func whole_noBookingsOrNoDrill_isNever() {
    #expect(forecast { $0.v3 = FlowFigures() } == .never)
    #expect(forecast { $0.drill = nil } == .never)
  }
}
