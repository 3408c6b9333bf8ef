import BookingDomain

/// Bounds of what a request may say, whatever the house; the edge checks texts.
enum DeskBounds {
  static let party = 1...500
  static let durationMinutes = 1...1_440
  /// A booking starts within so many days of today, before or after: 2 years.
  static let days = 731

  static func check(party: Int?, start: Timestamp?, durationMinutes: Int?, now: Timestamp) throws(DeskError) {
    if let party, !self.party.contains(party) {
      throw .invalid(field: "party_size", message: "is \(party)", allowed: "1 to 500")
    }
    if let durationMinutes, !self.durationMinutes.contains(durationMinutes) {
      throw .invalid(field: "duration_minutes", message: "is \(durationMinutes)", allowed: "1 to 1440")
    }
    if let start, abs(start.microseconds / 60_000_000 - now.minutes) > Int64(days * 1_440) {
      throw .invalid(field: "start", message: "is \(start)", allowed: "within two years of today")
    }
  }
}

extension CapacityVerifier {
  /// The slot of a request, or the best guess for one that breaks the rules: its turn if that is known, else 90 minutes.
  func likelySlot(for request: CapacityRequest) -> ServiceSlot {
    if let slot = try? slot(for: request) { return slot }
    let named = restaurant.servicePeriods.first { $0.name == request.service }
    let minutes = request.durationMinutes ?? named?.turnMinutes(party: request.party) ?? 90
    return slotIgnoringHours(start: request.start, durationMinutes: minutes)
  }
}
