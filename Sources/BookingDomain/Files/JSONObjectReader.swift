/// Reads the members of one JSON object and reports what is wrong with them.
///
/// A member that is missing, null or wrong reads as nil or as its default, so that reading goes on and finds the other
/// problems too; whoever began the reading refuses the result if any were reported.
public struct JSONObjectReader {
  /// JSON pointer of the object; empty for the whole text.
  public let pointer: String
  public let problems: ProblemCollector
  private let members: [String: JSONTree]

  /// - Parameter keys: the known keys; any other is reported with a suggestion, as is a key that occurs twice.
  /// - Returns: nil, with a problem, if the value is no object.
  public init?(_ tree: JSONTree, at pointer: String, keys: [String], problems: ProblemCollector) {
    guard case .object(let list) = tree.value else {
      let place = pointer.isEmpty ? tree.position.description : pointer
      problems.add(place, value: tree.excerpt, "is no object", allowed: "an object with \(Self.listed(keys))")
      return nil
    }
    self.pointer = pointer
    self.problems = problems
    var members: [String: JSONTree] = [:]
    for member in list {
      if !keys.contains(member.key) {
        problems.add(
          Self.join(pointer, member.key), "is an unknown key", allowed: Self.listed(keys),
          suggestion: Spelling.closest(to: member.key, in: keys))
      } else if members.updateValue(member.value, forKey: member.key) != nil {
        problems.add(
          Self.join(pointer, member.key), "occurs a second time at \(member.keyPosition)", allowed: "each key once")
      }
    }
    self.members = members
  }

  /// JSON pointer of a member.
  public func place(_ key: String) -> String { Self.join(pointer, key) }

  /// Whether a member is there and not null.
  public func has(_ key: String) -> Bool { self[key] != nil }

  /// A member's value; nil if it is missing or null.
  public subscript(key: String) -> JSONTree? {
    guard let tree = members[key], tree.value != .null else { return nil }
    return tree
  }

  /// A member's value; its absence is a problem.
  public func required(_ key: String, allowed: String) -> JSONTree? {
    if let tree = self[key] { return tree }
    problems.add(place(key), "is missing", allowed: allowed)
    return nil
  }

  /// Reports a member's value.
  public func report(_ key: String, _ message: String, allowed: String, suggestion: String? = nil) {
    problems.add(place(key), value: self[key]?.excerpt, message, allowed: allowed, suggestion: suggestion)
  }

  static func join(_ pointer: String, _ key: String) -> String {
    var escaped = ""
    for scalar in key.unicodeScalars.prefix(ValueExcerpt.limit) {
      switch scalar {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return pointer + "/" + ValueExcerpt.escaped(escaped)
  }

  private static func listed(_ keys: [String]) -> String { keys.joined(separator: ", ") }
}
