public import Encoding

/// One HTTP route: what it takes and every answer it may give. Dispatch and the OpenAPI document are both made from it.
public struct Endpoint: Sendable {
  public enum Method: String, Sendable { case get = "GET", head = "HEAD", post = "POST" }

  /// A value in the path, the query or a header.
  public struct Parameter: Sendable {
    public enum Place: String, Sendable { case path, query, header }
    public let place: Place
    public let name: String
    public let doc: String
    public let shape: Shape
    public let isRequired: Bool

    public init(_ place: Place, _ name: String, _ shape: Shape, _ doc: String, isRequired: Bool = false) {
      self.place = place
      self.name = name
      self.shape = shape
      self.doc = doc
      self.isRequired = isRequired || place == .path
    }

    init(_ part: Shape.Structure.Part) {
      self.init(.query, part.name, part.shape, part.doc, isRequired: part.isRequired)
    }
  }

  /// Bytes in a request or an answer: in which media types, and of what shape when they are JSON.
  public struct Content: Sendable {
    public let mediaTypes: [String]
    public let shape: Shape?

    public init(_ mediaTypes: [String], _ shape: Shape? = nil) {
      self.mediaTypes = mediaTypes
      self.shape = shape
    }

    public static func json(_ shape: Shape) -> Content { Content([MediaType.json], shape) }
  }

  /// One status with what it means.
  public struct Answer: Sendable {
    public let status: UInt32
    public let doc: String
    /// What comes with it; `nil` for nothing.
    public let content: Content?

    public init(_ status: UInt32, _ doc: String, _ content: Content? = nil) {
      self.status = status
      self.doc = doc
      self.content = content
    }

    public static func problem(_ status: UInt32, _ doc: String) -> Answer {
      Answer(status, doc, Content([MediaType.problem], Problem.shape))
    }
  }

  /// The operationId.
  public let id: String
  public let method: Method
  /// Path with parameters in braces: `/v1/blocks/{height}`.
  public let path: String
  public let tag: String
  public let doc: String
  public let parameters: [Parameter]
  public let body: Content?
  public let answers: [Answer]
  /// Reasons for which it refuses, or for which what it prepares may be rejected.
  public let refusals: [Refusal]
  /// The transaction or query behind it; `nil` for a route that is the same on every chain.
  public let operation: NamedOperation?
}

/// The media types that the surface speaks.
public enum MediaType {
  public static let json = "application/json"
  public static let problem = "application/problem+json"
  public static let protobuf = ["application/protobuf", "application/x-protobuf"]
  public static let bytes = "application/octet-stream"
  public static let events = "text/event-stream"
  public static let metrics = "text/plain"
  /// Any type at all.
  public static let any = "*/*"
}
