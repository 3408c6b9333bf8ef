/// What the API can do; the raw values are the `operationId`s of its document.
enum Operation: String, CaseIterable, Sendable {
  // outside /v1
  case processHealth, readiness, readMetrics, frontPage, floorPage, asset
  // restaurants
  case listRestaurants, readRestaurant, putRestaurant, readFloor, readAvailability, listBlocks, createBlock
  case deleteBlock, streamEvents
  // better seatings of a day
  case optimiseDay, listDayPlans, readDayPlan, applyDayPlan, undoDayPlan
  // bookings
  case listBookings, createBooking, readBooking, changeBooking, moveBooking, swapBookings, squeezeBooking, pinBooking
  case unpinBooking, cancelBooking, seatBooking, completeBooking, markNoShow, extendBooking, undoBooking
  case readHistory, readAttempts, explainBooking, listNotices, createWalkIn
  // holds
  case createHold, readHold, releaseHold, confirmHold
  // review
  case listReview, requeueBooking, forceConfirmBooking, declineBooking, keepBooking, undoReview
  // the machine itself
  case readStateMachine, readHealth, readDocument, readConfiguration, readFlags, setFlag, clearFlag
  case setRestaurantFlag, clearRestaurantFlag, kill, releaseKill, readDemo
  case listBreakers, forceBreaker, releaseBreaker
  // the rollout
  case readRollout, readRolloutHistory, readRolloutPlan, replaceRolloutPlan, advanceRollout, holdRollout, resumeRollout
  case abortRollout, forceRollout, drillRollout, signRolloutOff, reportIncident, recordKnownIssue, readRolloutReport
}
