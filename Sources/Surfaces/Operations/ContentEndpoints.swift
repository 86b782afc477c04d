internal import Cryptography
internal import Encoding

extension Endpoint {
  /// Routes for the blobs beside the ledger.
  static let ofContent: [Endpoint] = [
    Endpoint(
      "storeContent", .post, "/v1/content", tag: "content", "Stores a blob under its SHA-256, for a time.",
      parameters: [
        Parameter(
          .header, "Content-Digest",
          .scalar(
            Shape.Scalar(
              proto: "string", format: "digest", pattern: "^sha-256=:[A-Za-z0-9+/]{43}=:$",
              example: "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:")),
          "What the SHA-256 must be (RFC 9530).")
      ],
      body: Content([MediaType.any]),
      success: [Answer(201, "It is stored, on disk.", .json(StoredContent.shape))],
      problems: [.problem(507, "The store has no room until something expires.")]),
    reading("readContent", .get, Content([MediaType.bytes])),
    reading("statContent", .head, nil)
  ]

  private static func reading(_ id: String, _ method: Method, _ content: Content?) -> Endpoint {
    Endpoint(
      id, method, "/v1/content/{digest}", tag: "content",
      method == .get ? "The bytes of a blob." : "Size and presence of a blob.",
      parameters: [
        Parameter(.path, "digest", Digest.shape, "SHA-256 of the blob."),
        Parameter(.header, "If-None-Match", String.shape, "ETags that the client has.")
      ],
      success: [Answer(200, "The blob.", content), Answer(304, "The client has it.")],
      problems: [.problem(404, "The blob was never stored, or has expired.")])
  }
}
