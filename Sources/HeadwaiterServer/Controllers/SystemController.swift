import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import Hummingbird
import QueryCatalogue

/// The machine itself: health, state machine, document, configuration.
struct SystemController: Sendable {
  let edge: Edge

  func processHealth(_: Call) async throws -> Reply { try .json(ReadinessBody(ready: true, reasons: [])) }

  func readiness(_: Call) async throws -> Reply {
    let reasons =
      await StoreProbe(store: edge.store, patience: edge.dependencies.patience).reasons()
      + edge.dependencies.obstacles()
    return try .json(ReadinessBody(ready: reasons.isEmpty, reasons: reasons), status: reasons.isEmpty ? 200 : 503)
  }

  func metrics(_: Call) async throws -> Reply {
    guard let metrics = edge.dependencies.metrics else { throw ProblemError.notFound("page", "/metrics") }
    return .bytes(Array(await metrics.exposition().utf8), contentType: metrics.contentType)
  }

  func stateMachine(_: Call) async throws -> Reply { try .json(StateMachineBody()) }

  func health(_: Call) async throws -> Reply {
    try .json(HealthBody(try await HealthFigures(of: edge.store)))
  }

  func document(_: Call) async throws -> Reply {
    let document = OpenAPIDocument.published(version: edge.dependencies.version)
    return .bytes(document.bytes, contentType: "application/json", tag: document.tag)
  }

  func configuration(_ call: Call) async throws -> Reply {
    let keysRequired = try await edge.keys.hasKeys()
    return try .json(
      ConfigurationBody(
        version: edge.dependencies.version, keysRequired: keysRequired, entries: edge.dependencies.configuration,
        flags: try await edge.dependencies.flagDesk.report(call.caller).verdicts.map(FlagBody.init)))
  }

  func demo(_: Call) async throws -> Reply {
    guard let demo = await edge.dependencies.demo?() else {
      throw ProblemError(404, "not_found", "Not found", "this process runs no demo")
    }
    return try .json(demo)
  }
}
