// swift-tools-version: 6.2
import PackageDescription

/// Our own code is held to the strictest settings; a warning stops the build.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error)
]

/// The state machine is optimised in debug builds too, with every check left in: the simulation needs the speed.
let optimized: [String: [SwiftSetting]] = [
  "Core": [.unsafeFlags(["-O"], .when(configuration: .debug))],
  "Ledger": [.unsafeFlags(["-O"], .when(configuration: .debug))]
]

/// A library target of the layer `layer`.
func library(_ layer: String, _ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)",
    swiftSettings: strict + optimized[layer, default: []])
}

/// The tests of the target `name`.
func tests(_ name: String, _ dependencies: Target.Dependency..., resources: [Resource] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, path: "Tests/\(name)Tests",
    resources: resources, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let database = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
  name: "conductor-relay",
  products: [.executable(name: "relay-benchmarks", targets: ["benchmarks"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0")
  ],
  targets: [
    .testTarget(name: "ArchitectureTests", path: "Tests/ArchitectureTests", swiftSettings: strict),
    .systemLibrary(
      name: "CSodium", path: "Sources/Core/CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    library("Core", "Encoding"),
    tests("Encoding"),
    library("Core", "Cryptography", "Encoding", "CSodium", crypto),
    tests("Cryptography", "Encoding"),
    library("Core", "StateTree", "Encoding", "Cryptography"),
    tests("StateTree", "Encoding", "Cryptography", resources: [.copy("Vectors"), .copy("verify_ics23.py")]),
    library("Ledger", "LedgerKit", "Encoding", "Cryptography", "StateTree"),
    library("Ledger", "Money", "LedgerKit", "Encoding", "Cryptography", "StateTree"),
    library("Ledger", "Staking", "Money", "LedgerKit", "Encoding", "Cryptography", "StateTree"),
    library("Ledger", "Market", "Money", "LedgerKit", "Encoding", "Cryptography", "StateTree"),
    library("Ledger", "Upgrades", "LedgerKit", "Encoding", "Cryptography", "StateTree"),
    library("Ledger", "Chain", "Upgrades", "Market", "Staking", "Money", "LedgerKit", "Encoding"),
    .target(
      name: "LedgerTesting",
      dependencies: [
        "Chain", "Upgrades", "Market", "Staking", "Money", "LedgerKit", "Encoding", "Cryptography", "StateTree"
      ],
      path: "Tests/LedgerTesting", swiftSettings: strict),
    tests("LedgerKit", "LedgerTesting", "Money", "Encoding", "Cryptography", "StateTree"),
    tests("Money", "LedgerTesting", "LedgerKit", "Encoding", "Cryptography", "StateTree"),
    tests("Staking", "LedgerTesting", "Money", "LedgerKit", "Encoding", "Cryptography", "StateTree"),
    tests("Market", "LedgerTesting", "Money", "LedgerKit", "Encoding", "Cryptography", "StateTree"),
    tests("Upgrades", "LedgerTesting", "Chain", "Money", "LedgerKit", "Encoding", "Cryptography", "StateTree"),
    tests(
      "Chain", "LedgerTesting", "Upgrades", "Market", "Staking", "Money", "LedgerKit", "Encoding", "Cryptography",
      "StateTree"),
    .systemLibrary(
      name: "CRocksDB", path: "Sources/Node/CRocksDB", pkgConfig: "rocksdb", providers: [.apt(["librocksdb-dev"])]),
    library("Node", "Storage", "Encoding", "Cryptography", "CRocksDB"),
    library("Node", "ContentStore", "Encoding", "Cryptography", crypto),
    tests("Storage", "Cryptography"),
    tests("ContentStore", "Encoding", "Cryptography"),
    library("Node", "PrometheusMetrics", metrics),
    tests("PrometheusMetrics", metrics),
    library("Node", "Engine", "LedgerKit", "Cryptography", deque, heap),
    library("Node", "SoloEngine", "Engine", "LedgerKit", "Cryptography", logging, lifecycle, metrics),
    library(
      "Node", "CometEngine", "Engine", "LedgerKit", "StateTree", "Encoding", "Cryptography", deque, httpClient, logging,
      lifecycle, nioCore, nioHTTP1, nioPosix),
    tests(
      "CometEngine", "Engine", "LedgerKit", "StateTree", "Encoding", "Cryptography", logging, lifecycle, nioCore,
      nioPosix),
    library("Node", "Index", "LedgerKit", "Encoding", "Cryptography", database, logging),
    tests("Index", "Chain", "Market", "Money", "LedgerKit", "StateTree", "Encoding", "Cryptography", database, logging),
    library(
      "Node", "Node", "Index", "SoloEngine", "CometEngine", "Engine", "ContentStore", "Storage", "Chain", "LedgerKit",
      "StateTree", "Encoding", "Cryptography", deque, logging, lifecycle, metrics),
    tests(
      "Node", "Index", "SoloEngine", "CometEngine", "Engine", "Storage", "Chain", "Upgrades", "Market", "Staking",
      "Money", "LedgerKit", "StateTree", "Encoding", "Cryptography", logging, lifecycle),
    library("Surfaces", "Operations", "LedgerKit", "Encoding", "Cryptography"),
    tests("Operations", "Chain", "LedgerKit", "Encoding", "Cryptography"),
    library(
      "Surfaces", "HTTPSurface", "Operations", "Node", "Index", "Engine", "ContentStore", "LedgerKit", "Encoding",
      "Cryptography", hummingbird, logging, lifecycle, metrics),
    tests(
      "HTTPSurface", "Operations", "Node", "SoloEngine", "Engine", "ContentStore", "PrometheusMetrics", "Money",
      "LedgerKit", "Encoding", "Cryptography", httpClient, logging, lifecycle),
    library("Participants", "Jobs", "Encoding", "Cryptography"),
    tests("Jobs", "Encoding", "Cryptography"),
    library(
      "Participants", "Client", "Operations", "Jobs", "Chain", "Market", "LedgerKit", "StateTree", "Encoding",
      "Cryptography", httpClient, nioCore, nioHTTP1),
    tests(
      "Client", "Operations", "Jobs", "Chain", "Market", "Money", "LedgerKit", "StateTree", "Encoding", "Cryptography"),
    library("Participants", "Sandbox", "Jobs", "Encoding", "Cryptography"),
    tests("Sandbox", "Jobs", "Encoding", "Cryptography"),
    library(
      "Participants", "Provider", "Client", "Sandbox", "Jobs", "Operations", "Market", "LedgerKit", "Encoding",
      "Cryptography", logging, lifecycle),
    tests(
      "Provider", "Client", "Sandbox", "Jobs", "Operations", "Chain", "Market", "Money", "LedgerKit", "StateTree",
      "Encoding", "Cryptography", logging, lifecycle),
    .executableTarget(
      name: "relay",
      dependencies: [
        "Provider", "Client", "Jobs", "HTTPSurface", "Operations", "Node", "SoloEngine", "CometEngine",
        "PrometheusMetrics", "Chain", "Market", "Staking", "Money", "LedgerKit", "Encoding", "Cryptography",
        argumentParser, lifecycle, logging, metrics, nioCore, signals
      ],
      path: "Sources/relay", swiftSettings: strict),
    tests(
      "relay", "Client", "Operations", "Chain", "Staking", "Money", "LedgerKit", "Encoding", "Cryptography",
      argumentParser),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "relay", "CometEngine", "Sandbox", "Client", "Operations", "Jobs", "Market", "Staking", "Money", "LedgerKit",
        "Encoding", "Cryptography"
      ],
      path: "Tests/EndToEndTests", swiftSettings: strict),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "Client", "LedgerTesting", "Chain", "Market", "Staking", "Money", "LedgerKit", "StateTree", "Encoding",
        "Cryptography", "CSodium", argumentParser, httpClient, nioCore, nioHTTP1
      ],
      path: "Benchmarks/Sources", swiftSettings: strict),
    tests("benchmarks")
  ]
)
