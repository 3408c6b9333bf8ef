import AssignmentStore
import BookingDomain
import Rehearsal
import Verification

/// A rehearsal with the verification report of the phase that was judged last, as `headwaiter verify` writes it.
struct PlayedRehearsal: Sendable {
  let result: RehearsalResult
  /// Nil where no phase was entered, and where nobody wants it.
  private let verification: VerificationReport?

  /// - Parameter verifies: false where only the result is wanted.
  init(_ result: RehearsalResult, on store: any AssignmentStore, verifies: Bool) async throws {
    self.result = result
    guard verifies, result.furthestPhase != nil else {
      verification = nil
      return
    }
    let run = result.lastJudgedRun.map(RunChoice.number) ?? .latest
    verification = try await RunVerifier(store).report(of: run, now: result.endedAt)
  }

  /// Its title and what it comes to, for people.
  var summary: String {
    guard let verification else { return "" }
    let document = ReportDocument(verification)
    return ([document.title, document.verdict.text] + document.summary)
      .map { ShownText.escaped($0) + "\n" }.joined()
  }

  /// - Throws: ``CommandProblem`` where it cannot be written, or there is none.
  func writeVerification(to path: String) throws {
    guard let verification else { throw CommandProblem("--report: no phase was entered, there is nothing to verify") }
    let document = ReportDocument(verification)
    let isPage = path.hasSuffix(".html") || path.hasSuffix(".htm")
    let text = isPage ? HTMLRenderer().render(document) : MarkdownRenderer().render(document)
    try OutputFile.write(Array(text.utf8), to: path)
  }
}
