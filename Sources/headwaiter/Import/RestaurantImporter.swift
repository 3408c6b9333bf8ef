import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Bootstrap

/// Stores one restaurant file after the other through the floor's desk.
struct RestaurantImporter {
  let system: HeadwaiterSystem
  let affected: AffectedPolicy

  /// A restaurant that is stored as it is is left alone.
  /// - Throws: `DeskError` or `StoreError` for anything but bookings that a change touches.
  func store(_ input: RestaurantInput) async throws -> OutputImport {
    let old = try await system.store.restaurant(input.restaurant.id)
    let change = old.map { RestaurantChange(old: $0.restaurant, new: input.restaurant) }
    var result = OutputImport(
      id: input.restaurant.id.rawValue, file: input.path, result: .unchanged, revision: old?.revision ?? 0,
      changes: change?.words ?? summary(input.restaurant))
    if old?.restaurant == input.restaurant { return result }
    do throws(DeskError) {
      let request = ChangeRequest(caller: .commandLine, expectedVersion: old?.revision)
      let stored = try await system.desks.floor.put(
        input.restaurant, document: input.document, affected: affected, request)
      result.revision = stored.revision
      result.result = old == nil ? .created : .updated
    } catch {
      // Matched inside: a pattern at `catch` that leaves cases over breaks the compiler here (Swift 6.3).
      guard case .affected(let ids) = error else { throw error }
      result.result = .refused
      result.affected = ids.map(\.rawValue)
      result.changes = DeskRefusal.words(.affected(ids))
    }
    return result
  }

  private func summary(_ restaurant: Restaurant) -> String {
    let tables = restaurant.floor.tables
    let seats = tables.reduce(0) { $0 + $1.capacity }
    return "\(tables.count) tables, \(seats) seats, \(restaurant.floor.zones.count) zones"
  }
}

extension Caller {
  /// Recorded with every write of a command.
  static let commandLine = Caller.local("command line")
}
