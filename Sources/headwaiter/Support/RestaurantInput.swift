import BookingDomain
import SeatingEngine

/// A restaurant file as commands read it.
struct RestaurantInput {
  let path: String
  let restaurant: Restaurant
  let document: [UInt8]

  /// - Throws: ``CommandProblem`` if the file cannot be read, `InputProblems` for what is wrong with it.
  init(path: String) throws {
    self.path = path
    document = try InputFile.read(path)
    restaurant = try RestaurantFile.decode(document, source: ShownText.escaped(path))
    let limit = CompiledFloor.combinationLimit
    guard CompiledFloor.combinationCount(of: restaurant) <= limit else {
      throw InputProblems(
        InputProblem(
          source: path, place: "/combining/max_tables", value: "\(restaurant.combining.maxTables)",
          message: "makes more than \(limit) combinations", allowed: "fewer tables joined, or fewer adjacent tables"))
    }
  }
}
