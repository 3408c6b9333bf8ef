import BookingDomain

/// Times at which something is due, the earliest first.
struct DueTimes<Item> {
  private struct Entry {
    var at: Timestamp
    /// Of equal times, what was added first comes first.
    var number: Int
    var item: Item
  }

  private var heap: [Entry] = []
  private var count = 0

  var isEmpty: Bool { heap.isEmpty }
  /// The earliest; nil when nothing is due.
  var next: Timestamp? { heap.first?.at }

  mutating func add(_ item: Item, at time: Timestamp) {
    count += 1
    heap.append(Entry(at: time, number: count, item: item))
    var child = heap.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the earliest that is due by a time.
  mutating func take(by now: Timestamp) -> Item? {
    guard let first = heap.first, first.at <= now else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return first.item }
    heap[0] = last
    sink()
    return first.item
  }

  private mutating func sink() {
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
      guard let child = children.min(by: isBefore), isBefore(child, parent) else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }

  private func isBefore(_ a: Int, _ b: Int) -> Bool { (heap[a].at, heap[a].number) < (heap[b].at, heap[b].number) }
}
