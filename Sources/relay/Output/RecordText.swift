internal import Encoding
internal import Foundation
internal import LedgerKit

/// A record as lines of aligned names and values, as a person reads it.
struct RecordText {
  let unions: Unions

  func text(_ json: JSON, as shape: Shape) -> String { lines(json, as: shape).joined(separator: "\n") }

  private func lines(_ json: JSON, as shape: Shape) -> [String] {
    switch shape {
    case .optional(let shape): lines(json, as: shape)
    case .record(let structure), .variant(let structure): lines(json, structure)
    case .list(let shape): items(json, shape)
    case .union(let name, _): member(json, of: name)
    case .scalar, .enumeration: [Self.scalar(json, as: shape)]
    }
  }

  private func lines(_ json: JSON, _ structure: Shape.Structure) -> [String] {
    let given = structure.parts.filter { json[$0.name] != nil }
    let width = given.map(\.name.count).max() ?? 0
    return given.flatMap { part in field(part, json[part.name] ?? .null, width: width) }
  }

  private func field(_ part: Shape.Structure.Part, _ json: JSON, width: Int) -> [String] {
    let name = part.name + String(repeating: " ", count: width - part.name.count)
    guard part.shape.isBlock else { return ["\(name)  \(Self.scalar(json, as: part.shape))"] }
    let inner = lines(json, as: part.shape)
    return inner.isEmpty ? ["\(name)  none"] : [part.name] + inner.map { "  \($0)" }
  }

  private func items(_ json: JSON, _ shape: Shape) -> [String] {
    guard case .array(let elements) = json else { return [] }
    return elements.flatMap { element in
      lines(element, as: shape).enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
    }
  }

  private func member(_ json: JSON, of union: String) -> [String] {
    guard case .object(let members) = json, let content = members.first,
      let type = unions.members(of: union).first(where: { $0.jsonName == content.name })
    else { return [json.text().printable] }
    return [type.name] + lines(content.value, as: type.shape).map { "  \($0)" }
  }

  private static func scalar(_ json: JSON, as shape: Shape) -> String {
    let text: String
    switch json {
    case .string(let value): text = value.printable
    default: text = json.text().printable
    }
    switch shape.format {
    case Amount.shape.format: return (try? Amount(json: json, unions: .none))?.description ?? text
    case Timestamp.shape.format: return (try? Timestamp(json: json, unions: .none))?.readable ?? text
    default: return text
    }
  }
}

extension Shape {
  /// Whether it takes lines of its own.
  fileprivate var isBlock: Bool {
    switch self {
    case .scalar, .enumeration: false
    case .optional(let shape): shape.isBlock
    case .list, .record, .variant, .union: true
    }
  }
}

extension Timestamp {
  /// ISO 8601 in UTC with milliseconds; zero stands for no time.
  var readable: String {
    guard milliseconds > 0, milliseconds < 253_402_300_800_000 else {
      return milliseconds == 0 ? "none" : "\(milliseconds)"
    }
    // Whole seconds, because a double would round the milliseconds.
    let seconds = Date(timeIntervalSince1970: Double(milliseconds / 1000)).formatted(.iso8601)
    let fraction = String(1000 + milliseconds % 1000).dropFirst()
    return "\(seconds.dropLast()).\(fraction)Z"
  }
}
