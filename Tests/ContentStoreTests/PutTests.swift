import ContentStore
import Cryptography
import Foundation
import Testing

struct PutTests {
  let fixture = Fixture()

  @Test(arguments: [0, 1, 60])
  func aBlobIsFoundByItsDigestAlsoAfterReopening(_ count: Int) throws {
    let digest = try fixture.open().put(blob(1, count))
    #expect(digest == Digest(of: blob(1, count)))
    let store = try fixture.open()
    #expect(try store.read(digest) == blob(1, count))
    #expect(store.size(of: digest) == UInt64(count))
    #expect(store.usedBytes == UInt64(count))
    #expect(!store.contains(.zero))
    #expect(try store.read(.zero) == nil)
  }

  @Test func aBlobMayComeInPieces() throws {
    let store = try fixture.open()
    var upload = try store.begin(expecting: Digest(of: [1, 2, 3]))
    for byte: UInt8 in 1...3 { try upload.append([byte]) }
    #expect(upload.sizeBytes == 3)
    #expect(try store.read(upload.finish()) == [1, 2, 3])
  }

  @Test func otherBytesThanAnnouncedAreNotStored() throws {
    let store = try fixture.open()
    let error = #expect(throws: ContentError.self) {
      var upload = try store.begin(expecting: Digest(of: [1, 2, 3]))
      try upload.append([1, 2])
      _ = try upload.finish()
    }
    #expect(error?.kind == .mismatch)
    #expect(!store.contains(Digest(of: [1, 2])))
    #expect(store.usedBytes == 0)
    #expect(fixture.files == [])
  }

  @Test func aBlobThatIsTooLargeIsNotStored() throws {
    let store = try fixture.open()
    let error = #expect(throws: ContentError.self) { try store.put(blob(1, 61)) }
    #expect(error?.kind == .tooLarge)
    #expect(error?.message.contains("60 bytes") == true)
    #expect(fixture.files == [])
  }

  @Test func anUploadCannotGoOnAfterAnError() throws {
    let store = try fixture.open()
    var upload = try store.begin()
    for bytes in [blob(1, 61), [1]] {
      do throws(ContentError) {
        try upload.append(bytes)
        Issue.record("\(bytes.count) bytes were taken")
      } catch { #expect(error.kind == .tooLarge) }
    }
    do throws(ContentError) {
      _ = try upload.finish()
      Issue.record("the rest was stored")
    } catch { #expect(error.kind == .tooLarge) }
    #expect(store.usedBytes == 0)
    #expect(fixture.files == [])
  }

  @Test func aFullStoreRefusesAndKeepsWhatItHas() throws {
    let store = try fixture.open()
    let kept = try store.put(blob(1, 60))
    let error = #expect(throws: ContentError.self) { try store.put(blob(2, 41)) }
    #expect(error?.kind == .full)
    #expect(error?.message == "the store holds 60 of 100 bytes: no room for 41 more")
    try store.put(blob(2, 40))
    #expect(try store.read(kept) == blob(1, 60))
    #expect(store.usedBytes == 100)
  }

  @Test func uploadsUnderWayTakeRoom() throws {
    let store = try fixture.open()
    do {
      var upload = try store.begin()
      try upload.append(blob(1, 50))
      #expect(store.usedBytes == 50)
      #expect(throws: ContentError.self) { try store.put(blob(2, 51)) }
    }
    #expect(store.usedBytes == 0)
    try store.put(blob(2, 51))
  }

  @Test func concurrentPutsOfOneBlobStoreItOnce() async throws {
    let store = try fixture.open()
    await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<10 { #expect(throws: Never.self) { try store.put(blob(1, 10)) } }
        }
      }
    }
    #expect(store.usedBytes == 10)
    #expect(fixture.files.count == 1)
    #expect(try store.read(Digest(of: blob(1, 10))) == blob(1, 10))
  }
}
