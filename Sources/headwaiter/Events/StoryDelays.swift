import AssignmentStore
import BookingDomain

/// What a booking waited for: locks, permits, sick parts, and its own retries; a line each.
struct StoryDelays {
  let story: BookingStory

  var text: String { [locks, breakers, retries].compactMap { $0 }.map { $0 + "\n" }.joined() }

  /// Whether the event tells what the history has too; what V3 would have done in shadow is in no history.
  static func isTransition(_ event: ObservabilityEvent) -> Bool {
    (event.type == "booking.assignment_state_transition" || event.type == "auto_assign.state_transition")
      && event.context["mode"] != "shadow"
  }

  private func events(_ type: String) -> [ObservabilityEvent] { story.events.map(\.event).filter { $0.type == type } }

  private var locks: String {
    let taken = events("coordinator.lock_acquired")
    let contended = events("coordinator.lock_contention").count
    guard !taken.isEmpty || contended > 0 else { return "Locks: no event tells of them." }
    let longest = taken.compactMap { number($0.context["wait_ms"]) }.max() ?? 0
    let permits = events("coordinator.rate_permit_acquired").count
    let limited = events("coordinator.rate_limited").count
    return "Locks: lease taken \(taken.count) ×, longest wait \(JSONTree.number(longest, decimals: 1).excerpt) ms, "
      + "\(contended) × held by another; permit taken \(permits) ×, none free \(limited) ×."
  }

  private var breakers: String? {
    let open = events("coordinator.circuit_open")
    guard !open.isEmpty else { return nil }
    let names = Set(open.compactMap { $0.context["dependency"].map(EventText.value) }).sorted()
    return "Circuit breaker open \(open.count) ×: \(names.map(ShownText.escaped).joined(separator: ", "))."
  }

  private var retries: String {
    let retries = events("coordinator.retry")
    guard !retries.isEmpty else { return "No retry." }
    let reasons = retries.map { event in
      let reason = event.context["reason"].map(EventText.value) ?? "?"
      guard let delay = number(event.context["delay_ms"]) else { return reason }
      return "\(reason) (\(ElapsedText.text(.milliseconds(Int64(delay)))))"
    }
    let shown = reasons.suffix(8).map(ShownText.escaped).joined(separator: ", ")
    return "Retries: \(retries.count)\(reasons.count > 8 ? ", the last" : ""): \(shown)."
  }

  private func number(_ value: EventValue?) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }
}
