import AssignmentStore
import BookingDomain

/// The story of a booking on one screen. Its beginning is said once; from there on times are of the day, with what has
/// passed since.
struct BookingStoryText {
  let story: BookingStory

  var text: String {
    let sections = [
      BookingHeadline(story: story).text, states, attempts, decision, StoryDelays(story: story).text, events, notices,
      job,
    ].compactMap { $0 }
    return sections.joined(separator: "\n")
      + "\nTimes in \(story.calendar.identifier); those of log lines are in UTC.\n"
  }

  private var states: String {
    var table = TableText(
      .text("state"), .number("version"), .text("time"), .number("after"), .text("mode"), .text("cause"),
      .flexible("by"), .flexible("reason"))
    for row in story.history {
      table.add(
        row.to.rawValue, "\(row.version)", time(row.createdAt), after(row.createdAt), row.mode.rawValue, row.cause,
        row.actor, row.reason ?? "")
    }
    return table.render()
  }

  private var attempts: String {
    var table = TableText(
      .text("attempt"), .text("time"), .number("after"), .text("result"), .text("strategy"), .flexible("reason"))
    for row in story.attempts {
      table.add(
        "\(row.attemptNumber)", time(row.createdAt), after(row.createdAt), row.result.rawValue,
        row.strategy?.rawValue ?? "", row.reason?.rawValue ?? "")
    }
    return table.isEmpty ? "No attempt.\n" : table.render()
  }

  /// The plans that the engine considered, in words.
  private var decision: String? {
    story.decision.map { decision in
      let lines = decision.explanation.split(separator: "\n").map { ShownText.escaped(String($0)) + "\n" }
      return lines.joined() + (decision.obstacle.map { "(\(ShownText.escaped($0)))\n" } ?? "")
    }
  }

  /// What the states do not tell already.
  private var events: String {
    var table = TableText(.text("event"), .text("time"), .number("after"), .text("level"), .flexible("details"))
    for stored in story.events where !StoryDelays.isTransition(stored.event) {
      let event = stored.event
      table.add(
        event.type, time(event.createdAt), after(event.createdAt),
        event.severity == .info ? "" : event.severity.rawValue, details(event))
    }
    let text = table.isEmpty ? "No other event.\n" : table.render()
    return text + (missingTransitions ?? "")
  }

  /// Each state change is told as an event too; one without is a sign of lost events, or of old ones deleted.
  private var missingTransitions: String? {
    let told = story.events.count { StoryDelays.isTransition($0.event) }
    guard story.hasAllEvents, told < story.history.count else { return nil }
    return "Of \(story.history.count) state changes \(told) have their event; old ones are deleted by age.\n"
  }

  /// Without the trace, which the headline has, and score parts that play no part.
  private func details(_ event: ObservabilityEvent) -> String {
    var event = event
    if let trace = story.booking.trace, event.context["trace_id"] == .string(trace.text) {
      event.context["trace_id"] = nil
    }
    if case .object(let parts)? = event.context["parts"] {
      event.context["parts"] = .object(parts.filter { !Self.isNothing($0.value) })
    }
    return EventText.details(event)
  }

  private static func isNothing(_ points: EventValue) -> Bool {
    switch points {
    case .double(let number): abs(number) < 0.0005
    case .int(let number): number == 0
    default: false
    }
  }

  private var notices: String {
    var table = TableText(.text("notice"), .number("version"), .text("due"), .text("status"), .number("deliveries"))
    for notice in story.notices {
      table.add(
        notice.kind.rawValue, "\(notice.version)", time(notice.dueAt), notice.status.rawValue, "\(notice.deliveries)")
    }
    return table.isEmpty ? "No notice.\n" : table.render()
  }

  private var job: String {
    guard let job = story.job else { return "No job: automatic work has ended.\n" }
    return "Job: due \(time(job.runAt)), the state's deadline \(time(job.stateDeadline)), "
      + "\(job.retries) retries (\(job.failures) counted), \(job.rescues) rescues.\n"
  }

  private var beginning: Timestamp { story.history.first?.createdAt ?? story.booking.createdAt }

  /// Of the day, with its date where that is another than the booking was made on.
  private func time(_ time: Timestamp) -> String {
    let text = TimeText.exact(time, in: story.calendar)
    let date = TimeText.exact(beginning, in: story.calendar).prefix(11)
    return text.hasPrefix(date) ? String(text.dropFirst(11)) : text
  }

  private func after(_ time: Timestamp) -> String { "+" + ElapsedText.text(max(.zero, time.since(beginning))) }
}
