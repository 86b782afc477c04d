public import Client
internal import LedgerKit
internal import Market
internal import Operations
public import Sandbox

/// Why a provider cannot work.
public enum ProviderError: Error, Sendable {
  /// The relay or its ledger said no.
  case relay(ClientError)
  /// Jobs cannot run on this machine.
  case sandbox(ExecutorError)
  /// The provider's own folder cannot be used.
  case folder(path: String, detail: String)
}

extension ProviderError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .relay(let error): error.description
    case .sandbox(let error): error.description
    case .folder(let path, let detail): "the provider's folder cannot be used: \(path): \(detail)"
    }
  }
}

extension ProviderError {
  /// Why the relay refused what was sent; `nil` for every other error.
  var refusal: String? {
    guard case .relay(.problem(let problem)) = self else { return nil }
    return problem.detail
  }

  /// Whether the market refused for `reason`.
  func isRejection(for reason: Market.Reason) -> Bool {
    guard case .relay(.rejected(let rejection)) = self else { return false }
    return rejection.module == Market.name && rejection.code == reason.rawValue
  }
}
