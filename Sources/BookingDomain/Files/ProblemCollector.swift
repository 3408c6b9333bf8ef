/// Gathers problems while an input is read, so that its author sees all of them at once and not only the first.
///
/// A class, because the readers of nested values share one; it lives no longer than one call of a `decode`.
public final class ProblemCollector {
  /// Name of the file, or `body`.
  public let source: String
  private var problems: [InputProblem] = []
  private var omittedCount = 0

  /// Problems kept; the rest are counted only, so that a hostile input cannot fill the memory with messages.
  public static let limit = 1_000

  public init(source: String) { self.source = source }

  public var isEmpty: Bool { problems.isEmpty }

  /// Notes a problem. What is allowed and the suggestion are worked out only for problems that are kept.
  public func add(
    _ place: String, value: String? = nil, _ message: String, allowed: @autoclosure () -> String,
    suggestion: @autoclosure () -> String? = nil
  ) {
    guard problems.count < Self.limit else {
      omittedCount += 1
      return
    }
    problems.append(
      InputProblem(
        source: source, place: place, value: value, message: message, allowed: allowed(), suggestion: suggestion()))
  }

  /// - Throws: what was gathered, if anything was.
  public func throwIfAny() throws(InputProblems) {
    guard let first = problems.first else { return }
    throw InputProblems(first, Array(problems.dropFirst()), omittedCount: omittedCount)
  }
}
