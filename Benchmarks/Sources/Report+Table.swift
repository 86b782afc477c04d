internal import Foundation

extension Report {
  /// The lines as a table for people.
  var table: String {
    let rows = [["row", "figure", "unit", "peer", "its figure", "ratio"]] + lines.map(Self.cells)
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let isNumber = [false, true, false, false, true, true]
    return rows.map { cells in
      let padded = cells.indices.map { column in
        cells[column].padded(to: widths[column], isNumber: isNumber[column])
      }
      return padded.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func cells(_ line: Line) -> [String] {
    [
      line.row, line.figure.grouped, line.unit, line.peer ?? "", line.peerFigure?.grouped ?? "",
      line.ratio.map { $0.grouped + " ×" } ?? ""
    ]
  }
}

extension String {
  fileprivate func padded(to width: Int, isNumber: Bool) -> String {
    let space = String(repeating: " ", count: max(width - count, 0))
    return isNumber ? space + self : self + space
  }
}

extension Double {
  /// As a person reads it: `12,300` or `0.151`.
  fileprivate var grouped: String {
    formatted(.number.precision(.significantDigits(1...4)).locale(Locale(identifier: "en_US")))
  }
}
