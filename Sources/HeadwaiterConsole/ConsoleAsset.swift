/// One file of the console, as the server sends it.
public struct ConsoleAsset: Sendable, Hashable {
  /// The media type with its charset, for the `Content-Type` header.
  public let contentType: String
  public let bytes: [UInt8]
  /// A strong entity tag in its quotes, a hash of the bytes: send it as `ETag`, compare it with `If-None-Match`.
  public let etag: String

  init(contentType: String, bytes: [UInt8]) {
    self.contentType = contentType
    self.bytes = bytes
    etag = ConsoleAsset.entityTag(of: bytes)
  }

  /// FNV-1a, 64 bits, after Fowler, Noll and Vo: tells versions apart, protects nothing.
  private static func entityTag(of bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return "\"" + String(repeating: "0", count: 16 - digits.count) + digits + "\""
  }
}
