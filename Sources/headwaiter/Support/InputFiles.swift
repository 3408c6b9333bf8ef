import BookingDomain

/// Restaurant and bookings files as a command's input.
enum InputFiles {
  /// - Throws: ``CommandProblem`` with every problem of every file, one a line.
  static func restaurants(_ paths: [String]) throws(CommandProblem) -> [RestaurantID: Restaurant] {
    var restaurants: [RestaurantID: Restaurant] = [:]
    var lines: [String] = []
    for path in paths {
      do throws(InputProblems) {
        let restaurant = try RestaurantFile.decode(try read(path), source: path)
        if restaurants.updateValue(restaurant, forKey: restaurant.id) != nil {
          let place = "\(ShownText.escaped(path)): /id"
          lines.append("\(place): \"\(restaurant.id)\" is in another file too; allowed: one file each")
        }
      } catch { lines += error.description.split(separator: "\n").map(String.init) }
    }
    guard lines.isEmpty else { throw CommandProblem(lines: lines) }
    return restaurants
  }

  /// - Throws: ``CommandProblem`` with every problem of the file, one a line.
  static func bookings(
    _ path: String, restaurants: [RestaurantID: Restaurant]
  ) throws(CommandProblem) -> [BookingRow] {
    let bytes = try InputFile.read(path)
    do throws(InputProblems) {
      return try BookingsFile.decode(bytes, source: path, restaurants: restaurants)
    } catch { throw CommandProblem(lines: error.description.split(separator: "\n").map(String.init)) }
  }

  /// A file that cannot be read is a problem like any other.
  private static func read(_ path: String) throws(InputProblems) -> [UInt8] {
    do throws(CommandProblem) { return try InputFile.read(path) } catch {
      throw InputProblems(
        InputProblem(source: path, place: "file", message: error.description, allowed: "a file that can be read"))
    }
  }
}
