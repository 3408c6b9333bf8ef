import BookingDomain
import Rollout
import Testing

/// Every command in every state: what it leads to, or that it is refused and what is allowed instead.
struct RolloutMachineTableTests {
  static let commands: [RolloutCommand] = [
    .advance, .arrived, .hold(reason: "why"), .resume, .abort(reason: "why"), .force(reason: "why", to: nil),
    .signOff(run: 4), .incident(.p2, text: "slow"), .knownIssue(text: "typo"),
    .drill(DrillResult(at: Samples.start, recoverySeconds: 3)),
  ]

  /// Where each command leads, in the order of ``commands``; `-` is refused.
  static let table: [String: [String]] = [
    "not_started": ["advancing", "-", "-", "-", "-", "advancing", "-", "-", "-", "-"],
    "entered": [
      "advancing", "-", "holding", "-", "aborted", "advancing", "entered", "entered", "entered", "entered",
    ],
    "holding": ["-", "-", "-", "entered", "aborted", "advancing", "holding", "holding", "holding", "holding"],
    "advancing": ["-", "entered", "holding", "-", "aborted", "-", "-", "advancing", "advancing", "-"],
    "rolled_back": ["-", "-", "-", "advancing", "aborted", "-", "-", "rolled_back", "rolled_back", "-"],
    "aborted": ["advancing", "-", "-", "-", "-", "advancing", "-", "-", "aborted", "-"],
  ]

  struct Cell: Sendable, CustomTestStringConvertible {
    var status: String
    var command: RolloutCommand
    var target: String
    var testDescription: String { "\(command.name) while \(status): \(target)" }
  }

  static let cells = RolloutStates.names.flatMap { status in
    zip(commands, table[status] ?? []).map { Cell(status: status, command: $0, target: $1) }
  }

  @Test func table_isWhole() { #expect(Self.cells.count == 60) }

  @Test(arguments: cells)
  func apply_commandInState_leadsWhereTheTableSays(_ cell: Cell) throws {
    var state = RolloutStates.state(cell.status)
    // So that signing it off is possible.
    state.signOffs = cell.command.name == "sign_off" ? [] : state.signOffs
    let machine = RolloutMachine(.standard)
    do throws(RolloutRefusal) {
      let step = try machine.apply(cell.command, by: Samples.engineer, to: state, at: RolloutStates.moment())
      #expect(step.state.status.name == cell.target)
      #expect(!step.events.isEmpty || cell.status == "not_started" || cell.target == "advancing")
      #expect(RolloutCommand.names(allowedIn: state.status).contains(cell.command.name))
    } catch {
      #expect(cell.target == "-", "\(error)")
      let allowed = RolloutCommand.names(allowedIn: state.status)
      #expect(error == .notNow(command: cell.command.name, status: cell.status, allowed: allowed))
      #expect(error.description.contains(allowed[0]))
    }
  }

  @Test(arguments: RolloutStates.names)
  func rollBack_inState_actsWhereV3MayBeAtWork(_ status: String) {
    let step = RolloutMachine(.standard).rollBack(
      [RolloutStates.finding], RolloutStates.state(status), now: RolloutStates.now)
    let acts = ["entered", "holding", "advancing"].contains(status)
    #expect(step?.state.status.name == (acts ? "rolled_back" : nil))
  }

  @Test(arguments: RolloutStates.names)
  func state_encoded_decodesToTheSame(_ status: String) throws {
    var state = RolloutStates.state(status)
    state.incidents = [Incident(level: .p1, text: "down", by: "a", run: 4, at: Samples.start)]
    state.knownIssues = [KnownIssue(text: "typo", by: "a", run: 4, at: Samples.start)]
    state.restaurantsOut = [
      RestaurantOut(restaurant: "bad", run: 4, finding: RolloutStates.finding, at: Samples.start)
    ]
    #expect(try Coding.again(state) == state)
    #expect(try Coding.again(Samples.good()) == Samples.good())
    #expect(try Coding.again(RolloutPlan.standard) == .standard)
    #expect(try Coding.again(Samples.judge(.review)) == Samples.judge(.review))
  }
}
