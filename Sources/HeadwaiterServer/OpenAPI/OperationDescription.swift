import BookingDomain
import Hummingbird

/// One operation of the API's document.
struct OperationDescription {
  let endpoint: Endpoint

  var value: JSONValue {
    var members: [JSONValue.Member] = [
      .init(key: "operationId", value: .string(endpoint.operation.rawValue)),
      .init(key: "summary", value: .string(endpoint.summary)),
      .init(key: "tags", value: [.string(tag)]),
    ]
    if !parameters.isEmpty { members.append(.init(key: "parameters", value: .array(parameters))) }
    if let request = endpoint.request {
      members.append(.init(key: "requestBody", value: body(request)))
    }
    members.append(.init(key: "responses", value: responses))
    return .object(members)
  }

  /// The first part of the path after the version.
  private var tag: String { String(endpoint.path.split(separator: "/").dropFirst().first ?? "") }

  private func body(_ schema: String) -> JSONValue {
    [
      "required": .bool(!endpoint.bodyIsOptional), "content": ["application/json": ["schema": .ref(schema)]],
    ]
  }

  private var parameters: [JSONValue] {
    let inPath = endpoint.pathParameters.map {
      parameter($0, "path", Self.schema(ofPathParameter: $0), isRequired: true)
    }
    let inQuery = endpoint.query.map {
      parameter($0.name, "query", $0.schema, isRequired: $0.isRequired, description: $0.description)
    }
    return inPath + inQuery + headers
  }

  private static func schema(ofPathParameter name: String) -> JSONValue {
    switch name {
    case "breaker": .breaker
    case "flag": .choice(FlagName.settable.map(\.rawValue))
    default: .identifier
    }
  }

  private var headers: [JSONValue] {
    var list: [JSONValue] = []
    if endpoint.method == .post {
      list.append(
        parameter(
          "Idempotency-Key", "header", .pattern("^[!-~]{1,255}$"),
          description: "The same key with the same request acts once; kept for 24 hours."))
    }
    // What does not follow the standard's grammar is ignored, so that any text is allowed.
    list.append(
      parameter(
        "traceparent", "header", .string,
        description: "Where the request is in a trace (W3C Trace Context); a booking that it makes is of that trace."))
    if endpoint.isGuarded {
      list.append(
        parameter(
          "If-Match", "header", ["anyOf": [["const": "*"], .pattern("^\"[!#-~]{0,64}\"$")]],
          description: "The ETag that was read; the change is refused with 412 if it is no longer the present one."))
    }
    return list
  }

  private func parameter(
    _ name: String, _ place: String, _ schema: JSONValue, isRequired: Bool = false, description: String? = nil
  ) -> JSONValue {
    let base: JSONValue = [
      "name": .string(name), "in": .string(place), "required": .bool(isRequired), "schema": schema,
    ]
    return description.map { base.adding(["description": .string($0)]) } ?? base
  }

  private var responses: JSONValue {
    let statuses = Set(endpoint.success.map(\.status)).sorted()
    var members = statuses.map { status in
      JSONValue.Member(key: "\(status)", value: good(endpoint.success.filter { $0.status == status }))
    }
    if endpoint.isTagged {
      members.append(.init(key: "304", value: ["description": "Not modified."]))
    }
    members += endpoint.commonProblems.map { JSONValue.Member(key: "\($0)", value: Self.problem($0)) }
    return .object(members)
  }

  /// One status may have several forms: a page or a stream.
  private func good(_ answers: [Endpoint.Success]) -> JSONValue {
    let content = answers.compactMap { answer -> JSONValue.Member? in
      if let schema = answer.schema {
        return .init(key: answer.contentType, value: ["schema": .ref(schema)])
      }
      return answer.status == 204 ? nil : .init(key: answer.contentType, value: ["schema": .string])
    }
    let base: JSONValue = ["description": .string(answers.map(\.description).joined(separator: " Or: "))]
    let described = content.isEmpty ? base : base.adding(["content": .object(content)])
    let linked = links.isEmpty ? described : described.adding(["links": .object(links)])
    return linked.adding(["headers": hasHeaders ? Self.trace.adding(Self.tag) : Self.trace])
  }

  /// What can be done with what was made: the operations whose path takes its id.
  private var links: [JSONValue.Member] {
    let made = ["Booking": "booking_id", "Hold": "hold_id", "Block": "block_id"]
    guard let answer = endpoint.success.first(where: { $0.status == 201 }), let schema = answer.schema,
      let parameter = made[schema]
    else { return [] }
    return EndpointTable.documented.filter { $0.pathParameters.contains(parameter) }.map { target in
      let sources = target.pathParameters.map { name in
        let source = name == parameter ? "$response.body#/id" : "$response.body#/\(name)"
        return JSONValue.Member(key: name, value: .string(source))
      }
      let link: JSONValue = ["operationId": .string(target.operation.rawValue), "parameters": .object(sources)]
      return JSONValue.Member(key: target.operation.rawValue, value: link)
    }
  }

  private var hasHeaders: Bool { endpoint.isTagged || endpoint.isGuarded || endpoint.operation == .createBooking }

  private static let trace: JSONValue = [
    "traceparent": ["description": "The trace and the span that the request was answered in.", "schema": .string]
  ]
  private static let tag: JSONValue = ["ETag": ["description": "The present version.", "schema": .string]]

  private static func problem(_ status: Int) -> JSONValue {
    [
      "description": .string(titles[status] ?? "A problem."),
      "content": ["application/problem+json": ["schema": .ref("Problem")]],
    ]
  }

  private static let titles: [Int: String] = [
    400: "The request cannot be read.", 401: "An API key is needed.", 403: "Not for this role.",
    404: "There is no such thing, or the caller may not see it.", 409: "The present state does not allow it.",
    412: "It has changed since it was read.", 413: "The body is too large.", 415: "The body is not JSON.",
    422: "A field, or the house, refuses it.", 429: "Too many at once.", 503: "Storage cannot be reached.",
  ]
}
