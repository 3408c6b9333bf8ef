package import AssignmentStore
package import BookingDomain
import Resilience

/// Decoded restaurants by id, good for one revision; the oldest go first when there are too many.
package final class DecodedRestaurants: Sendable {
  private struct State {
    var entries: [RestaurantID: StoredRestaurant] = [:]
    /// In order of first insertion.
    var order: [RestaurantID] = []
  }

  private let limit: Int
  private let state = Locked(State())

  package init(limit: Int) { self.limit = limit }

  /// The restaurant, if that very revision is known.
  package func find(_ id: RestaurantID, revision: Int) -> StoredRestaurant? {
    state.withLock { state in state.entries[id].flatMap { $0.revision == revision ? $0 : nil } }
  }

  /// Keeps a restaurant unless a later revision is known.
  package func insert(_ stored: StoredRestaurant) {
    let id = stored.restaurant.id
    state.withLock { state in
      if let known = state.entries[id], known.revision > stored.revision { return }
      if state.entries.updateValue(stored, forKey: id) == nil { state.order.append(id) }
      if state.order.count > limit { state.entries[state.order.removeFirst()] = nil }
    }
  }
}
