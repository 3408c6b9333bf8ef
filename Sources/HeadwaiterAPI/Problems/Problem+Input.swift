public import BookingDomain

extension Problem {
  /// Findings of an input as a problem; values that may be personal are left out.
  public init(_ problems: InputProblems, status: Int, code: String, title: String) {
    let errors = problems.problems.prefix(Problem.shownErrors).map(FieldError.init)
    let count = problems.problems.count + problems.omittedCount
    let first = errors.first
    let detail = first.map { count > 1 ? "\($0.text) (and \(count - 1) more)" : $0.text }
    self.init(status: status, code: code, title: title, detail: detail)
    self.errors = Array(errors)
    pointer = first?.pointer.hasPrefix("/") == true ? first?.pointer : nil
    value = first?.value
    allowed = first?.allowed
  }

  /// More findings than these only make an answer long.
  static let shownErrors = 50
}

extension Problem.FieldError {
  /// Members that hold personal data, whose values no message repeats.
  private static let personal = "/guest"

  init(_ problem: InputProblem) {
    let isPersonal = problem.place.hasPrefix(Self.personal)
    self.init(
      pointer: problem.place, detail: problem.message, value: isPersonal ? nil : problem.value,
      allowed: problem.allowed.isEmpty ? nil : problem.allowed, suggestion: problem.suggestion)
  }

  /// One sentence.
  var text: String {
    let subject = [pointer, value].compactMap { $0 }.joined(separator: ": ")
    let hint = suggestion.map { "; did you mean \($0)?" } ?? ""
    return "\(subject) \(detail)" + (allowed.map { "; allowed: \($0)" } ?? "") + hint
  }
}
