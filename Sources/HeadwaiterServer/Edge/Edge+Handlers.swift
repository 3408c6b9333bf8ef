extension Edge {
  /// The controller of an operation. One long table on purpose: the compiler sees to it that none is missing.
  func handler(for operation: Operation) -> Handler {
    switch operation {
    case .processHealth: SystemController(edge: self).processHealth
    case .readiness: SystemController(edge: self).readiness
    case .readMetrics: SystemController(edge: self).metrics
    case .readStateMachine: SystemController(edge: self).stateMachine
    case .readHealth: SystemController(edge: self).health
    case .readDocument: SystemController(edge: self).document
    case .readConfiguration: SystemController(edge: self).configuration
    case .readFlags: FlagController(edge: self).read
    case .setFlag: FlagController(edge: self).set
    case .clearFlag: FlagController(edge: self).clear
    case .setRestaurantFlag: FlagController(edge: self).setRestaurant
    case .clearRestaurantFlag: FlagController(edge: self).clearRestaurant
    case .kill: FlagController(edge: self).kill
    case .releaseKill: FlagController(edge: self).release
    case .listBreakers: BreakerController(edge: self).list
    case .forceBreaker: BreakerController(edge: self).force
    case .releaseBreaker: BreakerController(edge: self).release
    case .readDemo: SystemController(edge: self).demo
    case .frontPage, .floorPage: ConsoleController(edge: self).page
    case .asset: ConsoleController(edge: self).file
    case .listRestaurants: RestaurantController(edge: self).list
    case .readRestaurant: RestaurantController(edge: self).read
    case .putRestaurant: RestaurantController(edge: self).put
    case .readFloor: FloorController(edge: self).floor
    case .readAvailability: FloorController(edge: self).availability
    case .listBlocks: BlockController(edge: self).list
    case .createBlock: BlockController(edge: self).create
    case .deleteBlock: BlockController(edge: self).delete
    case .streamEvents: EventController(edge: self).events
    case .listBookings: BookingListController(edge: self).list
    case .createBooking: BookingController(edge: self).create
    case .readBooking: BookingController(edge: self).read
    case .changeBooking: BookingController(edge: self).change
    case .createWalkIn: BookingController(edge: self).walkIn
    case .moveBooking: BookingActionController(edge: self).move
    case .swapBookings: BookingActionController(edge: self).swap
    case .squeezeBooking: BookingActionController(edge: self).squeeze
    case .pinBooking: BookingActionController(edge: self).pin
    case .unpinBooking: BookingActionController(edge: self).unpin
    case .cancelBooking: BookingActionController(edge: self).cancel
    case .seatBooking: BookingActionController(edge: self).seat
    case .completeBooking: BookingActionController(edge: self).complete
    case .markNoShow: BookingActionController(edge: self).noShow
    case .extendBooking: BookingActionController(edge: self).extend
    case .undoBooking: BookingActionController(edge: self).undo
    case .readHistory: TrailController(edge: self).history
    case .readAttempts: TrailController(edge: self).attempts
    case .explainBooking: TrailController(edge: self).why
    case .listNotices: TrailController(edge: self).notices
    case .createHold: HoldController(edge: self).create
    case .readHold: HoldController(edge: self).read
    case .releaseHold: HoldController(edge: self).release
    case .confirmHold: HoldController(edge: self).confirm
    case .listReview: ReviewController(edge: self).list
    case .requeueBooking: ReviewController(edge: self).requeue
    case .forceConfirmBooking: ReviewController(edge: self).forceConfirm
    case .declineBooking: ReviewController(edge: self).decline
    case .keepBooking: ReviewController(edge: self).keep
    case .undoReview: ReviewController(edge: self).undo
    case .readRollout: RolloutController(edge: self).read
    case .readRolloutHistory: RolloutController(edge: self).history
    case .readRolloutPlan: RolloutController(edge: self).plan
    case .readRolloutReport: RolloutReportController(edge: self).page
    case .replaceRolloutPlan: RolloutController(edge: self).replacePlan
    case .advanceRollout: RolloutController(edge: self).advance
    case .holdRollout: RolloutController(edge: self).hold
    case .resumeRollout: RolloutController(edge: self).resume
    case .abortRollout: RolloutController(edge: self).abort
    case .forceRollout: RolloutController(edge: self).force
    case .drillRollout: RolloutController(edge: self).drill
    case .signRolloutOff: RolloutController(edge: self).signOff
    case .reportIncident: RolloutController(edge: self).incident
    case .recordKnownIssue: RolloutController(edge: self).knownIssue
    case .optimiseDay: OptimiseController(edge: self).preview
    case .listDayPlans: OptimiseController(edge: self).list
    case .readDayPlan: OptimiseController(edge: self).read
    case .applyDayPlan: OptimiseController(edge: self).apply
    case .undoDayPlan: OptimiseController(edge: self).undo
    }
  }
}
