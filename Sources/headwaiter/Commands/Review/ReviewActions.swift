import ArgumentParser
import AssignmentPipeline
import BookingDomain

/// `headwaiter review requeue`.
struct ReviewRequeue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "requeue", abstract: "Give a booking back to the pipeline, with new attempts.")

  @OptionGroup var decision: ReviewDecision

  func run() async throws { try await decision.decide { desk, id, request in try await desk.requeue(id, request) } }
}

/// `headwaiter review force-confirm`.
struct ReviewForceConfirm: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "force-confirm", abstract: "Confirm a booking at tables that you choose.")

  @OptionGroup var decision: ReviewDecision

  @Option(parsing: .upToNextOption, help: ArgumentHelp("The tables' numbers.", valueName: "table"))
  var tables: [String]

  @Option(
    help: ArgumentHelp(
      "A confirmed booking that gives its tables up for others, in the same transaction; may be given often.",
      valueName: "booking=table,…"))
  var move: [String] = []

  func run() async throws {
    let numbers = Self.numbers(tables)
    let moves = try move.map(Self.roomMove)
    try await decision.decide { desk, id, request in
      try await desk.forceConfirm(id, tables: numbers, moves: moves, request)
    }
  }

  private static func roomMove(_ text: String) throws(CommandProblem) -> RoomMove {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    let tables = parts.count == 2 ? numbers([parts[1]]) : []
    guard parts.count == 2, !parts[0].isEmpty, !tables.isEmpty else {
      throw CommandProblem("--move is \"\(ShownText.escaped(text))\"; allowed: BOOKING=TABLE,TABLE…")
    }
    return RoomMove(bookingID: BookingID(parts[0]), tables: tables)
  }

  private static func numbers(_ texts: [String]) -> [TableNumber] {
    texts.flatMap { $0.split(separator: ",") }.map { TableNumber(String($0)) }
  }
}

/// `headwaiter review decline`.
struct ReviewDecline: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decline", abstract: "Decline a booking; its guest is told unless it is undone within a minute.")

  @OptionGroup var decision: ReviewDecision

  func run() async throws { try await decision.decide { desk, id, request in try await desk.decline(id, request) } }
}

/// `headwaiter review keep`.
struct ReviewKeep: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keep", abstract: "Keep a booking in review past its deadline, until a person decides.")

  @OptionGroup var decision: ReviewDecision

  func run() async throws { try await decision.decide { desk, id, request in try await desk.keep(id, request) } }
}

/// `headwaiter review undo`.
struct ReviewUndo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back the last decision about a booking.")

  @OptionGroup var decision: ReviewDecision

  func run() async throws { try await decision.decide { desk, id, request in try await desk.undo(id, request) } }
}
