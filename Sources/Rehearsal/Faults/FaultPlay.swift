import BookingDomain
import Resilience

/// Which faults of a scenario are on now, and whom they hit.
final class FaultPlay: Sendable {
  /// A fault that has begun and not ended.
  struct Live: Sendable {
    var fault: RehearsalFault
    /// Nil hits all.
    var restaurants: Set<RestaurantID>?
  }

  private let live = Locked([Int: Live]())
  private let isAway = Locked(false)

  /// - Parameters:
  ///   - index: of the fault in its scenario.
  ///   - restaurants: whom it hits; nil for all.
  func begin(_ index: Int, _ fault: RehearsalFault, restaurants: Set<RestaurantID>?) {
    live.withLock { $0[index] = Live(fault: fault, restaurants: restaurants) }
    refreshStorage()
  }

  func end(_ index: Int) {
    live.withLock { _ = $0.removeValue(forKey: index) }
    refreshStorage()
  }

  /// Whether nothing can be read or written now.
  var storageIsAway: Bool { isAway.withLock { $0 } }

  /// The planner's faults that hit a restaurant now, in the order of the scenario.
  func planner(_ restaurant: RestaurantID) -> [RehearsalFault] {
    live.withLock { live in
      if live.isEmpty { return [] }
      return live.sorted { $0.key < $1.key }.map(\.value).filter { $0.restaurants?.contains(restaurant) ?? true }
        .map(\.fault)
    }
  }

  private func refreshStorage() {
    let away = live.withLock { $0.values.contains { $0.fault.kind == .storageAway } }
    isAway.withLock { $0 = away }
  }
}
