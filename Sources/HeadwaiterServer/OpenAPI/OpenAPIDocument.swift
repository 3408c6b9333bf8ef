import Hummingbird
import Resilience

/// The API's own description (OpenAPI 3.1), made from the table of endpoints and the schemas.
struct OpenAPIDocument: Sendable {
  let bytes: [UInt8]
  /// Strong entity tag.
  let tag: String

  init(version: String) {
    bytes = Self.value(version: version).bytes
    tag = "\"\(Digest.hex(of: bytes).prefix(16))\""
  }

  private static let made = Locked<[String: OpenAPIDocument]>([:])

  /// The document of a version, made once.
  static func published(version: String) -> OpenAPIDocument {
    made.withLock { made in
      if let document = made[version] { return document }
      let document = OpenAPIDocument(version: version)
      made[version] = document
      return document
    }
  }

  static func value(version: String) -> JSONValue {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "Headwaiter", "version": .string(version),
        "description": "Gives every restaurant booking its table. Errors are problem details (RFC 9457).",
        "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
      ],
      "servers": [["url": "/"]], "security": [["bearer": []], ["key": []], [:]], "paths": paths,
      "components": [
        "securitySchemes": [
          "bearer": ["type": "http", "scheme": "bearer"],
          "key": ["type": "apiKey", "in": "header", "name": "X-API-Key"],
        ],
        "schemas": .object(Schemas.all.map { JSONValue.Member(key: $0.name, value: $0.schema) }),
      ],
    ]
  }

  private static var paths: JSONValue {
    var order: [String] = []
    var members: [String: [JSONValue.Member]] = [:]
    for endpoint in EndpointTable.documented {
      if members[endpoint.path] == nil { order.append(endpoint.path) }
      let operation = JSONValue.Member(
        key: endpoint.method.rawValue.lowercased(), value: OperationDescription(endpoint: endpoint).value)
      members[endpoint.path, default: []].append(operation)
    }
    return .object(order.map { JSONValue.Member(key: $0, value: .object(members[$0] ?? [])) })
  }
}
