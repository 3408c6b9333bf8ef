/// Which restaurants V3 decides for where it is on.
///
/// The hash of a restaurant's id decides: FNV-1a of its UTF-8 in 64 bits, mixed by the 64-bit finalizer of MurmurHash3, modulo
/// 10,000. A restaurant is in when that is below a hundred times the percentage, so that who is in at 10 % is in at 50 %. Where
/// no restaurant is in by its hash, the one with the lowest leads. Neither depends on the process or the machine.
public struct RolloutShare: Sendable, Hashable {
  /// Per cent, 0 to 100; 100 where no rollout is running.
  public var percent: Int
  /// In, although its hash is not; nil where others are in, or nobody is to be.
  public var lead: RestaurantID?
  public var restaurants: [RestaurantID: RestaurantFlag]

  public init(percent: Int = 100, lead: RestaurantID? = nil, restaurants: [RestaurantID: RestaurantFlag] = [:]) {
    self.percent = percent
    self.lead = lead
    self.restaurants = restaurants
  }

  /// Whether V3 decides for a restaurant, where it is on. A paused one keeps its place.
  public func includes(_ id: RestaurantID) -> Bool {
    switch restaurants[id] {
    case .forcedIn: true
    case .forcedOut: false
    case .paused, nil: percent > 0 && (Self.isIn(id, at: percent) || id == lead)
    }
  }

  /// Whether somebody is in by hash or by force, so that nobody needs to lead.
  public static func needsNoLead(among ids: some Sequence<RestaurantID>, _ stored: StoredFlags) -> Bool {
    guard let percent = stored.share, (1...99).contains(percent) else { return true }
    return ids.contains { id in
      switch stored.restaurants[id] {
      case .forcedIn: true
      case .forcedOut: false
      case .paused, nil: isIn(id, at: percent)
      }
    }
  }

  /// Who is in all the same where nobody is by hash or by force: the one with the lowest hash.
  public static func lead(among ids: [RestaurantID], _ stored: StoredFlags) -> RestaurantID? {
    guard !needsNoLead(among: ids, stored) else { return nil }
    return ids.filter { stored.restaurants[$0] != .forcedOut }.min { (bucket($0), $0) < (bucket($1), $1) }
  }

  static func isIn(_ id: RestaurantID, at percent: Int) -> Bool { bucket(id) < percent * 100 }

  /// 0 to 9,999.
  static func bucket(_ id: RestaurantID) -> Int {
    var hash = FNV1a.hash(of: id.rawValue)
    hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return Int((hash ^ (hash >> 33)) % 10_000)
  }
}
