public import PrometheusMetrics

/// Every metric that Headwaiter exposes. The documentation's table is made from it, and a test holds the code to it.
public enum MetricsCatalogue {
  public static let all: [MetricDescription] = pipeline + database + instance + server + process

  /// What the pipeline counts.
  static let pipeline: [MetricDescription] = [
    .init(
      "headwaiter_bookings_accepted_total", .counter, labels: ["origin"],
      help: "Bookings that were stored, by who made them."),
    .init(
      "headwaiter_outcomes_total", .counter, labels: ["flow", "outcome", "reason"],
      help: "How tries for a booking ended; a booking has one for each try."),
    .init(
      "headwaiter_restaurant_outcomes_total", .counter, labels: ["flow", "outcome", "restaurant"],
      help: "The same by restaurant, if asked for; restaurants beyond the first 1,000 are other."),
    .init(
      "headwaiter_confirmations_total", .counter, labels: ["flow", "strategy"],
      help: "Confirmed bookings, by the strategy that proposed their tables."),
    .init(
      "headwaiter_transitions_total", .counter, labels: ["from", "mode", "to"],
      help: "Stored changes of the assignment state; from none for a new booking."),
    .init(
      "headwaiter_errors_total", .counter, labels: ["code", "flow"], help: "Tries that a fault of the system ended."),
    .init(
      "headwaiter_stage_duration_seconds", .histogram(bounds: fine), labels: ["stage"],
      help: "How long the parts of a booking's way took."),
    .init(
      "headwaiter_decision_duration_seconds", .histogram(bounds: coarse), labels: ["outcome"],
      help:
        "From a booking's creation to the end of the automatic work; those that a person sent back or made of a hold are left out."
    ),
    .init(
      "headwaiter_lock_contention_total", .counter, help: "Tries that found their booking's lease taken."),
    .init("headwaiter_permits_limited_total", .counter, help: "Tries that found no permit of their restaurant free."),
    .init(
      "headwaiter_stuck_total", .counter, help: "Bookings found past their state's deadline, rescued ones included."),
    .init(
      "headwaiter_notice_deliveries_total", .counter, labels: ["result"],
      help: "Tries to deliver a notice; postponed ones were not tried, because the notifier's breaker is open."),
    .init(
      "headwaiter_maintenance_failures_total", .counter, labels: ["service"],
      help: "Turns of a maintenance service that failed."),
    .init(
      "headwaiter_shadow_verdicts_total", .counter, labels: ["verdict"],
      help: "Comparisons of V3 in shadow with legacy that were written."),
    .init(
      "headwaiter_shadow_errors_total", .counter, labels: ["code"],
      help: "Faults of shadow: its planner's, or a batch of comparisons that could not be written."),
    .init(
      "headwaiter_shadow_dropped_total", .counter,
      help: "Bookings that shadow left out because it was behind."),
    .init(
      "headwaiter_rollbacks_total", .counter, labels: ["rule"],
      help: "Times that this instance has rolled the rollout back, or forced a restaurant to legacy, by a rule."),
    .init(
      "headwaiter_heartbeat_timestamp_seconds", .gauge, help: "When this instance last told the others that it lives."),
  ]

  /// States of the database, the same on every instance.
  static let database: [MetricDescription] = [
    .init("headwaiter_queue_jobs", .gauge, labels: ["state"], help: "Jobs in the queue; waiting ones are not due yet."),
    .init(
      "headwaiter_queue_oldest_ready_age_seconds", .gauge,
      help: "How long the oldest ready job has been due; 0 if none."),
    .init("headwaiter_stuck_bookings", .gauge, help: "Bookings past their state's deadline now."),
    .init("headwaiter_permits_in_use", .gauge, help: "Permits in use, over all restaurants."),
    .init("headwaiter_review_bookings", .gauge, help: "Bookings that wait for a person."),
    .init("headwaiter_review_overdue_bookings", .gauge, help: "Those in review past their deadline."),
    .init(
      "headwaiter_review_urgent_bookings", .gauge,
      help: "Those in review whose deadline comes within 90 minutes, overdue ones included."),
    .init(
      "headwaiter_review_oldest_age_seconds", .gauge,
      help: "How long the one that has waited longest for a person has been there; 0 if none."),
    .init("headwaiter_notices", .gauge, labels: ["state"], help: "Notices that have not been delivered."),
    .init(
      "headwaiter_notices_oldest_due_age_seconds", .gauge,
      help: "For how long the oldest notice has been due; 0 if none."
    ),
    .init(
      "headwaiter_outbox_lag_seconds", .gauge,
      help: "Age of the oldest change that live events have yet to tell; 0 if none."
    ),
    .init(
      "headwaiter_instances", .gauge, labels: ["state"],
      help: "Instances; draining ones are not among the live, silent ones have no heartbeat for 10 seconds."),
    .init(
      "headwaiter_rollout_status", .gauge, labels: ["status"], help: "1 for the status that the rollout is in."),
    .init("headwaiter_rollout_phase", .gauge, help: "Place of the phase in the plan, from 1; 0 before the first."),
    .init("headwaiter_rollout_run", .gauge, help: "Number of the present run, or the last one; 0 before the first."),
    .init(
      "headwaiter_rollout_entered_timestamp_seconds", .gauge, help: "When the run was entered; 0 before the first."),
    .init("headwaiter_rollout_drill_running", .gauge, help: "1 while V3 is off for a rollback drill."),
    .init("headwaiter_figures_read_timestamp_seconds", .gauge, help: "When the states of the database were last read."),
    .init("headwaiter_figures_failures_total", .counter, help: "Times that they could not be read."),
  ]

  /// From a millisecond: parts of a booking's way.
  private static let fine = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10]
  /// Up to ten minutes, the deadline of a state; 3 seconds is the budget.
  private static let coarse = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300, 600]
}
