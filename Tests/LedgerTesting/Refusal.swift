internal import LedgerKit

/// One row of a table of rejections: what is attempted, and the reason that it must be refused for.
public struct Refusal<Setting: Sendable>: Sendable, CustomStringConvertible {
  /// `module.reason`
  public let reason: String
  private let attempt: @Sendable (inout Setting) throws -> Void

  public init(_ reason: String, _ attempt: @escaping @Sendable (inout Setting) throws -> Void) {
    self.reason = reason
    self.attempt = attempt
  }

  /// The reason that the attempt is really refused for.
  public func outcome(in setting: Setting) -> String {
    var setting = setting
    do { try attempt(&setting) } catch { return (error as? Rejection)?.name ?? "\(error)" }
    return "accepted"
  }

  public var description: String { reason }
}
