/// Reads comma-separated values (RFC 4180): quotes, and lines that end in CR LF, LF or CR.
struct CSVReader {
  /// One record, with the line on which it begins.
  struct Record: Equatable {
    var line: Int
    var fields: [String]
  }

  /// Where and why a text is no CSV.
  struct Fault: Error {
    var line: Int
    /// From 1.
    var field: Int
    var message: String
    var allowed: String
  }

  /// Fields that one record may have; more are no bookings file.
  static let fieldLimit = 100

  private let bytes: ArraySlice<UInt8>
  private var index: Int
  private var line = 1

  /// - Parameter bytes: well-formed UTF-8.
  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// The next record that is not an empty line, or nil at the end.
  mutating func next() throws(Fault) -> Record? {
    while index < bytes.endIndex, takeLineEnd() {}
    guard index < bytes.endIndex else { return nil }
    let firstLine = line
    var fields: [String] = []
    while true {
      guard fields.count < Self.fieldLimit else {
        throw fault(fields, "is one too many", allowed: "at most \(Self.fieldLimit) fields")
      }
      fields.append(try field(after: fields))
      if index >= bytes.endIndex || takeLineEnd() { return Record(line: firstLine, fields: fields) }
      index += 1  // the comma: nothing else ends a field
    }
  }

  private func fault(_ fields: [String], _ message: String, allowed: String) -> Fault {
    Fault(line: line, field: fields.count + 1, message: message, allowed: allowed)
  }

  private mutating func field(after fields: [String]) throws(Fault) -> String {
    guard bytes[index...].first == UInt8(ascii: "\"") else { return try plainField(after: fields) }
    index += 1
    let text = try quotedText(after: fields)
    guard index >= bytes.endIndex || isSeparator(bytes[index]) else {
      throw fault(fields, "goes on after its closing quote", allowed: "a comma or the end of the line after it")
    }
    return text
  }

  private mutating func plainField(after fields: [String]) throws(Fault) -> String {
    let start = index
    while index < bytes.endIndex, !isSeparator(bytes[index]) {
      if bytes[index] == UInt8(ascii: "\"") {
        throw fault(fields, "has a quote inside", allowed: "quotes around the whole field, those within it doubled")
      }
      index += 1
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// The text up to the closing quote, which is read too.
  private mutating func quotedText(after fields: [String]) throws(Fault) -> String {
    let start = line
    var text: [UInt8] = []
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        guard index < bytes.endIndex, bytes[index] == byte else { return String(decoding: text, as: UTF8.self) }
      } else if byte == UInt8(ascii: "\n") {
        line += 1
      }
      text.append(byte)
      index += 1
    }
    line = start
    throw fault(fields, "has no closing quote", allowed: "a quote at its end")
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  /// Reads the end of a line if it stands here.
  private mutating func takeLineEnd() -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "\n"): index += 1
    case UInt8(ascii: "\r"):
      index += 1
      if index < bytes.endIndex, bytes[index] == UInt8(ascii: "\n") { index += 1 }
    default: return false
    }
    line += 1
    return true
  }
}
