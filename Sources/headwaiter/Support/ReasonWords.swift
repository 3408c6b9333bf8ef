import BookingDomain

extension OutcomeReason {
  /// The reason in plain words, for a table.
  var words: String {
    switch self {
    case .closed: "the house is closed then"
    case .outsideService: "no service takes guests then"
    case .serviceOverrun: "would stay past the end of the service"
    case .partyTooLarge: "no table or combination seats so many"
    case .partyTooSmall: "the tables are meant for larger parties"
    case .pacingExceeded: "too many start at that time"
    case .inThePast: "the start is past"
    case .offGrid: "off the booking interval"
    case .noTable: "no table is free"
    case .maxAttempts: "five attempts failed"
    case .deadline: "took too long"
    case .suggestOnly: "the house decides itself"
    case .tableBlocked: "its table was blocked"
    case .floorChanged: "its table is gone from the floor"
    case .reviewDeadline: "nobody decided in time"
    default: rawValue.replacing("_", with: " ")
    }
  }
}
