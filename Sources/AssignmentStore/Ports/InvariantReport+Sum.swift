extension InvariantReport {
  /// The sum of two reports.
  public static func + (a: InvariantReport, b: InvariantReport) -> InvariantReport {
    var sum = a
    sum.overlappingClaims += b.overlappingClaims
    sum.confirmedWithoutTables += b.confirmedWithoutTables
    sum.confirmedWithTooFewSeats += b.confirmedWithTooFewSeats
    sum.impossibleCombinations += b.impossibleCombinations
    sum.historyGaps += b.historyGaps
    sum.duplicateNotices += b.duplicateNotices
    sum.missingNotices += b.missingNotices
    sum.lostBookings += b.lostBookings
    return sum
  }
}
