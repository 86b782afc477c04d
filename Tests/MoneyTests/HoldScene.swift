import Cryptography
import LedgerKit
import LedgerTesting
import Money

/// Alice holds 30 CPTM for Bob for a minute.
struct HoldScene: Sendable {
  var network = TestNetwork()
  let hold: Identifier
  static let unknown = Identifier(of: [1])

  init() throws {
    let expires = network.moment.time.adding(seconds: 60)
    let place = PlaceHold(payee: TestAccount.bob.address, amount: .tokens(30), expires: expires)
    hold = try network.apply(place, from: .alice).created
  }

  mutating func expire() { network.advance(seconds: 60) }
}
