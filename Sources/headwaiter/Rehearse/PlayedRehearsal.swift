import AssignmentStore
import BookingDomain
import Rehearsal
import Verification

/// A rehearsal with the verification report of its run that matters most, as `headwaiter verify` writes it.
struct PlayedRehearsal: Sendable {
  let result: RehearsalResult
  /// Nil where no phase was entered, and where nobody reads it.
  let verification: VerificationOutput?

  /// - Parameter verifies: false where only the result is wanted.
  init(_ result: RehearsalResult, on store: any AssignmentStore, verifies: Bool) async throws {
    self.result = result
    guard verifies, result.furthestPhase != nil else {
      verification = nil
      return
    }
    let run = result.reportedRun.map(RunChoice.number) ?? .latest
    verification = VerificationOutput(try await RunVerifier(store).report(of: run, now: result.endedAt))
  }

  /// - Throws: ``CommandProblem`` where it cannot be written, or there is none.
  func writeVerification(to path: String, saysSo: Bool) throws {
    guard let verification else { throw CommandProblem("--report: no phase was entered, there is nothing to verify") }
    try VerificationOutput.write(verification.text(.init(of: path)), to: path, saysSo: saysSo)
  }
}
