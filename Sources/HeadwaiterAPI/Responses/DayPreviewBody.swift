/// What looking at a day has found: `POST /v1/restaurants/{restaurant_id}/optimise`.
public struct DayPreviewBody: Codable, Sendable {
  /// Ready to be applied; null where nothing better was found.
  public var plan: DayPlanBody?
  /// The day as it is.
  public var now: DayFiguresBody
  /// Bookings that wait for a person and have no table. Absent where an answer that got lost is told again.
  public var waiting: Int?
  /// No seating gives tables to more of the day's bookings, whoever moved. Absent like ``waiting``.
  public var bound: Int?

  enum CodingKeys: String, CodingKey, CaseIterable { case plan, now, waiting, bound }

  public init(plan: DayPlanBody?, now: DayFiguresBody, waiting: Int?, bound: Int?) {
    self.plan = plan
    self.now = now
    self.waiting = waiting
    self.bound = bound
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(plan, forKey: .plan)
    try container.encode(now, forKey: .now)
    try container.encodeIfPresent(waiting, forKey: .waiting)
    try container.encodeIfPresent(bound, forKey: .bound)
  }
}
