public import BookingDomain

/// What V3, in shadow, would have made of a booking, against what legacy made of it (product specification §8).
public enum ShadowVerdict: String, Sendable, Hashable, Codable, CaseIterable {
  case sameTables = "same_tables"
  /// Other tables, but as many, and as many spare seats.
  case equivalent
  case v3Better = "v3_better"
  case legacyBetter = "legacy_better"
  case v3Only = "v3_only"
  case legacyOnly = "legacy_only"
  case bothFailed = "both_failed"
  /// Shadow hung, threw, or proposed what the floor does not have.
  case shadowError = "shadow_error"
}

/// What one flow found on the snapshot.
public struct ShadowSide: Sendable, Hashable {
  /// `confirmed`, `manual_review`, `failed`, `retry`, or the code of a fault.
  public var outcome: String
  /// Nil where none were found.
  public var tables: [TableNumber]?
  public var spareSeats: Int?
  /// The planner's own time; nil where it gave no answer.
  public var milliseconds: Double?

  public init(
    outcome: String, tables: [TableNumber]? = nil, spareSeats: Int? = nil, milliseconds: Double? = nil
  ) {
    self.outcome = outcome
    self.tables = tables
    self.spareSeats = spareSeats
    self.milliseconds = milliseconds
  }
}

/// One row of `shadow_comparisons`.
public struct ShadowComparison: Sendable, Hashable {
  public var bookingID: BookingID
  public var restaurantID: RestaurantID
  public var createdAt: Timestamp
  public var verdict: ShadowVerdict
  public var legacy: ShadowSide
  public var v3: ShadowSide
  /// Legacy's loop found tables later on; not part of the verdict.
  public var legacyLate: Bool
  /// Legacy against itself on the same snapshot, where the booking is in the sample; itself stands in V3's place.
  public var noiseVerdict: ShadowVerdict?

  public init(
    bookingID: BookingID, restaurantID: RestaurantID, createdAt: Timestamp, verdict: ShadowVerdict,
    legacy: ShadowSide, v3: ShadowSide, legacyLate: Bool = false, noiseVerdict: ShadowVerdict? = nil
  ) {
    self.bookingID = bookingID
    self.restaurantID = restaurantID
    self.createdAt = createdAt
    self.verdict = verdict
    self.legacy = legacy
    self.v3 = v3
    self.legacyLate = legacyLate
    self.noiseVerdict = noiseVerdict
  }
}

/// What shadow has found since it last wrote: one transaction, in which nothing else is written.
public struct ShadowBatch: Sendable, Hashable {
  /// A booking's first comparison stays; another one is ignored.
  public var comparisons: [ShadowComparison] = []
  public var events: [ObservabilityEvent] = []
  /// Bookings that legacy's loop has confirmed after its first quote found nothing. Ignored where there is no comparison, or
  /// one in which legacy had tables.
  public var late: [LateSuccess] = []

  public struct LateSuccess: Sendable, Hashable {
    public var bookingID: BookingID
    public var restaurantID: RestaurantID

    public init(bookingID: BookingID, restaurantID: RestaurantID) {
      self.bookingID = bookingID
      self.restaurantID = restaurantID
    }
  }

  public init() {}

  public var isEmpty: Bool { comparisons.isEmpty && events.isEmpty && late.isEmpty }
}
