public import BookingDomain

/// An API key as the command line shows it.
public struct OutputKey: Codable, Sendable, Hashable {
  public var id: String
  public var name: String
  public var role: Role
  /// Empty means all.
  public var restaurants: [String]
  /// RFC 3339, UTC.
  public var createdAt: String
  public var revokedAt: String?
  /// Shown once, when the key is made.
  public var secret: String?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, name, role, restaurants
    case createdAt = "created_at"
    case revokedAt = "revoked_at"
    case secret
  }

  public init(
    id: String, name: String, role: Role, restaurants: [String], createdAt: String, revokedAt: String?,
    secret: String?
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.restaurants = restaurants
    self.createdAt = createdAt
    self.revokedAt = revokedAt
    self.secret = secret
  }
}
