/// 64-bit FNV-1a: the same on every machine and in every run, unlike the standard library's hashes. It tells things apart and
/// spreads them; it protects nothing.
///
/// Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm".
public struct FNV1a: Sendable {
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  public init() {}

  public mutating func combine(byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

  /// Of a text's bytes in UTF-8.
  public static func hash(of text: String) -> UInt64 {
    var hash = FNV1a()
    for byte in text.utf8 { hash.combine(byte: byte) }
    return hash.value
  }
}
