/// Why a snapshot cannot be made, read or trusted.
public enum SnapshotError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The manifest is not one, or not one of this chain: another snapshot is needed.
  case manifest(String)
  /// The chunk at this position is not the one that the manifest names: it may be fetched again.
  case chunk(Int, String)
  /// The chunks are those of the manifest, and do not hold what the header commits to: another snapshot is needed.
  case content(String)
  /// The files cannot be read or written, or a snapshot cannot be made of this store.
  case failed(String)

  public var description: String {
    switch self {
    case .manifest(let fault): "the snapshot's manifest \(fault)"
    case .chunk(let position, let fault): "chunk \(position) of the snapshot \(fault)"
    case .content(let fault): "the snapshot is not sound: \(fault)"
    case .failed(let why): why
    }
  }
}
