public import AssignmentStore
public import BookingDomain
import PostgresClient

extension PostgresStore {
  public func flagOverrides() async throws(StoreError) -> [FlagOverride] {
    try await all(
      "SELECT name, restaurant_id, value, reason, actor, created_at FROM flags ORDER BY name, restaurant_id"
    ) { row in
      FlagOverride.key(name: row.text(0), restaurant: row.text(1)).map {
        FlagOverride(key: $0, value: row.text(2), reason: row.text(3), actor: row.text(4), at: row.time(5))
      }
    }.compactMap(\.self)
  }

  public func setFlags(_ overrides: [FlagOverride], events: [ObservabilityEvent]) async throws(StoreError) {
    var statements = [FlagSQL.lock, FlagSQL.raiseEpoch]
    statements += overrides.flatMap(FlagSQL.put)
    statements.append(PostgresStatement(EventSQL.insert, EventSQL.values(events)))
    do throws(PostgresError) { _ = try await write("flags", statements) } catch { throw StoreError(error) }
  }

  public func clearFlag(_ key: FlagKey, event: ObservabilityEvent) async throws(StoreError) -> Bool {
    let (name, restaurant) = FlagOverride.columns(key)
    let row: [PostgresValue] = [.text(name), .text(restaurant)]
    do throws(PostgresError) {
      // Each but the last does something only where the row is there.
      let results = try await write(
        "flags",
        [
          FlagSQL.lock, PostgresStatement(FlagSQL.raiseEpochIfSet, row), PostgresStatement(FlagSQL.resumeIfSet, row),
          PostgresStatement(
            "\(EventSQL.insert) WHERE EXISTS (SELECT 1 FROM flags WHERE name = $8 AND restaurant_id = $9)",
            EventSQL.values([event]) + row),
          PostgresStatement(FlagSQL.delete, row),
        ])
      return results.last?.affectedRows == 1
    } catch {
      throw StoreError(error)
    }
  }
}

/// Statements on what is set for all instances.
enum FlagSQL {
  static let lock = PostgresStatement(TransactionLock.exclusive, [.text(TransactionLock.flags)])
  static let raiseEpoch = PostgresStatement("UPDATE counters SET value = value + 1 WHERE name = 'flags_epoch'", [])

  /// Sets one.
  static func put(_ override: FlagOverride) -> [PostgresStatement] {
    let (name, restaurant) = FlagOverride.columns(override.key)
    let put = PostgresStatement(
      set,
      [
        .text(name), .text(restaurant), .text(override.value), .text(override.reason), .text(override.actor),
        .time(override.at),
      ])
    guard case .restaurant(let id) = override.key else { return [put] }
    let isPaused = override.value == RestaurantFlag.paused.rawValue
    return [put, PostgresStatement(isPaused ? pause : resume, [.text(id)])]
  }

  /// Lets one go, if it is set.
  static func remove(_ key: FlagKey) -> [PostgresStatement] {
    let (name, restaurant) = FlagOverride.columns(key)
    let row: [PostgresValue] = [.text(name), .text(restaurant)]
    return [PostgresStatement(resumeIfSet, row), PostgresStatement(delete, row)]
  }

  static let delete = "DELETE FROM flags WHERE name = $1 AND restaurant_id = $2"

  static let raiseEpochIfSet = """
    UPDATE counters SET value = value + 1 WHERE name = 'flags_epoch'
      AND EXISTS (SELECT 1 FROM flags WHERE name = $1 AND restaurant_id = $2)
    """

  static let set = """
    INSERT INTO flags (name, restaurant_id, value, reason, actor, created_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (name, restaurant_id) DO UPDATE SET
      value = excluded.value, reason = excluded.reason, actor = excluded.actor, created_at = excluded.created_at
    """

  /// A deadline stands still from here; time in line before counts as if it were taken.
  static let pause = """
    UPDATE assignment_jobs SET state = 'parked', parked_at = now(),
      state_deadline = state_deadline + greatest(now() - in_line_since, interval '0')
    WHERE state = 'ready' AND restaurant_id = $1
    """

  static let resume =
    makeReady + " WHERE state = 'parked' AND restaurant_id = $1"

  static let resumeIfSet =
    makeReady + """
       WHERE state = 'parked' AND restaurant_id = $2
        AND EXISTS (SELECT 1 FROM flags WHERE name = $1 AND restaurant_id = $2)
      """

  private static let makeReady =
    JobSQL.makeReady
    + ", state_deadline = state_deadline + (now() - parked_at), in_line_since = greatest(run_at, now())"

  /// Whether a job's restaurant is paused.
  static let isPaused = """
    EXISTS (
      SELECT 1 FROM flags
      WHERE name = '\(FlagOverride.restaurantName)' AND flags.restaurant_id = assignment_jobs.restaurant_id
        AND value = '\(RestaurantFlag.paused.rawValue)')
    """
}
