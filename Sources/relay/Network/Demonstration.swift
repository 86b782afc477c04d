internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation
internal import Jobs
internal import LedgerKit
internal import Market
internal import Money

/// An agent buys a trained digit classifier: real work on real data, through the market.
struct Demonstration: Sendable {
  /// What came of it.
  struct Outcome: Sendable {
    let delivery: Purchase.Delivery
    /// Part of the held-out digits that the classifier got right, as the job reported it.
    let accuracy: String
    let receipt: String
    let stateRoot: Digest
    let duration: Duration
  }

  let client: RelayClient
  let agent: PrivateKey
  let provider: Address
  /// Folder with `train.py` and `digits.csv`.
  let example: String
  /// File for the receipt.
  let receipt: String

  func run(progress: @escaping @Sendable (Purchase.Step) async -> Void) async throws -> Outcome {
    let offer = try await offer()
    let (order, clock) = (try order(from: offer), ContinuousClock())
    let start = clock.now
    let delivery = try await Purchase(client: client, key: agent).run(order, progress: progress)
    let duration = clock.now - start
    guard let report = delivery.files.first(where: { $0.path == "report.json" }), let proof = delivery.receipt,
      case .number(let accuracy) = try JSON(parsing: report.content)["accuracy"]
    else { throw Failure("the job delivered no accuracy: \(try await explain(delivery))") }
    try Files.write(Array(proof.json.text(indent: 2).utf8), to: receipt)
    return Outcome(
      delivery: delivery, accuracy: accuracy, receipt: receipt, stateRoot: proof.state.header.state, duration: duration)
  }

  /// The provider's offer, once it is listed.
  private func offer() async throws -> Identifier {
    for _ in 0..<200 {
      let page = try await client.ask(OffersOf())
      if let entry = page.offers.first(where: { $0.offer.provider == provider && !$0.offer.isClosed }) {
        return entry.id
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw Failure("the provider listed no offer within ten seconds")
  }

  private func order(from offer: Identifier) throws -> Purchase.Order {
    let names = ["train.py", "digits.csv"]
    let contents = try names.map { try Files.read("\(example)/\($0)") }
    let job = Job(
      command: ["python3", "train.py", "digits.csv"],
      inputs: zip(names, contents).map { JobInput(path: $0, content: Digest(of: $1)) },
      outputs: ["model.json", "report.json"],
      limits: JobLimits(wallSeconds: 45, cpuSeconds: 45, memoryMebibytes: 512, diskMebibytes: 64, processes: 16))
    return Purchase.Order(
      offer: offer, job: job, inputs: contents, budget: nil, deliverWithinSeconds: 60, reviewWithinSeconds: 60)
  }

  private func explain(_ delivery: Purchase.Delivery) async throws -> String {
    guard let result = delivery.result else { return "the deal is \(delivery.deal.state)" }
    let text =
      if let log = result.standardError { String(decoding: try await client.download(log), as: UTF8.self) } else { "" }
    return "\(result.outcome), exit code \(result.exitCode): \(text)"
  }
}
