extension Shape.Structure {
  /// Stops the program when the description breaks a rule of protobuf: it is part of the code, never outside input.
  func check(asVariant isVariant: Bool) {
    precondition(name.isUpperCamelCase, "\(name): a type's name is written in UpperCamelCase")
    precondition(zip(parts, parts.dropFirst()).allSatisfy { $0.number < $1.number }, "\(name): numbers must ascend")
    precondition(Set(parts.map(\.name)).count == parts.count, "\(name): names must differ")
    for part in parts {
      let path = "\(name).\(part.name)"
      precondition(part.name.isLowerCamelCase, "\(path): a name is written in lowerCamelCase")
      precondition(part.number.isFieldNumber, "\(path): \(part.number) is not a field number")
      precondition(isVariant ? part.shape.isSingle : part.shape.isField, "\(path): protobuf has no such nesting")
      precondition(!isVariant || part.name != name.lowerCamelCased, "\(path): a case is not called like its type")
    }
  }
}

extension Shape {
  /// Whether a list can hold it, or a variant: neither optional nor a list.
  fileprivate var isSingle: Bool {
    switch self {
    case .optional, .list: false
    case .scalar, .enumeration, .record, .variant, .union: true
    }
  }

  fileprivate var isField: Bool {
    switch self {
    case .optional(let shape), .list(let shape): shape.isSingle
    case .scalar, .enumeration, .record, .variant, .union: true
    }
  }
}

extension UInt32 {
  /// Largest field number: a tag has 32 bits, three of which are the wire type.
  static let maximumFieldNumber: UInt32 = 1 << 29 - 1

  /// Whether protobuf allows it; 19,000 to 19,999 are reserved for its implementations.
  var isFieldNumber: Bool {
    1...Self.maximumFieldNumber ~= self && !(19_000...19_999 ~= self)
  }
}

extension String {
  var isUpperCamelCase: Bool { first?.isUppercase == true && isAlphanumeric }
  var isLowerCamelCase: Bool { first?.isLowercase == true && isAlphanumeric }

  private var isAlphanumeric: Bool {
    unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0) }
  }
}
