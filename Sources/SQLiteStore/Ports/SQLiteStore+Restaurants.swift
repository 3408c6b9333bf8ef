public import AssignmentStore
public import BookingDomain
import GRDB
import StoreFoundation

extension SQLiteStore: RestaurantReading {
  public func restaurant(_ id: RestaurantID) async throws(StoreError) -> StoredRestaurant? {
    let cache = restaurants
    let found = try await read { session in
      try session.first(
        "SELECT id, revision, updated_at, document FROM restaurants WHERE id = ?", [.text(id)]
      ) { row in RestaurantRow(row, cache) }
    }
    return try found.map(decode)
  }

  public func restaurants(after: RestaurantID?, limit: Int) async throws(StoreError) -> [StoredRestaurant] {
    let cache = restaurants
    let found = try await read { session in
      try session.all(
        "SELECT id, revision, updated_at, document FROM restaurants WHERE id > ? ORDER BY id LIMIT ?",
        [.text(after?.rawValue ?? ""), .int(limit)]
      ) { row in RestaurantRow(row, cache) }
    }
    var result: [StoredRestaurant] = []
    for row in found { result.append(try decode(row)) }
    return result
  }

  public func restaurantIDs() async throws(StoreError) -> [RestaurantID] {
    try await read { session in try session.all("SELECT id FROM restaurants ORDER BY id") { $0.id(0) } }
  }

  public func restaurantRevision(_ id: RestaurantID) async throws(StoreError) -> Int? {
    try await read { session in
      try session.first("SELECT revision FROM restaurants WHERE id = ?", [.text(id)]) { $0.int(0) }
    }
  }

  /// Outside the read, which must not wait for it.
  private func decode(_ row: RestaurantRow) throws(StoreError) -> StoredRestaurant {
    switch row {
    case .known(let stored): return stored
    case .document(let id, let revision, let updatedAt, let bytes):
      do {
        let restaurant = try RestaurantFile.decode(bytes, source: "restaurant \(id)")
        let stored = StoredRestaurant(restaurant: restaurant, revision: revision, updatedAt: updatedAt)
        restaurants.insert(stored)
        return stored
      } catch {
        throw .invalid("the document of restaurant \(id) cannot be read")
      }
    }
  }
}

/// A row of `restaurants`; its document is read only if the cache does not have that revision.
enum RestaurantRow: Sendable {
  case known(StoredRestaurant)
  case document(id: RestaurantID, revision: Int, updatedAt: Timestamp, bytes: [UInt8])

  init(_ row: Row, _ cache: DecodedRestaurants) {
    let id: RestaurantID = row.id(0)
    if let stored = cache.find(id, revision: row.int(1)) {
      self = .known(stored)
    } else {
      self = .document(id: id, revision: row.int(1), updatedAt: row.time(2), bytes: row.bytes(3) ?? [])
    }
  }
}
