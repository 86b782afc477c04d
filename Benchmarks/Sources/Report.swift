internal import Foundation

/// What was measured, one line for each figure and peer.
struct Report: Sendable {
  /// A figure, and a peer's beside it.
  struct Line: Encodable, Sendable, Equatable {
    let row: String
    let figure: Double
    let unit: String
    let peer: String?
    let peerFigure: Double?
    /// How many times better the figure is than the peer's: below one, the peer wins.
    let ratio: Double?

    init(_ row: String, _ figure: Double, _ unit: Unit, peer: String? = nil, peerFigure: Double? = nil) {
      self.row = row
      self.figure = figure.rounded(significantDigits: 4)
      self.unit = unit.rawValue
      self.peer = peer
      self.peerFigure = peerFigure?.rounded(significantDigits: 4)
      ratio = peerFigure.map { peerFigure in
        (unit.isBetterLarger ? figure / peerFigure : peerFigure / figure).rounded(significantDigits: 3)
      }
    }

    /// Every line has every member, `null` where there is nothing to say.
    func encode(to encoder: any Encoder) throws {
      var members = encoder.container(keyedBy: CodingKeys.self)
      try members.encode(row, forKey: .row)
      try members.encode(figure, forKey: .figure)
      try members.encode(unit, forKey: .unit)
      try members.encode(peer, forKey: .peer)
      try members.encode(peerFigure, forKey: .peerFigure)
      try members.encode(ratio, forKey: .ratio)
    }

    enum CodingKeys: String, CodingKey { case row, figure, unit, peer, peerFigure, ratio }
  }

  let lines: [Line]

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(lines), as: UTF8.self)
    }
  }

  /// Writes `latest.json` and a copy that bears the date.
  func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = try json + "\n"
    let stamp = Date().formatted(.iso8601.timeSeparator(.omitted))
    for name in ["latest", stamp] {
      try text.write(toFile: "\(folder)/\(name).json", atomically: true, encoding: .utf8)
    }
  }
}
