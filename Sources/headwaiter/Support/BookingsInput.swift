import BookingDomain

/// A bookings file as a command's input.
enum BookingsInput {
  /// - Throws: ``CommandProblem`` with every problem of the file, one a line.
  static func read(
    _ path: String, restaurants: [RestaurantID: Restaurant]
  ) throws(CommandProblem) -> [BookingRow] {
    let bytes = try InputFile.read(path)
    do throws(InputProblems) {
      return try BookingsFile.decode(bytes, source: path, restaurants: restaurants)
    } catch { throw CommandProblem(lines: error.description.split(separator: "\n").map(String.init)) }
  }
}
