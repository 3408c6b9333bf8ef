import AssignmentPipeline
import AssignmentStore
import BookingDomain
import HeadwaiterAPI
import Hummingbird

/// Better seatings of a day: looked for, applied, taken back.
struct OptimiseController: Sendable {
  let edge: Edge

  private var desk: any OptimizerDesk { edge.dependencies.optimizer }

  func preview(_ call: Call) async throws -> Reply {
    let id = try call.restaurantID()
    guard let date = try call.read(OptimiseBody.self).day else {
      throw ProblemError.field("/date", "is no date", allowed: WireTime.allowedDate)
    }
    let calendar = try await edge.calendar(of: id)
    return try await .json(DayPreviewBody(desk.preview(id, date: date, call.change()), calendar: calendar))
  }

  func list(_ call: Call) async throws -> Reply {
    let date = try call.query.required("date", call.query.date("date"))
    let id = try call.restaurantID()
    let calendar = try await edge.calendar(of: id)
    let plans = try await desk.plans(id, date: date, caller: call.caller)
    return try .json(DayPlanListBody(plans: plans.map { DayPlanBody($0, calendar: calendar) }))
  }

  func read(_ call: Call) async throws -> Reply {
    let id = try call.restaurantID()
    return try await edge.reply(desk.plan(call.planID(), of: id, caller: call.caller))
  }

  func apply(_ call: Call) async throws -> Reply {
    let id = try call.restaurantID()
    return try await edge.reply(desk.apply(call.planID(), of: id, call.change()))
  }

  func undo(_ call: Call) async throws -> Reply {
    let id = try call.restaurantID()
    return try await edge.reply(desk.undo(call.planID(), of: id, call.change()))
  }
}

extension Edge {
  /// A day's plan as an answer.
  func reply(_ plan: StoredDayPlan) async throws -> Reply {
    try await .json(DayPlanBody(plan, calendar: calendar(of: plan.restaurantID)))
  }

  /// What a lost request about a day had made, as it is now; nil if it is gone. How many waited, and the bound, are not
  /// known any more.
  func renderedPlan(_ id: String, _ call: Call) async throws -> Reply? {
    let plan: StoredDayPlan
    do {
      plan = try await dependencies.optimizer.plan(id, of: call.restaurantID(), caller: call.caller)
    } catch DeskError.notFound {
      return nil
    }
    guard call.endpoint.operation == .optimiseDay else { return try await reply(plan) }
    let body = try await DayPlanBody(plan, calendar: calendar(of: plan.restaurantID))
    return try .json(DayPreviewBody(plan: body, now: body.before, waiting: nil, bound: nil))
  }
}
