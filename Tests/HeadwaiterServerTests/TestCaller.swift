import Foundation
import Hummingbird
import HummingbirdTesting

/// Sends requests and reads answers as JSON.
struct TestCaller: Sendable {
  let client: any TestClientProtocol
  var key: String?

  /// The same, with an API key.
  func with(_ key: String?) -> TestCaller { TestCaller(client: client, key: key) }

  func send(
    _ method: HTTPRequest.Method, _ path: String, json: [String: Any]? = nil, text: String? = nil,
    headers: [String: String] = [:]
  ) async throws -> Answer {
    var fields = HTTPFields()
    for (name, value) in headers {
      if let name = HTTPFields.Element.Name(name) { fields[name] = value }
    }
    if let key { fields[.authorization] = "Bearer \(key)" }
    var body: ByteBuffer?
    if let json { body = ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: json)) }
    if let text { body = ByteBuffer(string: text) }
    if body != nil, fields[.contentType] == nil { fields[.contentType] = "application/json" }
    let response = try await client.execute(uri: path, method: method, headers: fields, body: body)
    return Answer(
      status: response.status.code, headers: response.headers, text: String(buffer: response.body))
  }

  func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
    try await send(.get, path, headers: headers)
  }

  func post(
    _ path: String, _ json: [String: Any]? = nil, headers: [String: String] = [:]
  ) async throws -> Answer {
    try await send(.post, path, json: json, headers: headers)
  }

  /// A booking that the pipeline has decided, however slow the machine or the sanitizer that watches.
  func book(_ members: KeyValuePairs<String, Any> = [:]) async throws -> Answer {
    var body = ServerHarness.newBooking(members)
    if body["wait_seconds"] == nil { body["wait_seconds"] = 30 }
    return try await post("/v1/bookings", body)
  }
}

/// What came back.
struct Answer: Sendable {
  let status: Int
  let headers: HTTPFields
  let text: String

  /// A member by its path, for example `booking.tables`.
  func value(_ path: String) -> Any? {
    var value = try? JSONSerialization.jsonObject(with: Data(text.utf8))
    for part in path.split(separator: ".") {
      if let index = Int(part) {
        let list = value as? [Any] ?? []
        value = list.indices.contains(index) ? list[index] : nil
      } else {
        value = (value as? [String: Any])?[String(part)]
      }
    }
    return value
  }

  func string(_ path: String) -> String? { value(path) as? String }
  func int(_ path: String) -> Int? { (value(path) as? NSNumber)?.intValue }
  func list(_ path: String) -> [Any] { value(path) as? [Any] ?? [] }
  func header(_ name: String) -> String? { HTTPFields.Element.Name(name).flatMap { headers[$0] } }
}
