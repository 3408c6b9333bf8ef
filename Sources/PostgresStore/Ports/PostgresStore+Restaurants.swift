public import AssignmentStore
public import BookingDomain
import PostgresClient
import StoreFoundation

extension PostgresStore: RestaurantReading {
  /// The document is fetched only where the cache does not have the revision that is stored.
  public func restaurant(_ id: RestaurantID) async throws(StoreError) -> StoredRestaurant? {
    guard let revision = try await restaurantRevision(id) else { return nil }
    if let stored = restaurants.find(id, revision: revision) { return stored }
    let row = try await read("SELECT id, revision, updated_at, document FROM restaurants WHERE id = $1", [.text(id)])
    return try row.first.map(stored)
  }

  public func restaurants(after: RestaurantID?, limit: Int) async throws(StoreError) -> [StoredRestaurant] {
    let rows = try await read(
      "SELECT id, revision, updated_at, document FROM restaurants WHERE id > $1 ORDER BY id LIMIT $2",
      [.text(after?.rawValue ?? ""), .int(limit)])
    var result: [StoredRestaurant] = []
    for row in rows { result.append(try stored(row)) }
    return result
  }

  public func restaurantIDs() async throws(StoreError) -> [RestaurantID] {
    try await all("SELECT id FROM restaurants ORDER BY id") { $0.id(0) }
  }

  public func restaurantRevision(_ id: RestaurantID) async throws(StoreError) -> Int? {
    try await first("SELECT revision FROM restaurants WHERE id = $1", [.text(id)]) { $0.int(0) }
  }

  private func stored(_ row: PostgresRow) throws(StoreError) -> StoredRestaurant {
    let id: RestaurantID = row.id(0)
    if let known = restaurants.find(id, revision: row.int(1)) { return known }
    do {
      let restaurant = try RestaurantFile.decode(row.bytes(3), source: "restaurant \(id)")
      let stored = StoredRestaurant(restaurant: restaurant, revision: row.int(1), updatedAt: row.time(2))
      restaurants.insert(stored)
      return stored
    } catch {
      throw .invalid("the document of restaurant \(id) cannot be read")
    }
  }
}
