import AssignmentPipeline
import BookingDomain
import Hummingbird
import Verification

/// Verification reports, as pages.
struct RolloutReportController: Sendable {
  let edge: Edge

  /// A key of some restaurants only sees nothing of what is everybody's.
  func page(_ call: Call) async throws -> Reply {
    guard call.caller.restaurants.isEmpty else { throw ProblemError.notFound("rollout", "rollout") }
    let run = try call.query.int("run", 1...1_000_000)
    let report = try await report(run.map(RunChoice.number) ?? .latest)
    let page = HTMLRenderer().render(ReportDocument(report))
    return .bytes(Array(page.utf8), contentType: "text/html; charset=utf-8")
  }

  private func report(_ choice: RunChoice) async throws -> VerificationReport {
    do {
      return try await edge.dependencies.verifier.report(of: choice, now: edge.dependencies.wallClock.now())
    } catch {
      switch error {
      case .store(let failure): throw failure
      case .noRun, .noSuchRun, .notEntered, .refused:
        throw ProblemError(404, "not_found", "Not found", error.description)
      }
    }
  }
}
