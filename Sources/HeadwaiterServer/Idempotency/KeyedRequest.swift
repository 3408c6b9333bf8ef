import AssignmentPipeline
import AssignmentStore
import BookingDomain
import Hummingbird

/// A request that carries an `Idempotency-Key`.
struct KeyedRequest: Sendable, Hashable {
  /// The API key's id, or `open`.
  let scope: String
  let key: String
  /// SHA-256 of method, path with query, and body.
  let fingerprint: String
  let createdAt: Timestamp

  init(_ key: String, _ call: Call, path: String, at time: Timestamp) throws {
    guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw ProblemError.parameter(
        "Idempotency-Key", value: key, "cannot be taken", allowed: "1 to 255 visible ASCII characters")
    }
    self.key = key
    scope = call.caller.id
    fingerprint = Digest.hex(of: Array("\(call.endpoint.method.rawValue) \(path)\n".utf8), call.body)
    createdAt = time
  }

  var record: IdempotencyRecord {
    IdempotencyRecord(
      scope: scope, key: key, fingerprint: fingerprint, resource: nil, response: nil, createdAt: createdAt)
  }

  /// - Throws: 422 if the key was used for another request.
  func check(_ other: String) throws {
    guard other == fingerprint else {
      throw ProblemError(
        422, "idempotency_key_reused", "The idempotency key was used for another request",
        "the same key goes with the same method, path and body")
    }
  }
}
