/// Which statements a connection has prepared, and under which names.
///
/// A text has one entry per combination of parameter types, since a type, once prepared, is fixed.
struct StatementCache {
  enum Lookup: Hashable {
    case prepared(name: String)
    /// Not yet: prepare it under this name and types, then say ``confirm(_:)``.
    case new(name: String, types: [UInt32])
    /// No room: use it unnamed.
    case full
  }

  private struct Entry {
    let name: String
    let types: [UInt32]
  }

  /// A statement that was sent to be prepared, but not yet answered.
  private struct Pending {
    let sql: String
    let entry: Entry
  }

  private let limit: Int
  private var entries: [String: [Entry]] = [:]
  private var pending: [Pending] = []
  private var lastName = 0
  private(set) var count = 0
  /// The server must forget everything before the next call: plans are out of date, or there are too many.
  private(set) var mustForget = false

  init(limit: Int = 512) { self.limit = limit }

  /// - Parameters:
  ///   - types: of the parameters, 0 where the server infers it.
  ///   - isNull: whether the parameter at an index is null, which suits every type.
  mutating func lookup(sql: String, types: ArraySlice<UInt32>, isNull: (Int) -> Bool) -> Lookup {
    let known = entries[sql] ?? []
    if let entry = known.first(where: { Self.suits($0.types, types, isNull) }) { return .prepared(name: entry.name) }
    let awaited = pending.first { $0.sql == sql && Self.suits($0.entry.types, types, isNull) }
    if let awaited { return .prepared(name: awaited.entry.name) }
    guard count + pending.count < limit else {
      mustForget = true
      return .full
    }
    lastName += 1
    // A null says nothing about its type: an earlier call may have.
    let earlier = known.last { $0.types.count == types.count }?.types
    let merged = types.enumerated().map { index, type in isNull(index) ? earlier?[index] ?? type : type }
    let entry = Entry(name: "s\(lastName)", types: merged)
    pending.append(Pending(sql: sql, entry: entry))
    return .new(name: entry.name, types: merged)
  }

  /// The server has prepared the oldest pending statement, or has not.
  mutating func settle(prepared: Bool) {
    let settled = pending.removeFirst()
    guard prepared else { return }
    entries[settled.sql, default: []].append(settled.entry)
    count += 1
  }

  /// Plans have become invalid on the server, by a change of the schema for example.
  mutating func markStale() { mustForget = true }

  /// The server has forgotten all statements.
  mutating func forgetAll() {
    entries.removeAll()
    count = 0
    mustForget = false
  }

  private static func suits(_ prepared: [UInt32], _ types: ArraySlice<UInt32>, _ isNull: (Int) -> Bool) -> Bool {
    guard prepared.count == types.count else { return false }
    return zip(prepared, types).enumerated().allSatisfy { index, pair in pair.0 == pair.1 || isNull(index) }
  }
}
