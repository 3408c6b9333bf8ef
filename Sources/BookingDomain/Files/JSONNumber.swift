/// What a number's literal in JSON amounts to.
enum JSONNumber {
  enum Whole: Equatable {
    case whole(Int)
    /// Whole, but beyond 18 digits.
    case tooLarge
    case fraction
  }

  /// Reads a literal exactly: `2.0` and `1e2` are whole, `2.5` and `1e-1` are not. Never overflows, whatever its length.
  static func whole(_ literal: String) -> Whole {
    let unsigned = literal.drop(while: { $0 == "-" })
    let parts = unsigned.split(whereSeparator: { $0 == "e" || $0 == "E" })
    let mantissa = parts.first?.split(separator: ".", omittingEmptySubsequences: false) ?? []
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    var digits = Array(((mantissa.first ?? "") + fraction).utf8.drop(while: { $0 == 48 }))
    guard !digits.isEmpty else { return .whole(0) }
    var zeros = exponent(parts.count > 1 ? parts[1] : "0") - fraction.utf8.count
    while digits.last == 48 {
      digits.removeLast()
      zeros += 1
    }
    guard zeros >= 0 else { return .fraction }
    guard digits.count + zeros <= 18, let number = DigitParser.number(digits + Array(repeating: 48, count: zeros))
    else { return .tooLarge }
    return .whole(literal.hasPrefix("-") ? -number : number)
  }

  /// The exponent, held within a billion either way, which is far beyond any use and safe to add to.
  private static func exponent(_ text: Substring) -> Int {
    let digits = text.drop(while: { $0 == "+" || $0 == "-" }).utf8.drop(while: { $0 == 48 })
    let size = digits.count > 9 ? 1_000_000_000 : DigitParser.number(Array(digits)) ?? 0
    return text.hasPrefix("-") ? -size : size
  }
}
