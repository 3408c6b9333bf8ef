import AssignmentStore
import BookingDomain

/// Asks the store for something small, and does not wait for ever.
struct StoreProbe: Sendable {
  let store: any DatabaseInspection & OutboxReading
  /// An answer that comes later is none.
  let patience: Duration

  /// Why nothing can be served from the store; empty if it can.
  func reasons() async -> [String] {
    let store = store
    switch await Patience.answer(within: patience, to: { await Self.ask(store) }) {
    case .success(let reasons)?: return reasons
    case .failure?: return ["storage: no answer"]
    case nil: return ["storage: no answer within \(Int(patience.inMilliseconds)) ms"]
    }
  }

  private static func ask(_ store: any DatabaseInspection & OutboxReading) async -> [String] {
    do throws(StoreError) {
      _ = try await store.latestOutboxID()
      return try await store.migrations().compactMap(Self.obstacle)
    } catch {
      return ["storage: the database cannot be used (\(error.code))"]
    }
  }

  /// What a program cannot work with, as after a restore of something older, or an upgrade that needs a newer program.
  private static func obstacle(_ migration: MigrationStatus) -> String? {
    let name = "migrations: \(migration.number) \(migration.name)"
    return switch migration.standing {
    case .applied, .newer: nil
    case .missing: "\(name) is missing; `headwaiter migrate` applies it"
    case .differs: "\(name) has other content than this program's"
    case .forbids: "\(name) needs a newer program"
    }
  }
}
