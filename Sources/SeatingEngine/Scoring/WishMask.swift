import BookingDomain

/// A guest's soft wishes as bits over the floor's tags, and a zone.
struct WishMask: Sendable {
  private let tags: UInt64
  private let zone: Int32
  private let count: Double

  init(_ wishes: SeatingWishes, floor: CompiledFloor) {
    tags = wishes.tags.isEmpty ? 0 : floor.tagBits(wishes.tags)
    zone = wishes.zone.map { name in Int32(floor.zones.firstIndex(of: name) ?? -1) } ?? -1
    count = Double(wishes.tags.count + (wishes.zone == nil ? 0 : 1))
  }

  var isEmpty: Bool { count == 0 }

  /// Share of the wishes met by tables of `zone` that have `tags` among them, 0…1; 0 without wishes.
  func share(zone: Int32, tags: UInt64) -> Double {
    if count == 0 { return 0 }
    let met = (tags & self.tags).nonzeroBitCount + (zone == self.zone ? 1 : 0)
    return Double(met) / count
  }
}
