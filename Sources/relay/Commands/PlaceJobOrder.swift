internal import ArgumentParser
internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation
internal import Jobs
internal import LedgerKit
internal import Market

/// `relay order`
struct PlaceJobOrder: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order", abstract: "Order a job: quote, budget, delivery, payment and receipt in one.",
    discussion: """
      Without --wait it returns when the order is placed; with it, when the deal is settled.

      EXAMPLE
        relay order --offer 0a0a… --command "python3 sum.py" --input sum.py --input data.csv --output sum.txt \\
          --budget 0.5cptm --deliver-within 60 --review-within 30 --from alice --wait --receipt receipt.json
      """)
  @Option(help: "Id of the offer.") var offer: String
  @OptionGroup var work: JobOptions
  @Option(help: "Most to pay; the quote's price of the whole time limit when it is missing.") var budget: String?
  @Option(help: "Seconds from acceptance to the result; 30 more than the job may run when it is missing.")
  var deliverWithin: UInt64?
  @Option(help: "Seconds from the result until it counts as accepted.") var reviewWithin: UInt64 = 30
  @Flag(help: "Follow the deal to its end, and fetch what was delivered.") var wait = false
  @Option(help: "Folder for the delivered files.") var folder = "outputs"
  @Option(help: "File for the receipt.") var receipt: String?
  @OptionGroup var signing: SigningOptions
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard receipt == nil || wait else { throw ValidationError("--receipt needs --wait: only a settled deal has one") }
  }

  func run() async throws {
    let order = try await order()
    let (key, account) = try signing.open(options)
    let seconds = [order.deliverWithinSeconds, order.reviewWithinSeconds].map { min($0, 86_400 * 7) }
    let patience = Duration.seconds(seconds.reduce(120, +))
    let purchase = Purchase(
      client: try await options.signingClient(), key: key, buyer: account, patience: patience)
    if wait { try await buy(order, purchase) } else { try await place(order, purchase) }
  }

  private func order() async throws -> Purchase.Order {
    let id: Identifier = try Self.read("offer", offer)
    let resources = try await options.client.ask(OfferOf(offer: id)).resources
    let (job, inputs) = try work.read(processors: resources.processors)
    return Purchase.Order(
      offer: id, job: job, inputs: inputs, budget: try budget.map { try Self.read("budget", $0) },
      deliverWithinSeconds: deliverWithin ?? UInt64(job.limits.wallSeconds) + 30, reviewWithinSeconds: reviewWithin)
  }

  private static func read<V: Value>(_ flag: String, _ text: String) throws -> V {
    do { return try V(text: text[...]) } catch { throw UsageError("--\(flag): \(error)") }
  }

  private func place(_ order: Purchase.Order, _ purchase: Purchase) async throws {
    let quote = try await purchase.quote(order)
    let progress = OrderProgress(isShown: !options.json)
    progress.report(.quoted(quote))
    let deal = try await purchase.place(order, budget: order.budget ?? quote.cost)
    progress.report(.funded(deal))
    if options.json { print(JSON.object([.init("deal", deal.json), .init("quote", quote.json)]).text(indent: 2)) }
  }

  private func buy(_ order: Purchase.Order, _ purchase: Purchase) async throws {
    let progress = OrderProgress(isShown: !options.json)
    let delivery = try await purchase.run(order) { progress.report($0) }
    for file in delivery.files { try Files.write(file.content, to: "\(folder)/\(file.path)") }
    if let receipt, let proof = delivery.receipt {
      try Files.write(Array(proof.json.text(indent: 2).utf8), to: receipt)
    }
    show(delivery)
    guard delivery.result != nil else {
      throw Failure("nothing was delivered: the deal is \(delivery.deal.state), \(delivery.deal.refunded) returned")
    }
    guard receipt == nil || delivery.receipt != nil else {
      throw Failure("there is no receipt yet: the deal is \(delivery.deal.state) until \(delivery.deal.due.readable)")
    }
  }

  private func show(_ delivery: Purchase.Delivery) {
    let files = delivery.files.map { "\(folder)/\($0.path)" }
    Output.show(
      .object(
        [.init("deal", delivery.id.json), .init("terms", delivery.deal.json), .init("files", files.json)]
          + (delivery.result.map { [.init("result", $0.json)] } ?? [])),
      asJSON: options.json, files.map { "wrote \($0)" }.joined(separator: "\n"))
  }
}
