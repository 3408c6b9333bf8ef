import BookingDomain
import DemandModel
import Resilience

/// Which faults of a scenario are on now, and whom they hit.
final class FaultPlay: Sendable {
  /// A fault that has begun and not ended.
  struct Live: Sendable {
    var fault: RehearsalFault
    /// Nil hits all.
    var restaurants: Set<RestaurantID>?
  }

  private let seed: UInt64
  private let live = Locked([Int: Live]())
  private let isAway = Locked(false)

  /// - Parameter seed: says which bookings a fault hits that hits some of them.
  init(seed: UInt64) { self.seed = seed }

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

  /// The planner's faults that hit a booking now, in the order of the scenario. A booking that is hit is hit as often as it is
  /// planned, in shadow as well.
  func planner(_ restaurant: RestaurantID, _ booking: BookingID) -> [RehearsalFault] {
    let live = live.withLock { $0 }
    if live.isEmpty { return [] }
    return live.sorted { $0.key < $1.key }.filter { index, entry in
      (entry.restaurants?.contains(restaurant) ?? true) && hits(booking, index, percent: entry.fault.percent)
    }.map(\.value.fault)
  }

  private func hits(_ booking: BookingID, _ index: Int, percent: Double) -> Bool {
    if percent >= 100 { return true }
    var random = SplitMix64(seed: FNV1a.hash(of: "\(index)/\(booking)") ^ seed)
    return random.unit() * 100 < percent
  }

  private func refreshStorage() {
    let away = live.withLock { $0.values.contains { $0.fault.kind == .storageAway } }
    isAway.withLock { $0 = away }
  }
}
