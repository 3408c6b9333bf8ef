public import BookingDomain
import Resilience

/// Traces and spans that are numbered in the order of the calls, the first of each with number 1.
public final class SequentialTraces: TraceIDGenerator {
  private let counts = Locked((traces: UInt64(0), spans: UInt64(0)))

  public init() {}

  public func trace() -> TraceID {
    TraceID(
      high: 0,
      low: counts.withLock { counts in
        counts.traces += 1
        return counts.traces
      })
  }

  public func span() -> SpanID {
    SpanID(
      counts.withLock { counts in
        counts.spans += 1
        return counts.spans
      })
  }
}
