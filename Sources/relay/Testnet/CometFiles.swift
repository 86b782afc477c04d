internal import Cryptography
internal import Encoding
internal import LedgerKit

/// CometBFT's part of a genesis document: the ledger's own is its `app_state`, which names the validators.
struct CometGenesis {
  private static let evidenceAgeNanoseconds = "172800000000000"
  let genesis: Genesis

  var json: JSON {
    [
      "genesis_time": .string(genesis.time.readable), "chain_id": .string(genesis.chain), "initial_height": "1",
      "consensus_params": parameters, "validators": [], "app_hash": "", "app_state": genesis.json
    ]
  }

  /// What the ledger does not decide itself when the chain begins.
  private var parameters: JSON {
    [
      "block": ["max_bytes": .string("\(genesis.parameters.maximumBlockBytes)"), "max_gas": "-1"],
      "evidence": [
        "max_age_num_blocks": "100000", "max_age_duration": .string(Self.evidenceAgeNanoseconds),
        "max_bytes": "1048576"
      ],
      "validator": ["pub_key_types": ["ed25519"]], "version": ["app": "0"],
      "abci": ["vote_extensions_enable_height": "0"]
    ]
  }
}

/// CometBFT's `config.toml`, with only what differs from its defaults.
struct CometConfiguration {
  let name: String
  let addresses: ValidatorAddresses
  /// The other validators: `ID@HOST:PORT`.
  let peers: [String]

  var text: String {
    """
    # Written by relay testnet. What is not here has CometBFT's default.
    proxy_app = "\(addresses.abci)"
    moniker = "\(name)"

    [rpc]
    laddr = "\(addresses.rpc)"

    [p2p]
    laddr = "\(addresses.peering)"
    persistent_peers = "\(peers.joined(separator: ","))"
    # Validators with private addresses, several of them on one.
    addr_book_strict = false
    allow_duplicate_ip = true

    [mempool]
    size = 50000
    cache_size = 100000

    [consensus]
    timeout_commit = "1s"

    [tx_index]
    # The relay has an index of its own.
    indexer = "null"

    [instrumentation]
    # At 127.0.0.1:26660, of which there is one on each machine.
    prometheus = false

    """
  }
}
