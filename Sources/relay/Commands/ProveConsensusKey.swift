internal import ArgumentParser
internal import Client
internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Operations
internal import Staking

extension Keys {
  /// `relay keys consensus`
  struct ProveConsensusKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "consensus",
      abstract: "Sign, with the key of a CometBFT, that an account operates its validator, as register-validator asks.",
      discussion: """
        EXAMPLE
          relay tx staking register-validator --from alice --name mine --self-bond 1000cptm \\
            $(relay keys consensus comet/config/priv_validator_key.json --account alice)
        """)
    @Argument(help: "CometBFT's priv_validator_key.json.") var file: String
    @Option(help: "Account that is to operate the validator, by address or key name.") var account: String
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let key = try EngineKey(at: file)
      let registration = RegisterValidator(
        of: try options.address(account), on: try await options.network().chain, with: try key.privateKey, name: "",
        commissionBasisPoints: 0, maximumDailyChangeBasisPoints: 0, selfBond: .zero)
      Output.show(
        ["consensusKey": key.publicKey.json, "proof": registration.proof.json], asJSON: options.json,
        "--consensus-key \(key.publicKey) --proof \(registration.proof)")
    }
  }
}
