/// What a value looks like to the outside.
public indirect enum Shape: Sendable, Equatable {
  case scalar(Scalar)
  case enumeration(Choices)
  case optional(Shape)
  case list(Shape)
  case record(Structure)
  /// Exactly one of the fields.
  case variant(Structure)
  /// Exactly one of the record types that ``Unions`` lists under this name.
  case union(name: String, doc: String)

  /// A value with a single text form.
  public struct Scalar: Sendable, Equatable {
    public enum JSONType: String, Sendable { case string, integer, boolean }
    /// Type in a `.proto` file.
    public let proto: String
    public let json: JSONType
    /// Name of the text form, shown in usage texts: `amount`, `address`.
    public let format: String
    /// Regular expression that every JSON string of this type matches.
    public let pattern: String?
    public let example: String

    public init(proto: String, json: JSONType = .string, format: String, pattern: String? = nil, example: String) {
      self.proto = proto
      self.json = json
      self.format = format
      self.pattern = pattern
      self.example = example
    }
  }

  /// A closed list of named numbers.
  public struct Choices: Sendable, Equatable {
    public struct Choice: Sendable, Equatable {
      public let number: UInt32
      public let name: String
    }
    public let name: String
    public let doc: String
    public let choices: [Choice]
  }

  /// Named, numbered parts.
  public struct Structure: Sendable, Equatable {
    public struct Part: Sendable, Equatable {
      public let number: UInt32
      public let name: String
      public let doc: String
      public let shape: Shape
      /// Whether the part must be given.
      public let isRequired: Bool
    }
    public let name: String
    public let doc: String
    public let parts: [Part]
  }
}

extension Shape {
  /// Placeholder in usage texts: `--to <address>`.
  public var format: String {
    switch self {
    case .scalar(let scalar): scalar.format
    case .enumeration(let choices): choices.choices.map(\.name).joined(separator: "|")
    case .optional(let shape): shape.format
    case .list, .record, .variant, .union: "json"
    }
  }

  /// Whether a person types it as JSON.
  var isComposite: Bool {
    switch self {
    case .scalar, .enumeration: false
    case .optional(let shape): shape.isComposite
    case .list, .record, .variant, .union: true
    }
  }
}
