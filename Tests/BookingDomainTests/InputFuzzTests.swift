import BookingDomain
import Testing

/// Damaged files of every kind: none crashes the readers; each is read as a valid value or refused with places.
struct InputFuzzTests {
  @Test(arguments: [
    ("annotated.restaurant.json", UInt64(0xA11CE), 1_500), ("white-horse-waterbeach.restaurant.json", 0xB0B, 300),
  ])
  func decode_damagedRestaurantFile_isReadOrRefusedWithPlaces(name: String, seed: UInt64, cases: Int) throws {
    var mutator = InputMutator(seed: seed)
    let original = try TestData.file(name)
    var refused = 0
    for number in 0..<cases {
      let bytes = mutator.damagedJSON(original)
      do throws(InputProblems) {
        let restaurant = try RestaurantFile.decode(bytes, source: name)
        expectValid(restaurant, "seed \(seed), case \(number)")
      } catch {
        refused += 1
        expectPlaces(error, "seed \(seed), case \(number)")
      }
    }
    #expect(refused > cases / 2)
  }

  @Test func decode_damagedBookingsFile_isReadOrRefusedWithPlaces() throws {
    let restaurants = [RestaurantID("annotated"): try TestData.annotated()]
    let original = Array(Self.bookings.utf8)
    #expect(try BookingsFile.decode(original, source: "b.csv", restaurants: restaurants).count == 5)
    var mutator = InputMutator(seed: 0xC5F)
    var refused = 0
    for number in 0..<2_000 {
      let bytes = mutator.damaged(original)
      do throws(InputProblems) {
        let rows = try BookingsFile.decode(bytes, source: "b.csv", restaurants: restaurants)
        let again = try BookingsFile.decode(BookingsFile.encode(rows), source: "b.csv", restaurants: restaurants)
        #expect(again.map(\.bookingID) == rows.map(\.bookingID), "case \(number)")
      } catch {
        refused += 1
        expectPlaces(error, "case \(number)")
      }
    }
    #expect(refused > 1_000)
  }

  /// A file that was read has no loose ends: it is written and read as itself, and the rules run on it.
  private func expectValid(_ restaurant: Restaurant, _ label: String) {
    let again = try? RestaurantFile.decode(RestaurantFile.encode(restaurant), source: "again")
    #expect(again == restaurant, "\(label)")
    let date = LocalDate(daysSinceEpoch: 20_791)
    let slots = CapacityVerifier(restaurant: restaurant).slots(on: date, party: 2, byHost: false)
    #expect(slots.allSatisfy { $0.dining.start < $0.dining.end }, "\(label)")
  }

  private func expectPlaces(_ error: InputProblems, _ label: String) {
    #expect(error.problems.allSatisfy { !$0.place.isEmpty && !$0.allowed.isEmpty }, "\(label)")
    let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 21 && lines.allSatisfy { !$0.isEmpty && $0.unicodeScalars.count < 2_000 }, "\(label)")
  }

  static let bookings = """
    booking_id,restaurant_id,date,start_time,party_size,duration_minutes,service,zone,tags,created_at
    B-1,annotated,2026-12-04,19:00,2,,,,,
    B-2,annotated,2026-12-04,19:15,4,90,Dinner,Room,window;quiet,2026-11-30T10:00:00Z
    B-3,annotated,2026-12-05,12:30,6,,Lunch,"Terrace",accessible,2026-12-01T10:00:00+01:00
    B-4,annotated,2026-12-31,23:45,3,120,"New Year",,,
    B-5,annotated,2027-01-01,00:30,2,60,,,,2026-12-31T23:59:59.999999Z

    """
}

/// Damages inputs, always the same way for one seed.
struct InputMutator {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(state: seed) }

  /// One to three kinds of damage, at the level of bytes or of the tree.
  mutating func damagedJSON(_ bytes: [UInt8]) -> [UInt8] {
    guard Bool.random(using: &random), var tree = try? JSONTree.parse(bytes, source: "seed") else {
      return damaged(bytes)
    }
    for _ in 0...Int.random(in: 0...2, using: &random) { tree = changed(tree) }
    return JSONWriter.write(tree)
  }

  /// Damages bytes.
  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0...6, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 2: bytes.removeSubrange(place...)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
      case 4: bytes.insert(contentsOf: Self.scraps.randomElement(using: &random) ?? [], at: place)
      case 5: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 200)], at: place)
      default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
      }
    }
    return bytes
  }

  private static let scraps: [[UInt8]] = [
    Array("\"".utf8), Array(",".utf8), Array("{".utf8), Array("]".utf8), Array("\n".utf8), Array("\r\n".utf8), [0],
    [0xFF],
    [0xED, 0xA0, 0x80], Array("\u{202E}".utf8), Array("e999999999".utf8), Array("-".utf8), Array("\\u0000".utf8),
    Array(repeating: UInt8(ascii: "["), count: 300), Array(repeating: UInt8(ascii: "9"), count: 300),
    Array("null".utf8), Array("24:00".utf8), Array(";".utf8),
  ]

  private static let values = [
    "null", "true", "0", "-1", "1e308", "1e-9", "99999999999999999999999", "0.5", "\"\"", "\"mon\"", "\"24:00\"",
    "\"é\"",
    "\"9999-12-31T24:00\"", "\"1970-01-01T00:00\"", "[]", "{}", "[[[[[[]]]]]]", "{\"days\": []}", "\"Dinner\"", "\"1\"",
    "1440", "500",
  ]

  /// Changes one value or key somewhere in a tree.
  private mutating func changed(_ tree: JSONTree) -> JSONTree {
    switch tree.value {
    case .object(var members) where !members.isEmpty && Int.random(in: 0...9, using: &random) > 0:
      let index = Int.random(in: 0..<members.count, using: &random)
      switch Int.random(in: 0...11, using: &random) {
      case 0: members[index].key += "x"
      case 1: members.remove(at: index)
      case 2: members.append(members[index])
      default: members[index].value = changed(members[index].value)
      }
      return JSONTree(.object(members))
    case .array(var elements) where !elements.isEmpty && Int.random(in: 0...9, using: &random) > 0:
      let index = Int.random(in: 0..<elements.count, using: &random)
      switch Int.random(in: 0...7, using: &random) {
      case 0: elements.remove(at: index)
      case 1: elements.append(elements[index])
      case 2: elements.swapAt(index, elements.count - 1)
      default: elements[index] = changed(elements[index])
      }
      return JSONTree(.array(elements))
    default:
      let literal = Self.values.randomElement(using: &random) ?? "null"
      return (try? JSONTree.parse(Array(literal.utf8), source: "value")) ?? tree
    }
  }
}
