import BookingDomain
import Foundation

/// The example files and small helpers that the suites share.
enum TestData {
  /// Bytes of a file in the repository's `data` folder.
  static func file(_ name: String) throws -> [UInt8] {
    let here = URL(filePath: #filePath).resolvingSymlinksInPath()
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: root.appending(path: "data/\(name)")))
  }

  static func annotatedBytes() throws -> [UInt8] { try file("annotated.restaurant.json") }
  static func whiteHorseBytes() throws -> [UInt8] { try file("white-horse-waterbeach.restaurant.json") }

  static func annotated() throws -> Restaurant {
    try RestaurantFile.decode(annotatedBytes(), source: "annotated.restaurant.json")
  }

  static func whiteHorse() throws -> Restaurant {
    try RestaurantFile.decode(whiteHorseBytes(), source: "white-horse-waterbeach.restaurant.json")
  }

  static func calendar(_ identifier: String) throws -> RestaurantCalendar {
    guard let calendar = RestaurantCalendar(identifier: identifier) else { throw Missing() }
    return calendar
  }

  static func date(_ text: String) throws -> LocalDate {
    guard let date = LocalDate(text) else { throw Missing() }
    return date
  }

  static func time(_ text: String) throws -> Timestamp {
    guard let time = RFC3339.parse(text) else { throw Missing() }
    return time
  }

  static func clock(_ text: String) throws -> LocalTime {
    guard let time = LocalTime(text) else { throw Missing() }
    return time
  }

  struct Missing: Error {}
}

/// SplitMix64, so that random cases are the same on every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
