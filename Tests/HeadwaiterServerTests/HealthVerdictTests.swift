import HeadwaiterAPI
import Testing

@Suite("Health verdict")
struct HealthVerdictTests {
  @Test(arguments: [
    (HealthBody(bookings: 0, confirmed: 0, inReview: 0, failed: 0, errors: 0, stuck: 0), HealthVerdict.warning),
    (HealthBody(bookings: 0, confirmed: 0, inReview: 0, failed: 0, refused: 3, errors: 0, stuck: 0), .warning),
    (HealthBody(bookings: 10, confirmed: 10, inReview: 0, failed: 0, refused: 90, errors: 0, stuck: 0), .healthy),
    (HealthBody(bookings: 5, confirmed: 0, inReview: 0, failed: 0, errors: 0, stuck: 0), .warning),
    (HealthBody(bookings: 100, confirmed: 95, inReview: 5, failed: 0, errors: 0, stuck: 0), .healthy),
    (HealthBody(bookings: 100, confirmed: 95, inReview: 5, failed: 0, errors: 1, stuck: 0), .warning),
    (HealthBody(bookings: 100, confirmed: 95, inReview: 5, failed: 0, errors: 0, stuck: 1), .warning),
    (HealthBody(bookings: 100, confirmed: 94, inReview: 6, failed: 0, errors: 0, stuck: 0), .warning),
    (HealthBody(bookings: 100, confirmed: 90, inReview: 10, failed: 0, errors: 0, stuck: 0), .warning),
    (HealthBody(bookings: 100, confirmed: 89, inReview: 0, failed: 11, errors: 0, stuck: 0), .critical),
    (HealthBody(bookings: 1_000, confirmed: 1_000, inReview: 0, failed: 0, errors: 11, stuck: 0), .critical),
    (HealthBody(bookings: 2_000, confirmed: 2_000, inReview: 0, failed: 0, errors: 11, stuck: 0), .warning),
  ])
  func verdict_followsTheRule(_ health: HealthBody, _ expected: HealthVerdict) {
    #expect(health.verdict == expected)
    #expect(health.reasons.isEmpty == (expected == .healthy))
  }
}
