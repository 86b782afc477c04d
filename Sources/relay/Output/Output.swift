internal import Encoding
internal import Foundation

/// Where a command's answer goes.
enum Output {
  /// Prints the JSON form, or what a person reads.
  static func show(_ json: @autoclosure () -> JSON, asJSON: Bool, _ text: @autoclosure () -> String) {
    print(asJSON ? json().text(indent: 2) : text())
  }

  /// Prints a line that is not to wait in a buffer until the program ends.
  static func line(_ text: String) { FileHandle.standardOutput.write(Data("\(text)\n".utf8)) }

  /// Columns as wide as their widest cell, in lines of `width` characters at the most.
  static func table(_ head: [String], _ rows: [[String]], width: Int = .max) -> String {
    let lines = [head] + rows
    let widths = head.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.enumerated().map { index, line in
      let cells = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      let text = cells.joined(separator: "  ").prefix(width).trimmingSuffix { $0 == " " }
      return index == 0 ? Terminal.bold(String(text)) : String(text)
    }.joined(separator: "\n")
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, isUnwanted(last) { rest.removeLast() }
    return rest
  }
}
