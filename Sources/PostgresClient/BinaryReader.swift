/// Reads what the server sent, numbers in network order, one after the other.
struct BinaryReader {
  private var rest: Slice<UnsafeRawBufferPointer>

  init(_ bytes: UnsafeRawBufferPointer) { rest = bytes[...] }

  mutating func next<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type) -> Number {
    Number(bigEndian: next(MemoryLayout<Number>.size).loadUnaligned(as: Number.self))
  }

  mutating func next(_ count: Int) -> UnsafeRawBufferPointer {
    precondition(rest.count >= count, "a value of the server is shorter than it says")
    let part = UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    rest = rest.dropFirst(count)
    return part
  }
}
