import AssignmentStore
import BookingDomain

extension ProcessingShell {
  /// Hands legacy's first quote over, where shadow is on. Waits for nothing.
  func showShadow(
    _ reading: SnapshotBuilder.Reading, _ asked: Asked, _ current: Try, planner: some FlowPlanner
  ) {
    guard let shadow = shadow(current, planner) else { return }
    var quote: ShadowCase.Quote?
    if case .planned(let planned, let took) = asked { quote = .init(plan: planned.plans.first, took: took) }
    shadow.offer(
      .compare(
        ShadowCase(
          booking: current.booking, question: current.question(now: environment.businessClock.now(for: current.id)),
          reading: reading, context: current.context, legacy: quote)))
  }

  /// Tells that the loop has confirmed after its first quote.
  func showShadowSuccess(_ current: Try, planner: some FlowPlanner) {
    shadow(current, planner)?.offer(
      .late(.init(bookingID: current.id, restaurantID: current.booking.restaurantID)))
  }

  private func shadow(_ current: Try, _ planner: some FlowPlanner) -> ShadowRunner? {
    current.flags.shadow && planner.flow == .legacy ? environment.shadow : nil
  }
}
