import BookingDomain

/// Who may call an endpoint.
enum Access: Sendable, Hashable {
  /// No key is asked for.
  case anyone
  /// With a key of one of these roles, or on an open server.
  case roles(Set<Role>)

  func allows(_ role: Role) -> Bool {
    switch self {
    case .anyone: true
    case .roles(let roles): roles.contains(role)
    }
  }
}

extension Access {
  /// Every key.
  static let everyone = Access.roles(Set(Role.allCases))
  /// Hosts and those above them: bookings, walk-ins, review, blocks.
  static let staff = Access.roles([.host, .operator, .admin])
  /// Staff, and apps that book for guests.
  static let booking = Access.roles([.guestApp, .host, .operator, .admin])
  /// Every key but a guest app's: lists, floors, review, histories.
  static let readers = Access.roles(Set(Role.allCases).subtracting([.guestApp]))
  /// Restaurants and their floors.
  static let editors = Access.roles([.operator, .admin])
  /// Figures about the whole service.
  static let observers = Access.roles([
    .operator, .qaLead, .engineeringLead, .onCallEngineer, .productOwner, .admin,
  ])
  /// Configuration and flags.
  static let overseers = Access.roles([.qaLead, .engineeringLead, .onCallEngineer, .productOwner, .admin])
  /// Circuit breakers.
  static let responders = Access.roles([.onCallEngineer, .engineeringLead, .admin])
  /// Run-time flags and the kill switch.
  static let switchers = Access.roles([.onCallEngineer, .admin])
  static let admins = Access.roles([.admin])
}
