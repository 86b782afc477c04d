public import Encoding

/// A problem (RFC 9457): the body of every error, with the media type `application/problem+json`.
public struct Problem: Record {
  public static let schema = Schema(
    "Problem", "What went wrong (RFC 9457).", Problem.init,
    Field(1, "type", \.type, "`about:blank`, or the reference page of the rejection."),
    Field(2, "title", \.title, "The kind of problem, in words."),
    Field(3, "status", \.status, "The HTTP status."),
    Field(4, "detail", \.detail, "What was wrong, where, and what would be right."),
    Field(5, "module", \.module, "Module that rejected, when the ledger or the node did."),
    Field(6, "code", \.code, "Frozen number of the rejection."),
    Field(7, "reason", \.reason, "Name of the rejection."))

  public let type: String
  public let title: String
  public let status: UInt32
  public let detail: String
  public let module: String?
  public let code: UInt32?
  public let reason: String?

  public init(
    type: String = "about:blank", title: String, status: UInt32, detail: String, module: String? = nil,
    code: UInt32? = nil, reason: String? = nil
  ) {
    self.type = type
    self.title = title
    self.status = status
    self.detail = detail
    self.module = module
    self.code = code
    self.reason = reason
  }
}
