/// The writes that wait for a transaction, and which of them share the next one; pure.
struct WriteQueue {
  struct Batch {
    var writes: [any PendingWrite]
    /// False for what is durable with the next batch that does.
    var waitsForDisk = true
  }

  enum Answer { case refused, queued, start }

  /// Batches that may overtake what was written behind, so that a busy database does not keep it forever.
  static let overtakingLimit = 16

  private let batchLimit: Int
  private var pending: [any PendingWrite] = []
  private var behind: [any PendingWrite] = []
  private var overtaken = 0
  private(set) var isDraining = false
  private var isClosed = false

  init(batchLimit: Int) { self.batchLimit = batchLimit }

  var count: Int { pending.count + behind.count }

  /// - Parameter behind: whether others may go before it.
  /// - Returns: whether somebody must begin to take batches.
  mutating func add(_ write: any PendingWrite, behind isBehind: Bool) -> Answer {
    if isClosed { return .refused }
    if isBehind { behind.append(write) } else { pending.append(write) }
    defer { isDraining = true }
    return isDraining ? .queued : .start
  }

  /// The next batch; nil ends the taking until ``add(_:behind:)`` says to start again.
  mutating func next() -> Batch? {
    if !behind.isEmpty, pending.isEmpty || overtaken >= Self.overtakingLimit {
      overtaken = 0
      return Batch(writes: [behind.removeFirst()], waitsForDisk: false)
    }
    if pending.isEmpty {
      isDraining = false
      return nil
    }
    if !behind.isEmpty { overtaken += 1 }
    let batch = Array(pending.prefix(batchLimit))
    pending.removeFirst(batch.count)
    return Batch(writes: batch)
  }

  /// Takes nothing more.
  mutating func close() { isClosed = true }
}
