/// Finds what is not UTF-8, with its place, which Foundation's and the library's checks do not tell.
enum UTF8Check {
  /// Offset of the first byte that begins no well-formed sequence (Unicode Standard, table 3-7), or nil.
  static func firstInvalidOffset(_ bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      guard let length = sequenceLength(bytes, at: index) else { return index }
      index += length
    }
    return nil
  }

  /// Bytes of the multi-byte sequence that begins at `index`, or nil if it is malformed.
  private static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int? {
    guard let (length, second) = shape(of: bytes[index]), index + length <= bytes.count,
      second.contains(bytes[index + 1])
    else { return nil }
    let rest = bytes[(index + 2)..<(index + length)]
    return rest.allSatisfy({ $0 & 0xC0 == 0x80 }) ? length : nil
  }

  /// Length of the sequence that a lead byte begins, and what its second byte may be.
  private static func shape(of lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>)? {
    switch lead {
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xE1...0xEF: (3, 0x80...0xBF)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    default: nil
    }
  }
}

/// What every text input must pass before it is read.
enum TextInput {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The bytes without a byte-order mark.
  /// - Throws: one problem if there are more than `limit` bytes, or they are not UTF-8.
  static func check(_ bytes: [UInt8], source: String, limit: Int) throws(InputProblems) -> ArraySlice<UInt8> {
    guard bytes.count <= limit else {
      throw InputProblems(
        InputProblem(
          source: source, place: "byte \(limit)", message: "is past the end of what is read",
          allowed: "at most \(limit) bytes"))
    }
    if let offset = UTF8Check.firstInvalidOffset(bytes) {
      let byte = "0x" + String(bytes[offset], radix: 16, uppercase: true).padded(to: 2)
      throw InputProblems(
        InputProblem(
          source: source, place: "byte \(offset)", value: byte, message: "is not UTF-8", allowed: "UTF-8 text"))
    }
    return bytes.starts(with: byteOrderMark) ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
  }
}
