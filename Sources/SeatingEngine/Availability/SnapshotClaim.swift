public import BookingDomain

/// A table that is taken for a block window: by an allocation, a live hold or a block alike.
public struct SnapshotClaim: Sendable, Hashable, Codable {
  public var table: TableNumber
  /// The block window, buffers included.
  public var window: TimeWindow
  /// Whose claim it is; nil for blocks and for holds without a booking.
  public var bookingID: BookingID?

  public init(table: TableNumber, window: TimeWindow, bookingID: BookingID? = nil) {
    self.table = table
    self.window = window
    self.bookingID = bookingID
  }
}
