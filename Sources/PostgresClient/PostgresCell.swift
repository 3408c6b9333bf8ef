/// The bytes of one value that is not null, as long as its result lives, and how to read them by their type.
struct PostgresCell {
  let column: Int
  let type: UInt32
  let bytes: UnsafeRawBufferPointer

  func text() -> String {
    switch type {
    case PostgresType.jsonb: return String(decoding: bytes.dropFirst(), as: UTF8.self)
    case PostgresType.numeric: return PostgresNumeric(bytes).description
    default:
      guard PostgresType.isText(type) else { trap(expected: "text") }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  func int64() -> Int64 {
    switch type {
    case PostgresType.int8: return number(Int64.self)
    case PostgresType.int4: return Int64(number(Int32.self))
    case PostgresType.int2: return Int64(number(Int16.self))
    case PostgresType.oid: return Int64(number(UInt32.self))
    case PostgresType.numeric:
      guard let number = Int64(PostgresNumeric(bytes).description) else { trap(expected: "a whole number in 64 bits") }
      return number
    default: trap(expected: "int")
    }
  }

  func bool() -> Bool {
    guard type == PostgresType.bool else { trap(expected: "bool") }
    return number(UInt8.self) != 0
  }

  func double() -> Double {
    switch type {
    case PostgresType.float8: Double(bitPattern: number(UInt64.self))
    case PostgresType.float4: Double(Float(bitPattern: number(UInt32.self)))
    case PostgresType.numeric: Double(PostgresNumeric(bytes).description) ?? .nan
    default: trap(expected: "double")
    }
  }

  func content() -> [UInt8] {
    guard type == PostgresType.bytea else { trap(expected: "bytea") }
    return Array(bytes)
  }

  func timestamp() -> Int64 {
    guard type == PostgresType.timestamptz else { trap(expected: "timestamptz") }
    return PostgresEpoch.fromServer(number(Int64.self))
  }

  /// The elements of an array of one dimension: dimensions, whether nulls occur, type, length, lower bound, elements.
  func array<Element>(_ read: (PostgresCell) -> Element) -> [Element?] {
    var reader = BinaryReader(bytes)
    let dimensions = reader.next(Int32.self)
    _ = reader.next(Int32.self)
    let elementType = reader.next(UInt32.self)
    if dimensions == 0 { return [] }
    guard dimensions == 1 else { trap(expected: "an array of one dimension") }
    let count = Int(reader.next(Int32.self))
    _ = reader.next(Int32.self)
    return (0..<count).map { _ in
      let length = Int(reader.next(Int32.self))
      guard length >= 0 else { return nil }
      return read(PostgresCell(column: column, type: elementType, bytes: reader.next(length)))
    }
  }

  private func number<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type) -> Number {
    var reader = BinaryReader(bytes)
    return reader.next(Number.self)
  }

  private func trap(expected: String) -> Never {
    preconditionFailure("column \(column) has type \(type), not \(expected)")
  }
}
