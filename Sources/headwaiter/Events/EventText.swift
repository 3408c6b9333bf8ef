import BookingDomain

/// Events for people.
enum EventText {
  /// The context as `key=value`, sorted by key.
  static func details(_ event: ObservabilityEvent) -> String {
    event.context.sorted { $0.key < $1.key }.map { "\($0.key)=\(value($0.value))" }.joined(separator: " ")
  }

  static func value(_ value: EventValue) -> String {
    switch value {
    case .string(let text): text
    case .int(let number): "\(number)"
    case .double(let number): JSONTree.number(number, decimals: 3).excerpt
    case .bool(let flag): "\(flag)"
    case .list(let values): "[" + values.map(self.value).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.sorted { $0.key < $1.key }.map { "\($0.key)=\(self.value($0.value))" }.joined(separator: ",") + "}"
    }
  }
}
