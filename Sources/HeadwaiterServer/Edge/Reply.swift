import AssignmentStore
import Foundation
import Hummingbird

/// An answer before it goes out; plain data, so that it can be kept and replayed.
struct Reply: Sendable {
  var status: Int
  var headers: HTTPFields
  var body: Content

  enum Content: Sendable {
    case nothing
    case bytes(ByteBuffer)
    /// Written as it comes; never kept.
    case stream(ResponseBody)
  }

  init(status: Int, headers: HTTPFields = HTTPFields(), body: Content = .nothing) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  static let noContent = Reply(status: 204)

  /// A JSON answer.
  static func json(_ body: some Encodable, status: Int = 200, tag: Int? = nil) throws -> Reply {
    var headers = HTTPFields()
    headers[.contentType] = "application/json"
    if let tag { headers[.eTag] = EntityTag.text(tag) }
    return Reply(status: status, headers: headers, body: .bytes(ByteBuffer(bytes: try WireJSON.encode(body))))
  }

  /// An answer whose bytes are there already.
  static func bytes(_ bytes: [UInt8], contentType: String, tag: String? = nil) -> Reply {
    var headers = HTTPFields()
    headers[.contentType] = contentType
    if let tag { headers[.eTag] = tag }
    return Reply(status: 200, headers: headers, body: .bytes(ByteBuffer(bytes: bytes)))
  }

  var response: Response {
    let status = HTTPResponse.Status(code: self.status)
    var headers = headers
    switch body {
    case .nothing:
      if self.status != 204, self.status != 304 { headers[.contentLength] = "0" }
      return Response(status: status, headers: headers, body: ResponseBody())
    case .bytes(let buffer):
      headers[.contentLength] = String(buffer.readableBytes)
      return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: buffer))
    case .stream(let body): return Response(status: status, headers: headers, body: body)
    }
  }
}

extension Reply {
  /// Headers that a replay repeats.
  private static let keptHeaders: [FieldName] = [.contentType, .eTag, .location, .retryAfter]

  /// What is kept for replays; nil for a stream.
  var stored: StoredResponse? {
    var kept: [String: String] = [:]
    for name in Self.keptHeaders { kept[name.canonicalName] = headers[name] }
    switch body {
    case .nothing: return StoredResponse(status: status, headers: kept, body: [])
    case .bytes(let buffer): return StoredResponse(status: status, headers: kept, body: Array(buffer.readableBytesView))
    case .stream: return nil
    }
  }

  init(_ stored: StoredResponse) {
    var headers = HTTPFields()
    for (name, value) in stored.headers {
      if let name = FieldName(name) { headers[name] = value }
    }
    let body: Content = stored.body.isEmpty ? .nothing : .bytes(ByteBuffer(bytes: stored.body))
    self.init(status: stored.status, headers: headers, body: body)
  }

  /// Marked as given before.
  var replayed: Reply {
    var reply = self
    reply.headers[FieldName.idempotencyReplayed] = "true"
    return reply
  }
}

/// The library exports the fields' collection, but not their own type.
typealias FieldName = HTTPFields.Element.Name

extension FieldName {
  static let idempotencyKey = FieldName("Idempotency-Key")!
  static let idempotencyReplayed = FieldName("Idempotency-Replayed")!
  static let lastEventID = FieldName("Last-Event-ID")!
  static let apiKey = FieldName("X-API-Key")!
  static let prefer = FieldName("Prefer")!
  static let preferenceApplied = FieldName("Preference-Applied")!
}

/// The one encoder and decoder; configured once, because that is what costs.
enum WireJSON {
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    return encoder
  }()
  private static let decoder = JSONDecoder()

  static func encode(_ value: some Encodable) throws -> Data { try encoder.encode(value) }

  static func decode<Value: Decodable>(_: Value.Type, from text: String) throws -> Value {
    try decoder.decode(Value.self, from: Data(text.utf8))
  }
}
