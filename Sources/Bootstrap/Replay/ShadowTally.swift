import AssignmentPipeline
public import AssignmentStore
import BookingDomain

/// What V3 in shadow found during a replay.
public struct ShadowTally: Sendable, Hashable {
  public var verdicts: [ShadowVerdict: Int] = [:]
  /// Legacy against itself, of the sample.
  public var noise: [ShadowVerdict: Int] = [:]
  /// Bookings that legacy's loop confirmed after its first quote found nothing.
  public var late = 0
  /// Bookings that were left out because shadow was behind.
  public var dropped = 0
  /// Comparisons that could not be written.
  public var unwritten = 0

  public init() {}

  public var compared: Int { verdicts.values.reduce(0, +) }
  public var noiseSample: Int { noise.values.reduce(0, +) }

  mutating func add(_ comparison: ShadowComparison) {
    verdicts[comparison.verdict, default: 0] += 1
    if let verdict = comparison.noiseVerdict { noise[verdict, default: 0] += 1 }
    if comparison.legacyLate { late += 1 }
  }
}

extension ReplayRunner {
  /// Waits until shadow has nothing more to do, at most a minute.
  func waitForShadow(_ shadow: ShadowRunner) async throws {
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while !shadow.isIdle, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
  }

  /// - Returns: nil where shadow was off.
  func shadowTally(_ rows: [BookingRow]) async throws -> ShadowTally? {
    guard let shadow = system.environment.shadow, system.environment.flags().shadow else { return nil }
    var tally = ShadowTally()
    for row in rows {
      let found = try await system.store.shadowComparison(of: row.bookingID, in: row.restaurantID)
      if let found { tally.add(found) }
    }
    tally.dropped = shadow.counts.dropped
    tally.unwritten = shadow.counts.unwritten
    return tally
  }
}
