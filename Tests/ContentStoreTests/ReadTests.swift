import ContentStore
import Cryptography
import Foundation
import Testing

struct ReadTests {
  let fixture = Fixture()

  @Test(arguments: [1, 7, 50, 64])
  func aBlobIsReadInPieces(_ count: Int) throws {
    let store = try fixture.open()
    let digest = try store.put(blob(1, 50))
    var pieces: [[UInt8]] = []
    guard var download = try store.open(digest) else { throw CancellationError() }
    #expect(download.sizeBytes == 50)
    while let piece = try download.next(count) { pieces.append(piece) }
    #expect(pieces.allSatisfy { $0.count <= count })
    #expect(Array(pieces.joined()) == blob(1, 50))
  }

  @Test func aSweepDoesNotCutAReadShort() throws {
    let store = try fixture.open()
    let digest = try store.put(blob(1, 50))
    guard var download = try store.open(digest) else { throw CancellationError() }
    fixture.pass(10)
    try store.sweep()
    #expect(try download.next() == blob(1, 50))
  }

  enum Damage: CaseIterable { case flippedFirst, flippedLast, truncated, emptied, prolonged }

  @Test(arguments: Damage.allCases)
  func aDamagedBlobIsNamedAndRemoved(_ damage: Damage) throws {
    let store = try fixture.open()
    let digest = try store.put(blob(1, 50))
    try fixture.damage { bytes in
      switch damage {
      case .flippedFirst: bytes[0] ^= 1
      case .flippedLast: bytes[49] ^= 1
      case .truncated: bytes.removeLast()
      case .emptied: bytes = []
      case .prolonged: bytes.append(1)
      }
    }
    let error = #expect(throws: ContentError.self) { try store.read(digest) }
    #expect(error?.kind == .corrupt)
    #expect(error?.message.contains("\(digest)") == true)
    #expect(!store.contains(digest))
    #expect(try store.read(digest) == nil)
    #expect(store.usedBytes == 0)
    #expect(fixture.files == [])
  }

  @Test func aPutMendsADamagedBlob() throws {
    let store = try fixture.open()
    let digest = try store.put(blob(1, 50))
    try fixture.damage { $0[0] ^= 1 }
    try store.put(blob(1, 50))
    #expect(try store.read(digest) == blob(1, 50))
    #expect(store.usedBytes == 50)
  }

  @Test func aBlobStoredAnewOutlivesTheDamageOfTheOld() throws {
    let store = try fixture.open()
    let digest = try store.put(blob(1, 50))
    try fixture.damage { $0[0] ^= 1 }
    guard var old = try store.open(digest) else { throw CancellationError() }
    var upload = try store.begin()
    try upload.append(blob(1, 50))
    _ = try upload.finish()
    do throws(ContentError) {
      _ = try old.next()
      Issue.record("damaged bytes were served")
    } catch { #expect(error.kind == .corrupt) }
    #expect(try store.read(digest) == blob(1, 50))
  }

  @Test func aBlobWhoseFileIsGoneIsMissing() throws {
    let store = try fixture.open()
    let digest = try store.put([1])
    for file in fixture.files { try FileManager.default.removeItem(atPath: file) }
    let error = #expect(throws: ContentError.self) { try store.read(digest) }
    #expect(error?.kind == .missing)
    #expect(try store.read(digest) == nil)
    #expect(store.usedBytes == 0)
  }
}
