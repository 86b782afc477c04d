internal import Foundation

/// The regular files of a POSIX archive (ustar).
///
/// The job may have tampered with the archive, so nothing of it is trusted: only entries that are regular files and lie within
/// the archive count, their names are only compared with the paths that the job declared, and reading stops at the first fault.
struct OutputArchive {
  private(set) var files: [String: Data] = [:]
  private static let block = 512

  init(_ archive: Data) {
    var rest = archive
    while rest.count >= Self.block {
      let header = rest.prefix(Self.block)
      rest = rest.dropFirst(Self.block)
      guard let size = Self.number(Self.text(header, 124, 12)), size <= rest.count else { return }
      let path = Self.text(header, 0, 100)
      if Self.isRegular(header), files[path] == nil { files[path] = rest.prefix(size) }
      rest = rest.dropFirst((size + Self.block - 1) / Self.block * Self.block)
    }
  }

  private static func isRegular(_ header: Data) -> Bool {
    header[header.startIndex + 156] == UInt8(ascii: "0")
  }

  private static func text(_ header: Data, _ offset: Int, _ length: Int) -> String {
    String(decoding: header.dropFirst(offset).prefix(length).prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func number(_ text: String) -> Int? {
    guard let value = Int(text, radix: 8), value >= 0 else { return nil }
    return value
  }
}
