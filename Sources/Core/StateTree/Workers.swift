/// Who runs the independent pieces of a computation: the caller alone, or threads that the caller has.
public struct Workers: Sendable {
  /// Runs every piece from 0 up to `pieces`, in any order and on any thread, and returns when all are done.
  public typealias Run = @Sendable (_ pieces: Int, _ piece: @Sendable (Int) -> Void) -> Void

  private let run: Run

  public init(_ run: @escaping Run) { self.run = run }

  /// The caller itself, one piece after the other.
  public static let one = Workers { pieces, piece in
    for index in 0..<pieces { piece(index) }
  }
}

extension Workers {
  /// Elements of one piece: enough to outweigh handing it over, few enough that none waits long for another.
  private static let pieceLength = 256

  /// `transform` of each of `elements`, in their order.
  func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    Array(unsafeUninitializedCapacity: elements.count) { buffer, count in
      nonisolated(unsafe) let results = buffer
      run((elements.count + Self.pieceLength - 1) / Self.pieceLength) { piece in
        let start = piece * Self.pieceLength
        for index in start..<min(start + Self.pieceLength, elements.count) {
          results.initializeElement(at: index, to: transform(elements[index]))
        }
      }
      count = elements.count
    }
  }

  /// Calls `body` with each of `elements`, every one a piece of its own.
  func forEach<Element: Sendable>(in elements: inout [Element], _ body: @Sendable (Int, inout Element) -> Void) {
    elements.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let elements = buffer
      run(elements.count) { body($0, &elements[$0]) }
    }
  }
}
