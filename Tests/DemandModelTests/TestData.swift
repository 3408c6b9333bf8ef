import BookingDomain
import Foundation

/// The repository's example files.
enum TestData {
  static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  static func bytes(_ name: String) throws -> [UInt8] {
    let here = URL(filePath: #filePath).resolvingSymlinksInPath()
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: root.appending(path: "data/\(name)")))
  }

  static func restaurant(_ name: String) throws -> Restaurant {
    try RestaurantFile.decode(bytes("\(name).restaurant.json"), source: name)
  }
}
