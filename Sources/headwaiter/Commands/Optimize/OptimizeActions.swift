import ArgumentParser
import AssignmentPipeline

/// `headwaiter optimize apply`.
struct OptimizeApply: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Move everybody whom a plan moves, in one transaction.",
    discussion: """
      Refused, with nothing changed, once a booking of the plan has changed or comes too soon, or the floor no longer \
      allows the tables.
      """)

  @OptionGroup var plan: OptimizePlan
  @OptionGroup var options: OptimizeOptions

  func run() async throws {
    try await options.decide { desk, restaurant, request in try await desk.apply(plan.id, of: restaurant, request) }
  }
}

/// `headwaiter optimize undo`.
struct OptimizeUndo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take an applied plan back: everybody where they sat before.",
    discussion: """
      Refused, with nothing changed, once somebody sits elsewhere or is pinned, or an old table is taken or no longer \
      allowed. A plan that made room for a change of a booking has no way back but that booking's.
      """)

  @OptionGroup var plan: OptimizePlan
  @OptionGroup var options: OptimizeOptions

  func run() async throws {
    try await options.decide { desk, restaurant, request in try await desk.undo(plan.id, of: restaurant, request) }
  }
}
