import Resilience
import Testing

@Suite struct BackoffTests {
  @Test(arguments: [(0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 30), (6, 30), (60, 30), (-1, 1)])
  func `delay doubles from one second up to thirty`(retries: Int, seconds: Int) {
    #expect(Backoff().delay(retries: retries, random: 0) == .seconds(seconds))
  }

  @Test(arguments: [(0.0, 0), (0.5, 500), (1.0, 1_000), (7.0, 1_000), (-1.0, 0)])
  func `jitter adds at most one second`(random: Double, milliseconds: Int) {
    #expect(Backoff().delay(retries: 0, random: random) == .seconds(1) + .milliseconds(milliseconds))
  }
}
