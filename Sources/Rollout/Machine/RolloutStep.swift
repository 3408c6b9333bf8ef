public import BookingDomain

/// What follows from a command or a rule: the state to store, what to change, and the events to write with it, all in one
/// transaction.
public struct RolloutStep: Sendable, Hashable {
  public var state: RolloutState
  public var changes: [RolloutChange] = []
  public var events: [ObservabilityEvent] = []

  init(_ state: RolloutState) { self.state = state }
}

/// Something to change for all instances. Doing it twice is as good as once.
public enum RolloutChange: Sendable, Hashable {
  /// The run-time override for all; nil takes the override of that flag away.
  case setFlags(FlagSettings)
  /// Percent of restaurants for V3.
  case setShare(Int)
  /// To legacy alone, whatever the share says.
  case forceOut(RestaurantID)
  /// Code, flags, tables, dates.
  case writeCleanupChecklist
}

/// What the machine must know of the moment.
public struct RolloutMoment: Sendable, Hashable {
  public var now: Timestamp
  /// What the present run has measured; asked for by `advance` and `force`. Nil is nothing measured.
  public var figures: PhaseFigures?
  public var instances: [LiveInstance]
  /// Whether the kill switch is on, which beats all flags.
  public var isKilled: Bool

  public init(
    now: Timestamp, figures: PhaseFigures? = nil, instances: [LiveInstance] = [], isKilled: Bool = false
  ) {
    self.now = now
    self.figures = figures
    self.instances = instances
    self.isKilled = isKilled
  }

  /// A live instance and what its environment says of the flags.
  public struct LiveInstance: Sendable, Hashable {
    public var name: String
    public var environment: FlagSettings

    public init(name: String, environment: FlagSettings) {
      self.name = name
      self.environment = environment
    }
  }
}
