/// 64-bit FNV-1a: the same on every machine and in every run, unlike the standard library's hashes.
///
/// Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm".
struct StableHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func combine(byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

  mutating func combine(_ number: Int64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      combine(byte: UInt8(truncatingIfNeeded: UInt64(bitPattern: number) >> shift))
    }
  }

  mutating func combine(_ number: Int) { combine(Int64(number)) }

  mutating func combine(_ number: Int32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      combine(byte: UInt8(truncatingIfNeeded: UInt32(bitPattern: number) >> shift))
    }
  }

  mutating func combine(_ flag: Bool) { combine(byte: flag ? 1 : 0) }
  mutating func combine(_ number: Double) { combine(Int64(bitPattern: number.bitPattern)) }

  /// The text's length, then its bytes in UTF-8.
  mutating func combine(_ text: String) {
    combine(text.utf8.count)
    for byte in text.utf8 { combine(byte: byte) }
  }

  mutating func combine(_ text: String?) {
    combine(text != nil)
    if let text { combine(text) }
  }

  mutating func combine(_ number: Int?) {
    combine(number != nil)
    if let number { combine(number) }
  }

  mutating func combine(_ texts: some Collection<String>) {
    combine(texts.count)
    for text in texts { combine(text) }
  }

  /// 16 hexadecimal digits.
  var hex: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
