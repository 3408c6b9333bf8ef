import PrometheusMetrics

extension MetricsCatalogue {
  /// How an instance stands.
  static let instance: [MetricDescription] = [
    .init(
      "headwaiter_build_info", .gauge, labels: ["database", "role", "version"],
      help: "Always 1; the labels say what runs."),
    .init(
      "headwaiter_breakers_open", .gauge, labels: ["dependency"],
      help: "Circuit breakers that are open or half-open; engine counts those of all restaurants."),
    .init(
      "headwaiter_breaker_open_seconds", .gauge, labels: ["dependency"],
      help: "For how long the one that opened first has been open; 0 if none is."),
    .init(
      "headwaiter_breakers_forced", .gauge, labels: ["dependency"],
      help: "Circuit breakers that a person keeps open or closed."),
    .init("headwaiter_flag_enabled", .gauge, labels: ["flag"], help: "The effective flags: 1 is on."),
    .init(
      "headwaiter_rollout_share_percent", .gauge,
      help: "Per cent of the restaurants that V3 decides for, where it is on."),
    .init("headwaiter_permits_limit", .gauge, help: "Most bookings in progress at once, for each restaurant."),
    .init("headwaiter_bookings_in_progress", .gauge, help: "Bookings that this instance works on."),
    .init("headwaiter_planners_hung", .gauge, help: "Planners that were given up and have not returned."),
    .init("headwaiter_instance_draining", .gauge, help: "1 while this instance is drained."),
    .init("headwaiter_live_listeners", .gauge, help: "Streams of live events that this instance serves."),
    .init(
      "headwaiter_database_connections", .gauge, labels: ["state"],
      help: "Connections of this instance to the database."),
    .init("headwaiter_database_waiting_calls", .gauge, help: "Calls that wait for a connection."),
    .init("headwaiter_database_connections_opened_total", .counter, help: "Connections opened, on PostgreSQL."),
    .init(
      "headwaiter_database_connections_refused_total", .counter,
      help: "Attempts to open a connection that failed, on PostgreSQL."),
    .init(
      "headwaiter_database_connections_lost_total", .counter,
      help: "Connections lost or given up, on PostgreSQL."),
  ]

  /// What the HTTP server counts.
  static let server: [MetricDescription] = [
    .init(
      "headwaiter_http_requests_total", .counter, labels: ["operation", "status"],
      help: "Requests by operation of the API and class of status; none is a path that nothing answers."),
    .init(
      "headwaiter_http_request_duration_seconds",
      .histogram(bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]),
      labels: ["operation"],
      help: "How long requests took, with the wait that a caller asked for; of a stream, until it began."),
    .init("headwaiter_http_requests_in_flight", .gauge, help: "Requests that are being answered."),
  ]

  /// What Linux says of the process.
  static let process: [MetricDescription] = [
    .init("process_cpu_seconds_total", .counter, help: "Processor time used."),
    .init("process_resident_memory_bytes", .gauge, help: "Memory in use."),
    .init("process_virtual_memory_bytes", .gauge, help: "Address space in use."),
    .init("process_open_fds", .gauge, help: "Open files and sockets."),
    .init("process_max_fds", .gauge, help: "Most files and sockets it may have open."),
    .init("process_start_time_seconds", .gauge, help: "When the process started."),
  ]
}
