/// What a party wishes and needs at the table.
public struct SeatingWishes: Sendable, Hashable, Codable {
  /// A zone by name; soft.
  public var zone: String?
  /// Table tags; soft.
  public var tags: Set<String>
  /// Hard for `accessible`; the others are notes for the staff.
  public var needs: Set<GuestNeed>

  public init(zone: String? = nil, tags: Set<String> = [], needs: Set<GuestNeed> = []) {
    self.zone = zone
    self.tags = tags
    self.needs = needs
  }

  /// At least one of the party's tables must be accessible.
  public var needsAccessibleTable: Bool { needs.contains(.accessible) }
}

/// A need of a guest.
public enum GuestNeed: String, Sendable, Codable, CaseIterable {
  /// A hard need: an accessible table.
  case accessible
  /// A note: a high chair is brought to any table.
  case highChair = "high_chair"
}

/// A service found for a start, and the times that follow from it.
public struct ServiceSlot: Sendable, Hashable, Codable {
  /// Name of the service period; nil where hours are ignored.
  public var service: String?
  /// The date whose service it is: 00:30 belongs to the service that began the evening before.
  public var serviceDate: LocalDate
  /// `[start, start + turn)`.
  public var dining: TimeWindow
  /// The dining window widened by the buffers; conflicts are judged on it.
  public var block: TimeWindow

  public init(service: String?, serviceDate: LocalDate, dining: TimeWindow, block: TimeWindow) {
    self.service = service
    self.serviceDate = serviceDate
    self.dining = dining
    self.block = block
  }
}
