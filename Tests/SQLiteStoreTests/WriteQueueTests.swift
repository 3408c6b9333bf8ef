import AssignmentStore
import Testing

@testable import SQLiteStore

@Suite struct WriteQueueTests {
  @Test func batchesTakeWhatWaitsInOrderUpToTheLimit() {
    var queue = WriteQueue(batchLimit: 2)
    #expect(queue.add(Named("a"), behind: false) == .start)
    #expect(queue.add(Named("b"), behind: false) == .queued)
    #expect(queue.add(Named("c"), behind: false) == .queued)
    #expect(queue.count == 3)
    #expect(names(queue.next()) == ["a", "b"])
    #expect(names(queue.next()) == ["c"])
    #expect(queue.next()?.writes.count == nil)
    #expect(queue.add(Named("d"), behind: false) == .start)
  }

  @Test func whatIsBehindGoesAloneWhenNothingElseWaits() {
    var queue = WriteQueue(batchLimit: 8)
    #expect(queue.add(Named("late"), behind: true) == .start)
    #expect(queue.add(Named("later"), behind: true) == .queued)
    #expect(queue.add(Named("now"), behind: false) == .queued)
    let first = queue.next()
    #expect(names(first) == ["now"] && first?.waitsForDisk == true)
    let second = queue.next()
    #expect(names(second) == ["late"] && second?.waitsForDisk == false)
    #expect(names(queue.next()) == ["later"])
    #expect(queue.next()?.writes.count == nil)
  }

  @Test func itIsOvertakenOnlySoOften() {
    var queue = WriteQueue(batchLimit: 1)
    _ = queue.add(Named("late"), behind: true)
    for number in 0...WriteQueue.overtakingLimit { _ = queue.add(Named("\(number)"), behind: false) }
    for number in 0..<WriteQueue.overtakingLimit { #expect(names(queue.next()) == ["\(number)"]) }
    #expect(names(queue.next()) == ["late"])
    #expect(names(queue.next()) == ["\(WriteQueue.overtakingLimit)"])
  }

  @Test func aClosedOneRefusesAndStillHandsOutWhatItHas() {
    var queue = WriteQueue(batchLimit: 1)
    _ = queue.add(Named("a"), behind: true)
    queue.close()
    #expect(queue.add(Named("b"), behind: false) == .refused)
    #expect(queue.add(Named("c"), behind: true) == .refused)
    #expect(names(queue.next()) == ["a"])
    #expect(queue.next()?.writes.count == nil)
  }

  private func names(_ batch: WriteQueue.Batch?) -> [String] {
    (batch?.writes ?? []).compactMap { ($0 as? Named)?.name }
  }
}

/// A write that does nothing.
private final class Named: PendingWrite {
  let name: String

  init(_ name: String) { self.name = name }

  func perform(in session: WriteSession) throws {}
  func finish(transactionError: StoreError?) {}
}
