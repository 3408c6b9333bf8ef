import AssignmentStore

/// What waits for shadow: bounded, in order; pure.
struct ShadowQueue: Sendable {
  enum Item: Sendable {
    case compare(ShadowCase)
    case late(ShadowBatch.LateSuccess)
  }

  private let capacity: Int
  private var items: [Item] = []
  /// Taken, and not yet written.
  private var isBusy = false

  init(capacity: Int) { self.capacity = capacity }

  /// Nothing waits and nothing is under way.
  var isIdle: Bool { items.isEmpty && !isBusy }

  /// - Returns: false when it is full; then the item is dropped.
  mutating func add(_ item: Item) -> Bool {
    guard items.count < capacity else { return false }
    items.append(item)
    return true
  }

  /// The next items, as many as are written together; none ends the work.
  mutating func take(atMost limit: Int) -> [Item] {
    let next = Array(items.prefix(limit))
    items.removeFirst(next.count)
    isBusy = !next.isEmpty
    return next
  }
}
