import ContentStore
import Cryptography
import Foundation
import Testing

struct KeepingTests {
  let fixture = Fixture()

  @Test func aBlobExpiresAfterItsLifetime() throws {
    let store = try fixture.open()
    let digest = try store.put([1])
    fixture.pass(9)
    #expect(store.contains(digest))
    #expect(try store.sweep() == 0)
    fixture.pass(1)
    #expect(!store.contains(digest))
    #expect(try store.read(digest) == nil)
    #expect(store.usedBytes == 1)
    #expect(try store.sweep() == 1)
    #expect(store.usedBytes == 0)
    #expect(fixture.files == [])
  }

  @Test func anotherPutRenewsTheLifetime() throws {
    let store = try fixture.open()
    let digest = try store.put([1])
    fixture.pass(9)
    try store.put([1])
    fixture.pass(9)
    #expect(try store.sweep() == 0)
    #expect(store.contains(digest))
  }

  @Test func aRenewalTakesNoRoomAndOutlivesTheStore() throws {
    let digest = try fixture.open().put(blob(1, 60))
    fixture.pass(9)
    try fixture.open().put(blob(1, 60))
    fixture.pass(9)
    let store = try fixture.open()
    #expect(try store.renew(digest))
    fixture.pass(9)
    #expect(try store.read(digest) == blob(1, 60))
    fixture.pass(1)
    #expect(try !store.renew(digest))
    #expect(try !store.renew(.zero))
    #expect(store.usedBytes == 60)
  }

  @Test func theLifetimeGoesOnWhileTheStoreIsClosed() throws {
    let digest = try fixture.open().put([1])
    fixture.pass(9)
    #expect(try fixture.open().contains(digest))
    fixture.pass(1)
    #expect(try !fixture.open().contains(digest))
  }

  @Test func whatHasExpiredMakesRoom() throws {
    let store = try fixture.open()
    try store.put(blob(1, 60))
    fixture.pass(10)
    try store.put(blob(2, 60))
    #expect(store.usedBytes == 60)
  }

  @Test func aFullStoreIsNotSweptForEveryRefusal() throws {
    let store = try fixture.open()
    try store.put(blob(1, 60))
    fixture.pass(9)
    #expect(throws: ContentError.self) { try store.put(blob(2, 60)) }
    fixture.pass(1)
    #expect(throws: ContentError.self) { try store.put(blob(2, 60)) }
    fixture.pass(9)
    try store.put(blob(2, 60))
    #expect(store.usedBytes == 60)
  }

  @Test func tinyBlobsTakeRoomForTheirFiles() throws {
    let store = try fixture.open(chargeBytes: 40)
    for byte: UInt8 in 1...2 { try store.put([byte]) }
    #expect(store.usedBytes == 80)
    let error = #expect(throws: ContentError.self) { try store.put([]) }
    #expect(error?.kind == .full)
    #expect(store.usedBytes == 80)
    #expect(fixture.files.count == 2)
  }

  @Test func theChargeOutlivesTheStore() throws {
    try fixture.open(chargeBytes: 40).put([1])
    let store = try fixture.open(chargeBytes: 40)
    #expect(store.usedBytes == 40)
    fixture.pass(10)
    try store.sweep()
    #expect(store.usedBytes == 0)
  }

  @Test func leftoversOfACrashAreRemoved() throws {
    let digest = try fixture.open().put([1])
    try Data([9, 9]).write(to: URL(fileURLWithPath: fixture.path + "/incoming/7"))
    #expect(fixture.files.count == 2)
    let store = try fixture.open()
    #expect(store.usedBytes == 1)
    #expect(fixture.files.count == 1)
    #expect(try store.read(digest) == [1])
  }

  @Test func aSecondOpenerIsRefused() throws {
    let store = try fixture.open()
    let error = #expect(throws: ContentError.self) { try fixture.open() }
    #expect(error?.kind == .inUse)
    #expect(error?.message.contains(fixture.path) == true)
    withExtendedLifetime(store) {}
  }
}
