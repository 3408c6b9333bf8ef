import AssignmentPipeline
import BookingDomain
import CoreMetrics
import Resilience

/// How this process stands: breakers, flags, connections, work in hand.
struct InstanceGauges: Sendable {
  private static let dependencies = ["storage", "notifier", "engine"]

  private let environment: PipelineEnvironment
  private let locks: LockManager
  private let board: InstanceBoard?
  private let database: OpenDatabase

  private let open: GaugeFamily
  private let openSeconds: GaugeFamily
  private let forced: GaugeFamily
  private let flags: GaugeFamily
  private let connections: GaugeFamily
  private let waiting: Meter
  private let share: Meter
  private let permitsLimit: Meter
  private let inProgress: Meter
  private let hung: Meter
  private let draining: Meter
  private let listeners: Meter
  private let opened: CountedElsewhere
  private let refused: CountedElsewhere
  private let lost: CountedElsewhere

  init(
    environment: PipelineEnvironment, locks: LockManager, board: InstanceBoard?, database: OpenDatabase,
    factory: any MetricsFactory
  ) {
    self.environment = environment
    self.locks = locks
    self.board = board
    self.database = database
    func family(_ name: String, _ label: String, _ values: [String]) -> GaugeFamily {
      GaugeFamily("headwaiter_" + name, of: label, values, factory: factory)
    }
    func gauge(_ name: String) -> Meter { Meter(label: "headwaiter_" + name, factory: factory) }
    func total(_ name: String) -> CountedElsewhere { CountedElsewhere("headwaiter_" + name, factory: factory) }
    open = family("breakers_open", "dependency", Self.dependencies)
    openSeconds = family("breaker_open_seconds", "dependency", Self.dependencies)
    forced = family("breakers_forced", "dependency", Self.dependencies)
    flags = family("flag_enabled", "flag", ["pipeline_v3", "shadow"])
    connections = family("database_connections", "state", ["busy", "idle", "opening"])
    waiting = gauge("database_waiting_calls")
    share = gauge("rollout_share_percent")
    permitsLimit = gauge("permits_limit")
    inProgress = gauge("bookings_in_progress")
    hung = gauge("planners_hung")
    draining = gauge("instance_draining")
    listeners = gauge("live_listeners")
    opened = total("database_connections_opened_total")
    refused = total("database_connections_refused_total")
    lost = total("database_connections_lost_total")
  }

  func refresh(listeners count: Int) {
    showBreakers()
    let effective = environment.flags()
    flags.set("pipeline_v3", effective.pipelineV3 ? 1 : 0)
    flags.set("shadow", effective.shadow ? 1 : 0)
    share.set(effective.rollout.percent)
    permitsLimit.set(effective.maxParallel)
    inProgress.set(locks.heldCount)
    hung.set(environment.hungPlanners)
    draining.set(board?.isDraining == true ? 1 : 0)
    listeners.set(count)
    showConnections()
  }

  /// Those of a kind together: a thousand restaurants have a thousand engines.
  private func showBreakers() {
    let known = environment.breakers.known
    for name in Self.dependencies {
      let breakers = known.filter { $0.key.kind == name }.values
      open.set(name, breakers.count { $0.position != .closed })
      openSeconds.set(name, breakers.compactMap(\.openFor).max()?.inSeconds ?? 0)
      forced.set(name, breakers.count { $0.isForced })
    }
  }

  private func showConnections() {
    let counts = database.connections
    connections.set("busy", counts.busy)
    connections.set("idle", counts.idle)
    connections.set("opening", counts.opening)
    waiting.set(counts.waiting)
    opened.advance(to: Double(counts.opened))
    refused.advance(to: Double(counts.refused))
    lost.advance(to: Double(counts.lost))
  }
}

extension BreakerBoard.Dependency {
  fileprivate var kind: String {
    switch self {
    case .storage: "storage"
    case .engine: "engine"
    case .notifier: "notifier"
    }
  }
}
