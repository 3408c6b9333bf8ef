import AssignmentStore
import BookingDomain
import CoreMetrics
import Rollout

/// Where the rollout stands.
struct RolloutGauges: Sendable {
  private static let statuses = ["not_started", "entered", "holding", "advancing", "rolled_back", "aborted"]

  private let status: GaugeFamily
  private let phase: Meter
  private let run: Meter
  private let entered: Meter
  private let drill: Meter

  init(factory: any MetricsFactory) {
    status = GaugeFamily("headwaiter_rollout_status", of: "status", Self.statuses, factory: factory)
    phase = Meter(label: "headwaiter_rollout_phase", factory: factory)
    run = Meter(label: "headwaiter_rollout_run", factory: factory)
    entered = Meter(label: "headwaiter_rollout_entered_timestamp_seconds", factory: factory)
    drill = Meter(label: "headwaiter_rollout_drill_running", factory: factory)
  }

  func show(_ rollout: StoredRollout) {
    for name in Self.statuses { status.set(name, name == rollout.state.status.name ? 1 : 0) }
    let present = rollout.state.run
    let place = present.flatMap { rollout.plan?.index(of: $0.phase) }.map { $0 + 1 }
    phase.set(Double(place ?? 0))
    run.set(Double(present?.number ?? 0))
    entered.set(Double(present?.enteredAt.microseconds ?? 0) / 1_000_000)
    drill.set(rollout.drill == nil ? 0 : 1)
  }
}
