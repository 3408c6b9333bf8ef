public import BookingDomain

/// Everything that led to one answer of the engine: enough to explain it, and to replay it to the same answer.
/// Holds no personal data: wishes and needs, never who the guest is.
public struct DecisionRecord: Sendable, Hashable, Codable {
  /// The version of the engine's rules; an answer is replayed only by the version that gave it.
  public static let engineVersion = 1

  /// Hash of the whole input, 16 hexadecimal digits. The same input has the same id.
  public let id: String
  public let engineVersion: Int
  /// Hash of the floor, its policies and its demand.
  public let floorFingerprint: String
  public let question: SeatingQuestion
  /// The span of time that was looked at.
  public let span: TimeWindow
  /// For each table number, when it was taken: pairs of from and until, in minutes since the beginning of the span.
  public let taken: [String: [Int32]]
  /// Those who wait for tables in an overlapping window; the others play no part.
  public let waiting: [WaitingParty]
  public let pastSuccess: PastSuccess
  /// How many plans were asked for.
  public let limit: Int
  /// The answer.
  public let ranking: PlanRanking

  /// - Parameter snapshot: the one that was ranked, the booking's own claims already left out.
  public init(
    question: SeatingQuestion, snapshot: AvailabilitySnapshot, ranking: PlanRanking, limit: Int = 5
  ) {
    engineVersion = DecisionRecord.engineVersion
    floorFingerprint = snapshot.floor.fingerprint
    self.question = question
    span = snapshot.occupancy.span
    taken = snapshot.occupancy.taken(by: snapshot.floor.tables.map(\.number.rawValue))
    waiting = snapshot.waiting.filter { $0.block.overlaps(question.slot.block) }
    // Other sizes do not touch the answer, and would make the record long.
    pastSuccess = snapshot.pastSuccess.ofParties(question.party)
    self.limit = limit
    self.ranking = ranking
    id = DecisionHash.of(
      question: question, floor: floorFingerprint, span: span, taken: taken, waiting: waiting,
      pastSuccess: pastSuccess, limit: limit)
  }

  /// The plan that was best, if any.
  public var chosen: SeatingPlan? { ranking.plans.first }

  /// Why a record cannot be replayed.
  public enum ReplayError: Error, Sendable, Hashable, CustomStringConvertible {
    case floorChanged(recorded: String, present: String)
    case otherEngineVersion(recorded: Int, present: Int)

    public var code: String {
      switch self {
      case .floorChanged: "floor_changed"
      case .otherEngineVersion: "other_engine_version"
      }
    }

    public var description: String {
      switch self {
      case .floorChanged(let recorded, let present):
        "the floor is not the one the decision was made on (fingerprint \(present), recorded \(recorded))"
      case .otherEngineVersion(let recorded, let present):
        "the decision was made by version \(recorded) of the engine, this is version \(present)"
      }
    }
  }

  /// Asks the engine the recorded question again.
  /// - Throws: ``ReplayError`` if floor or engine are not those that gave the answer.
  public func replay(floor: CompiledFloor) throws(ReplayError) -> PlanRanking {
    if engineVersion != DecisionRecord.engineVersion {
      throw .otherEngineVersion(recorded: engineVersion, present: DecisionRecord.engineVersion)
    }
    if floor.fingerprint != floorFingerprint {
      throw .floorChanged(recorded: floorFingerprint, present: floor.fingerprint)
    }
    let engine = SmartAssignmentEngine(floor: floor, demand: DemandForecast(restaurant: floor.restaurant))
    return engine.rank(question, in: snapshot(floor: floor), limit: limit)
  }

  /// Whether a replay gives the recorded answer, plan by plan and part by part.
  public func isReproduced(floor: CompiledFloor) throws(ReplayError) -> Bool { try replay(floor: floor) == ranking }

  private func snapshot(floor: CompiledFloor) -> AvailabilitySnapshot {
    let claims = taken.keys.sorted().flatMap { table in
      let minutes = taken[table] ?? []
      return stride(from: 0, to: minutes.count - 1, by: 2).map { index in
        SnapshotClaim(table: TableNumber(table), window: window(from: minutes[index], until: minutes[index + 1]))
      }
    }
    return AvailabilitySnapshot(
      floor: floor, span: span, claims: claims, waiting: waiting, pastSuccess: pastSuccess)
  }

  private func window(from: Int32, until: Int32) -> TimeWindow {
    TimeWindow(start: span.start.adding(minutes: Int(from)), end: span.start.adding(minutes: Int(until)))
  }
}
