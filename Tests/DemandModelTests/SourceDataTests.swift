import BookingDomain
import DemandModel
import Testing

/// The constants in the code are the published numbers in `data`.
struct SourceDataTests {
  @Test func partySizes_areThoseOfTheFile() throws {
    var counts: [String: [Int: Int]] = [:]
    for line in try TestData.text("party-sizes.csv").split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",")
      counts[String(fields[0]), default: [:]][try #require(Int(fields[1]))] = Int(fields[2])
    }
    #expect(counts == ["lunch": PartySizes.lunch, "dinner": PartySizes.dinner])
    #expect(counts.values.flatMap(\.values).reduce(0, +) == 244)
  }

  @Test func diningMinutes_areThoseOfTheFile() throws {
    let lines = try TestData.text("dining-minutes.csv").split(separator: "\n")
    let days = lines[0].split(separator: ",").dropFirst().map(String.init)
    #expect(lines.count == DiningMinutes.means.count + 1)
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",")
      let party = try #require(Int(fields[0]))
      for (day, field) in zip(days, fields.dropFirst()) {
        let weekday = try #require(Weekday(name: day))
        #expect(DiningMinutes.mean(party: party, weekday: weekday.rawValue) == Double(field))
      }
    }
  }

  @Test func counts_kindWithoutSizesOfItsOwn_areThoseOfDinner() {
    #expect(PartySizes.counts(kind: "lunch") == PartySizes.lunch)
    #expect(PartySizes.counts(kind: "drinks") == PartySizes.dinner)
    #expect(DiningMinutes.mean(party: 20, weekday: 0) == DiningMinutes.mean(party: 8, weekday: 0))
  }
}
