import CLibPQ

/// The parameters of a call's statements as libpq wants them, in storage that a connection uses again and again.
struct ParameterBuffer {
  /// What libpq is given for one statement.
  struct Arguments {
    let count: Int32
    let types: UnsafePointer<Oid>?
    let values: UnsafePointer<UnsafePointer<CChar>?>?
    let lengths: UnsafePointer<Int32>?
    let formats: UnsafePointer<Int32>?
  }

  /// libpq's limit, since the protocol counts in 16 bits.
  static let mostValues = 65_535
  /// PostgreSQL's limit for a value.
  private static let mostBytes = 1 << 30
  /// Larger storage is given back with the next call.
  private static let keptBytes = 1 << 20

  private var bytes: [UInt8] = []
  private var offsets: [Int] = []
  private var types: [Oid] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []
  private var pointers: [UnsafePointer<CChar>?] = []
  /// Where each statement's parameters begin, and where the last one's end.
  private var starts: [Int] = [0]

  mutating func reset() {
    let keeps = bytes.capacity <= Self.keptBytes
    bytes.removeAll(keepingCapacity: keeps)
    offsets.removeAll(keepingCapacity: keeps)
    types.removeAll(keepingCapacity: keeps)
    lengths.removeAll(keepingCapacity: keeps)
    formats.removeAll(keepingCapacity: keeps)
    pointers.removeAll(keepingCapacity: keeps)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
  }

  /// Adds the next statement's parameters.
  /// - Throws: what the server would say to a text with U+0000, or to too many values.
  mutating func append(_ values: [PostgresValue]) throws(PostgresError) {
    guard values.count <= Self.mostValues else {
      throw PostgresError(
        .server(ServerMessage(sqlState: "54023", message: "more than \(Self.mostValues) values for one statement")))
    }
    for value in values { try append(value) }
    starts.append(types.count)
  }

  /// The types of a statement's parameters; 0 is to be inferred by the server.
  func types(of statement: Int) -> ArraySlice<Oid> { types[starts[statement]..<starts[statement + 1]] }

  /// Lends the arguments of all statements; their values stay where they are until `body` returns.
  mutating func withArguments<Result>(_ body: (_ argumentsOf: (Int) -> Arguments) -> Result) -> Result {
    bytes.withUnsafeBytes { storage in
      let base = storage.baseAddress?.assumingMemoryBound(to: CChar.self)
      for offset in offsets { pointers.append(offset < 0 ? nil : base.map { $0 + offset }) }
      return pointers.withUnsafeBufferPointer { pointers in
        types.withUnsafeBufferPointer { types in
          lengths.withUnsafeBufferPointer { lengths in
            formats.withUnsafeBufferPointer { formats in
              body { statement in
                let start = starts[statement]
                return Arguments(
                  count: Int32(starts[statement + 1] - start), types: types.baseAddress.map { $0 + start },
                  values: pointers.baseAddress.map { $0 + start }, lengths: lengths.baseAddress.map { $0 + start },
                  formats: formats.baseAddress.map { $0 + start })
              }
            }
          }
        }
      }
    }
  }

  private static var tooLarge: PostgresError {
    PostgresError(.server(ServerMessage(sqlState: "54000", message: "a value is larger than 1 GB")))
  }

  private mutating func append(_ value: PostgresValue) throws(PostgresError) {
    let start = bytes.count
    switch value {
    case .null: return add(type: 0, offset: -1, length: 0, format: 0)
    case .text(let text): return try append(text: text)
    case .int(let number): bytes.append(bigEndian: number)
    case .bool(let flag): bytes.append(flag ? 1 : 0)
    case .double(let number): bytes.append(bigEndian: number.bitPattern)
    case .bytes(let content): bytes.append(contentsOf: content)
    case .timestamp(let time): bytes.append(bigEndian: PostgresEpoch.toServer(time))
    case .texts(let list): bytes.append(array: list, of: PostgresType.text) { $0.append(contentsOf: $1.utf8) }
    case .ints(let list): bytes.append(array: list, of: PostgresType.int8) { $0.append(bigEndian: $1) }
    case .bools(let list): bytes.append(array: list, of: PostgresType.bool) { $0.append($1 ? 1 : 0) }
    case .timestamps(let list):
      bytes.append(array: list, of: PostgresType.timestamptz) { $0.append(bigEndian: PostgresEpoch.toServer($1)) }
    }
    let length = bytes.count - start
    guard length <= Self.mostBytes else { throw Self.tooLarge }
    // An empty value still needs a place of its own: a null pointer would mean NULL.
    if length == 0 { bytes.append(0) }
    add(type: value.type, offset: start, length: Int32(length), format: 1)
  }

  private mutating func append(text: String) throws(PostgresError) {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    guard bytes.count - start <= Self.mostBytes else { throw Self.tooLarge }
    guard !bytes[start...].contains(0) else {
      throw PostgresError(.server(ServerMessage(sqlState: "22021", message: "a text holds U+0000")))
    }
    bytes.append(0)
    add(type: 0, offset: start, length: 0, format: 0)
  }

  private mutating func add(type: Oid, offset: Int, length: Int32, format: Int32) {
    types.append(type)
    offsets.append(offset)
    lengths.append(length)
    formats.append(format)
  }
}

extension PostgresValue {
  /// The type that the server is told; 0 is to be inferred.
  fileprivate var type: Oid {
    switch self {
    case .null, .text: 0
    case .int: PostgresType.int8
    case .bool: PostgresType.bool
    case .double: PostgresType.float8
    case .bytes: PostgresType.bytea
    case .timestamp: PostgresType.timestamptz
    case .texts: PostgresType.textArray
    case .ints: PostgresType.int8Array
    case .bools: PostgresType.boolArray
    case .timestamps: PostgresType.timestamptzArray
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(bigEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }

  /// The binary form of a one-dimensional array: dimensions, whether nulls occur, type, length, lower bound, elements.
  fileprivate mutating func append<Item>(
    array: [Item?], of type: Oid, _ appendItem: (inout [UInt8], Item) -> Void
  ) {
    append(bigEndian: Int32(array.isEmpty ? 0 : 1))
    append(bigEndian: Int32(array.contains { $0 == nil } ? 1 : 0))
    append(bigEndian: type)
    guard !array.isEmpty else { return }
    append(bigEndian: Int32(array.count))
    append(bigEndian: Int32(1))
    for element in array { append(element: element, appendItem) }
  }

  private mutating func append<Item>(element: Item?, _ appendItem: (inout [UInt8], Item) -> Void) {
    let lengthAt = count
    append(bigEndian: Int32(-1))
    guard let element else { return }
    appendItem(&self, element)
    let length = Int32(count - lengthAt - 4).bigEndian
    Swift.withUnsafeBytes(of: length) { replaceSubrange(lengthAt..<lengthAt + 4, with: $0) }
  }
}
