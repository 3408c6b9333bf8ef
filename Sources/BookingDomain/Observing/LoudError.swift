/// An error that says how loud it is logged, by its kind and not by where it is met.
public protocol LoudError: Error {
  /// `debug` is an answer as there are many, `info` is worth knowing, `warning` passes by itself, `error` needs a person.
  var loudness: ObservabilityEvent.Severity { get }
}
