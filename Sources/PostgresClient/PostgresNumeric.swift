/// A numeric as decimal text.
///
/// Its binary form: count of digits in base 10,000, the weight of the first one, sign, places behind the point, digits.
struct PostgresNumeric: CustomStringConvertible {
  let description: String

  init(_ bytes: UnsafeRawBufferPointer) {
    var reader = BinaryReader(bytes)
    let count = reader.next(Int16.self)
    let weight = Int(reader.next(Int16.self))
    let sign = reader.next(UInt16.self)
    let places = Int(reader.next(Int16.self))
    let digits = (0..<max(count, 0)).map { _ in reader.next(Int16.self) }
    switch sign {
    case 0x0000: description = Self.decimal(digits, weight: weight, places: places)
    case 0x4000: description = "-" + Self.decimal(digits, weight: weight, places: places)
    case 0xD000: description = "Infinity"
    case 0xF000: description = "-Infinity"
    default: description = "NaN"
    }
  }

  private static func decimal(_ digits: [Int16], weight: Int, places: Int) -> String {
    func group(_ position: Int) -> String {
      let digit = digits.indices.contains(position) ? String(digits[position]) : "0"
      return String(repeating: "0", count: 4 - digit.count) + digit
    }
    let whole = (0..<max(weight + 1, 0)).map(group).joined().drop { $0 == "0" }
    let fraction = (0..<(places + 3) / 4).map { group(weight + 1 + $0) }.joined().prefix(places)
    return (whole.isEmpty ? "0" : whole) + (places > 0 ? ".\(fraction)" : "")
  }
}
