public import AssignmentStore
public import BookingDomain
import Crypto

/// Makes API keys and hashes them.
public enum KeyIssuer {
  /// What every secret begins with, so that one that leaked is recognised.
  public static let prefix = "hw_"
  private static let secretBytes = 32

  /// A new key.
  /// - Parameter generator: the source of its 32 random bytes; the system's in production.
  /// - Returns: the secret, to be shown once, and the record to store, which holds only its hash.
  public static func issue(
    id: String, name: String, role: Role, restaurants: [RestaurantID], at time: Timestamp,
    using generator: inout some RandomNumberGenerator
  ) -> (secret: String, record: APIKeyRecord) {
    let bytes = (0..<secretBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    let secret = prefix + hex(bytes)
    let record = APIKeyRecord(
      id: id, name: name, role: role, restaurants: restaurants, hash: hash(secret), createdAt: time)
    return (secret, record)
  }

  /// SHA-256 of a secret, hexadecimal: what is stored. A plain hash does, because the secret is random.
  public static func hash(_ secret: String) -> String { Digest.hex(of: Array(secret.utf8)) }

  private static func hex(_ bytes: [UInt8]) -> String { Digest.hex(bytes) }
}

/// SHA-256 in hexadecimal.
enum Digest {
  private static let digits = Array("0123456789abcdef".utf8)

  static func hex(of bytes: [UInt8]...) -> String {
    var hasher = SHA256()
    for part in bytes { hasher.update(data: part) }
    return hex(Array(hasher.finalize()))
  }

  static func hex(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension KeyIssuer {
  /// Whether any key was ever set up: then the server asks for one, and may leave the loopback interface.
  public static func hasKeys(in store: any KeyStore) async throws(StoreError) -> Bool {
    try await !store.keys().isEmpty
  }
}
