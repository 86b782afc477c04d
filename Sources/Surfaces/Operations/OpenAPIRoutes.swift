internal import Encoding

extension OpenAPI {
  /// The description of one route.
  func description(of endpoint: Endpoint) -> JSON {
    var members: [JSON.Member] = [
      .init("operationId", .string(endpoint.id)), .init("tags", [.string(endpoint.tag)]),
      .init("summary", .string(endpoint.doc)), .init("parameters", .array(endpoint.parameters.map(parameter)))
    ]
    if let body = endpoint.body {
      members.append(.init("requestBody", ["required": true, "content": content(body, withExample: true)]))
    }
    members.append(.init("responses", .object(endpoint.answers.map(answer))))
    if !endpoint.refusals.isEmpty {
      members.append(.init("x-rejections", .array(endpoint.refusals.map { .string($0.name) })))
    }
    return .object(members)
  }

  private func parameter(_ parameter: Endpoint.Parameter) -> JSON {
    let schema = parameter.shape.jsonSchema()
    let value: JSON.Member =
      parameter.shape.isText
      ? .init("schema", schema) : .init("content", .object([.init(MediaType.json, ["schema": schema])]))
    return .object([
      .init("name", .string(parameter.name)), .init("in", .string(parameter.place.rawValue)),
      .init("required", .boolean(parameter.isRequired)), .init("description", .string(parameter.doc)), value
    ])
  }

  private func answer(_ answer: Endpoint.Answer) -> JSON.Member {
    var members: [JSON.Member] = [.init("description", .string(answer.doc))]
    if let body = answer.content { members.append(.init("content", content(body, withExample: false))) }
    return .init(String(answer.status), .object(members))
  }

  private func content(_ content: Endpoint.Content, withExample: Bool) -> JSON {
    .object(
      content.mediaTypes.map { type in
        guard let shape = content.shape, type == MediaType.json || type == MediaType.problem else {
          return .init(type, [:])
        }
        var members: [JSON.Member] = [.init("schema", shape.jsonSchema())]
        if withExample { members.append(.init("example", shape.example(unions))) }
        return .init(type, .object(members))
      })
  }
}

extension Shape {
  /// Whether a parameter of the shape is plain text rather than JSON.
  fileprivate var isText: Bool {
    switch self {
    case .scalar, .enumeration: true
    case .optional(let shape): shape.isText
    case .list, .record, .variant, .union: false
    }
  }
}
