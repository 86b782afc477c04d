internal import ArgumentParser
internal import Client
internal import Encoding
internal import Foundation
internal import LedgerKit
internal import Operations

/// A command could not do what it was asked to: exit code 1.
struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The command line is wrong: exit code 64.
struct UsageError: Error, Equatable, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

extension Failure {
  /// Ends the program, after saying why; help that was asked for is no failure.
  static func exit(_ error: any Error, asJSON: Bool) -> Never {
    let code = code(of: error)
    guard code != .success else { Relay.exit(withError: error) }
    let text = asJSON ? problem(error).json.text() : "error: \(problem(error).description.printableLines)"
    FileHandle.standardError.write(Data("\(text)\n".utf8))
    Foundation.exit(code.rawValue)
  }

  private static func code(of error: any Error) -> ExitCode {
    switch error {
    case is UsageError: .validationFailure
    case is ClientError, is Failure, is KeyStoreError, is ReceiptError, is FieldError: .failure
    default: Relay.exitCode(for: error)
    }
  }

  static func problem(_ error: any Error) -> Problem {
    switch error {
    case ClientError.problem(let problem): problem
    case ClientError.rejected(let rejection):
      Problem(
        title: "Rejected", status: 422, detail: rejection.detail, module: rejection.module, code: rejection.code,
        reason: rejection.reason)
    case ClientError.unreachable: Problem(title: "No answer", status: 503, detail: "\(error)")
    case is UsageError: Problem(title: "Wrong usage", status: 400, detail: "\(error)")
    case is Failure, is ClientError, is KeyStoreError, is ReceiptError, is FieldError:
      Problem(title: "Failed", status: 422, detail: "\(error)")
    case _ where Relay.exitCode(for: error) == .validationFailure:
      Problem(title: "Wrong usage", status: 400, detail: Relay.message(for: error))
    default: Problem(title: "Failed", status: 422, detail: Relay.message(for: error))
    }
  }
}

extension Problem {
  /// What a person reads: the ledger's reason by name, or the detail alone.
  fileprivate var description: String {
    guard let module, let reason else { return detail }
    return "\(module).\(reason): \(detail)"
  }
}
