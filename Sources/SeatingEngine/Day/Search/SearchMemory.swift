/// Columns of numbers that a search reads and writes without reference counting and without checks in release builds;
/// freed together. Debug builds check every position.
final class SearchMemory {
  private var blocks: [UnsafeMutableRawPointer] = []

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// A column with these values.
  func column<Element: BitwiseCopyable>(_ values: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let column = UnsafeMutableBufferPointer<Element>.allocate(capacity: values.count)
    _ = column.initialize(from: values)
    if let base = column.baseAddress { blocks.append(UnsafeMutableRawPointer(base)) }
    return column
  }

  /// A column of one value, repeated.
  func column<Element: BitwiseCopyable>(
    repeating value: Element, count: Int
  ) -> UnsafeMutableBufferPointer<Element> {
    column([Element](repeating: value, count: count))
  }
}
