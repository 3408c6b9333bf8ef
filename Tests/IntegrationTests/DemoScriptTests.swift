import BookingDomain
import Bootstrap
import Testing

@Suite struct DemoScriptTests {
  @Test func `the evening is a Friday after today at a real pub, the same for the same seed`() throws {
    let today = try #require(LocalDate("2026-11-24"))
    let script = try DemoScript(after: today, seed: 1)
    #expect("\(script.date)" == "2026-11-27")
    #expect(script.restaurant.floor.tables.count == 26)
    #expect(script.rows.count == 140)
    #expect(try DemoScript(after: today, seed: 1).rows == script.rows)
    #expect(try DemoScript(after: today, seed: 2).rows != script.rows)
  }

  @Test func `on a Friday the next one is taken`() throws {
    let script = try DemoScript(after: try #require(LocalDate("2026-11-27")), seed: 1)
    #expect("\(script.date)" == "2026-12-04")
  }
}
