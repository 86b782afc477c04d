/// A record that can be the content of an open union, numbered by its frozen code.
public protocol Member: Record {
  static var code: UInt32 { get }
}

/// The record types that each open union may take, by the union's name and the members' codes.
public struct Unions: Sendable {
  public static let none = Unions([:])
  private let members: [String: [any Member.Type]]
  private let byCode: [String: [UInt32: any Member.Type]]

  /// Codes and names must be unique within a union.
  public init(_ members: [String: [any Member.Type]]) {
    self.members = members
    byCode = members.mapValues { types in
      precondition(Set(types.map { $0.jsonName }).count == types.count, "two members share a name")
      precondition(Set(types.map { $0.code }).count == types.count, "two members share a code")
      precondition(types.allSatisfy { $0.code.isFieldNumber }, "a code is also a field number")
      return Dictionary(uniqueKeysWithValues: types.map { ($0.code, $0) })
    }
  }

  /// Members of `union` in the order they were listed.
  public func members(of union: String) -> [any Member.Type] { members[union] ?? [] }

  func member(of union: String, code: UInt32) -> (any Member.Type)? { byCode[union]?[code] }

  func member(of union: String, named member: JSON.Member) -> (any Member.Type)? {
    members(of: union).first { member.isNamed($0.jsonName) }
  }
}

extension Member {
  /// The record's name in lowerCamelCase: its key in JSON.
  public static var jsonName: String { name.lowerCamelCased }
}

/// A sum type whose cases are listed elsewhere, by the modules of a ledger; a `oneof` numbered by code in protobuf.
public protocol OpenUnion: Value {
  static var unionName: String { get }
  static var unionDoc: String { get }
  /// Returns `nil` when `content` is of a type that never belongs here.
  init?(_ content: any Member)
  var member: any Member { get }
}

extension OpenUnion {
  public static var shape: Shape { .union(name: unionName, doc: unionDoc) }
  public static var wireType: WireType { .delimited }
  public static var absent: Self? { nil }

  public static func == (one: Self, other: Self) -> Bool {
    func bytes(_ value: Self) -> [UInt8] {
      var writer = Writer()
      value.write(to: &writer)
      return writer.bytes
    }
    return bytes(one) == bytes(other)
  }

  public func write(to writer: inout Writer) {
    let content = member
    writer.delimited { writer in
      writer.tag(type(of: content).code, .delimited)
      content.write(to: &writer)
    }
  }
  public init(from reader: inout Reader) throws(DecodingError) {
    self = try reader.delimited { (reader) throws(DecodingError) in
      guard reader.remaining > 0 else { throw DecodingError(.missing) }
      let tag = try reader.tag()
      guard let type = reader.unions.member(of: Self.unionName, code: tag.number) else {
        throw DecodingError(.unknownCase(tag.number))
      }
      guard tag.type == WireType.delimited.rawValue else { throw DecodingError(.wrongWireType(tag.type)) }
      do throws(DecodingError) {
        guard let value = Self(try type.init(from: &reader)) else { throw DecodingError(.unknownCase(tag.number)) }
        return value
      } catch { throw error.within(type.jsonName) }
    }
  }

  public var json: JSON { .object([JSON.Member(type(of: member).jsonName, member.json)]) }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    guard case .object(let members) = json, members.count == 1, let member = members.first else {
      throw FieldError("expected an object with exactly one \(Self.unionName)")
    }
    guard let type = unions.member(of: Self.unionName, named: member) else {
      let names = unions.members(of: Self.unionName).map { $0.jsonName }
      throw FieldError("unknown \(Self.unionName); known are \(names.joined(separator: ", "))", path: [member.name])
    }
    do throws(FieldError) {
      guard let value = Self(try type.init(json: member.value, unions: unions)) else {
        throw FieldError("not a \(Self.unionName)")
      }
      self = value
    } catch { throw error.within(member.name) }
  }
  /// An arbitrary member; the random source must name at least one.
  public static func sample(_ random: inout Random) -> Self {
    let types = random.unions.members(of: unionName)
    guard let type = random.pick(types), let value = Self(random.deeper { type.sample(&$0) }) else {
      preconditionFailure("no member of \(unionName) to sample")
    }
    return value
  }
}

extension String {
  var lowerCamelCased: String { prefix(1).lowercased() + dropFirst() }

  /// `validUntil` as `valid_until` or `valid-until`.
  public func separated(by separator: Character) -> String {
    var result = ""
    for character in self {
      if character.isUppercase, !result.isEmpty { result.append(separator) }
      result += character.lowercased()
    }
    return result
  }
}
