import BookingDomain
import Testing

struct NaturalOrderTests {
  @Test func tableNumbers_sortAsPeopleCount() {
    let sorted: [TableNumber] = ["1", "2", "10", "A", "B1", "B2", "B2a", "B10", "T1-2", "T1-10", "T02", "T2", "T10"]
    #expect(sorted.reversed().sorted() == sorted)
  }

  @Test func order_randomNumbers_isStrictAndTotal() {
    var random = SeededGenerator(state: 5)
    let letters = Array("AB01259-é")
    let numbers = (0..<80).map { _ in
      TableNumber(
        String((0..<Int.random(in: 1...5, using: &random)).map { _ in letters.randomElement(using: &random) ?? "A" }))
    }
    for a in numbers {
      for b in numbers {
        #expect((a < b ? 1 : 0) + (b < a ? 1 : 0) == (a == b ? 0 : 1))
      }
    }
    let sorted = numbers.sorted()
    for index in sorted.indices.dropFirst() { #expect(!(sorted[index] < sorted[index - 1])) }
  }

  @Test func order_hugeNumbers_compareWithoutOverflow() {
    let small = TableNumber("T" + String(repeating: "9", count: 40))
    let large = TableNumber("T1" + String(repeating: "0", count: 40))
    #expect(small < large)
  }
}
