import BookingDomain

extension InputProblems {
  /// Whether they are about what a JSON text says, and not about its being none: then they have JSON pointers.
  ///
  /// By the byte: as a character, the slash may be one with what follows it.
  var isOfJSON: Bool {
    guard let place = problems.first?.place else { return false }
    return place.isEmpty || place.utf8.first == UInt8(ascii: "/")
  }
}
