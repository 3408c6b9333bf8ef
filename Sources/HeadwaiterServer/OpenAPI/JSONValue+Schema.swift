/// The building stones of the schemas (JSON Schema 2020-12, as OpenAPI 3.1 takes it).
extension JSONValue {
  static func ref(_ name: String) -> JSONValue { ["$ref": "#/components/schemas/\(name)"] }

  static func integer(_ range: ClosedRange<Int>) -> JSONValue {
    ["type": "integer", "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound)]
  }

  static func number(_ range: ClosedRange<Double>) -> JSONValue {
    ["type": "number", "minimum": .double(range.lowerBound), "maximum": .double(range.upperBound)]
  }

  /// A whole number of an answer.
  static let count: JSONValue = ["type": "integer"]
  static let flag: JSONValue = ["type": "boolean"]
  static let string: JSONValue = ["type": "string"]

  /// A text of an answer, or of a request that takes no control characters and no space at its ends.
  static func text(_ length: ClosedRange<Int>) -> JSONValue {
    let inner = "[^\\u0000-\\u001f\\u007f-\\u009f]"
    let outer = "[^\\u0000-\\u0020\\u007f-\\u009f]"
    let whole = "\(outer)(\(inner){0,\(max(length.upperBound - 2, 0))}\(outer))?"
    return [
      "type": "string", "minLength": .int(length.lowerBound), "maxLength": .int(length.upperBound),
      "pattern": .string(length.lowerBound == 0 ? "^(\(whole))?$" : "^\(whole)$"),
    ]
  }

  static func pattern(_ pattern: String) -> JSONValue { ["type": "string", "pattern": .string(pattern)] }

  static func choice(_ values: [String]) -> JSONValue {
    ["type": "string", "enum": .array(values.map(JSONValue.string))]
  }

  static func choice<Choice: CaseIterable & RawRepresentable<String>>(_: Choice.Type) -> JSONValue {
    choice(Choice.allCases.map(\.rawValue))
  }

  static func list(of element: JSONValue, _ count: ClosedRange<Int>, distinct: Bool = false) -> JSONValue {
    let base: JSONValue = [
      "type": "array", "items": element, "minItems": .int(count.lowerBound), "maxItems": .int(count.upperBound),
    ]
    return distinct ? base.adding(["uniqueItems": true]) : base
  }

  static func list(of element: JSONValue) -> JSONValue { ["type": "array", "items": element] }

  /// The schema, or null.
  static func optional(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }

  /// An object that has no other members.
  static func object(_ required: KeyValuePairs<String, JSONValue>, optional: KeyValuePairs<String, JSONValue> = [:])
    -> JSONValue
  {
    let members = (Array(required) + Array(optional)).map { Member(key: $0.key, value: $0.value) }
    let names = required.map { JSONValue.string($0.key) }
    let base: JSONValue = ["type": "object", "additionalProperties": false, "properties": .object(members)]
    return names.isEmpty ? base : base.adding(["required": .array(names)])
  }

  /// Like ``object(_:optional:)``, of a request, whose optional members may also be null.
  static func request(_ required: KeyValuePairs<String, JSONValue>, optional: KeyValuePairs<String, JSONValue> = [:])
    -> JSONValue
  {
    let members =
      required.map { Member(key: $0.key, value: $0.value) }
      + optional.map { Member(key: $0.key, value: .optional($0.value)) }
    let names = required.map { JSONValue.string($0.key) }
    let base: JSONValue = ["type": "object", "additionalProperties": false, "properties": .object(members)]
    return names.isEmpty ? base : base.adding(["required": .array(names)])
  }
}

/// Texts of a fixed form.
extension JSONValue {
  static let identifier = pattern("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
  static let breaker = pattern("^(storage|(engine|notifier):[A-Za-z0-9][A-Za-z0-9._-]{0,63})$")
  static let commaList = pattern("^[a-z0-9_-]{1,64}(,[a-z0-9_-]{1,64}){0,19}$")
  static let date: JSONValue = ["type": "string", "format": "date", "pattern": .string("^\(DatePattern.date)$")]
  static let time: JSONValue = [
    "type": "string", "format": "date-time",
    "pattern": .string("^\(DatePattern.date)T\(DatePattern.time)\(DatePattern.offset)$"),
  ]
  static let wallTime = pattern("^([01][0-9]|2[0-3]):[0-5][0-9]$")
  static let wallEnd = pattern("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")
}

/// Dates that exist, from 1970 to 2199, as a regular expression.
enum DatePattern {
  private static let leapYears =
    "(19(7[26]|8[048]|9[26])|20(0[048]|[2468][048]|[13579][26])|21(0[48]|[2468][048]|[13579][26]))"
  private static let year = "(19[789][0-9]|2[01][0-9][0-9])"
  private static let day =
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"

  static let date = "(\(year)-\(day)|\(leapYears)-02-29)"
  static let time = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?"
  static let offset = "(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
}
