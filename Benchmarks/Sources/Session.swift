internal import Foundation

/// Runs of rows and of the peers that they stand beside, taken in turns so that noise meets all alike.
struct Session {
  let setting: Setting
  let runs: Int
  let hasPeers: Bool
  private var rows: [Row] = []
  private var readings: [String: [Reading]] = [:]
  private var order: [String: [String]] = [:]
  private var peerFigures: [String: [Double]] = [:]
  private var missing: [String: String] = [:]
  private(set) var hasFailures = false

  init(setting: Setting, runs: Int, hasPeers: Bool) {
    self.setting = setting
    self.runs = runs
    self.hasPeers = hasPeers
  }

  mutating func measure(_ rows: [Row]) async {
    self.rows = rows
    for run in 1...runs {
      var measured: Set<String> = []
      for row in rows {
        Progress.show("run \(run) of \(runs): \(row.name)")
        await measure(row)
        for peer in row.peers where hasPeers && measured.insert(peer.name).inserted { await measure(peer, run) }
      }
    }
  }

  private mutating func measure(_ row: Row) async {
    do {
      let readings = try await row.measure(setting)
      for reading in readings { self.readings[reading.name, default: []].append(reading) }
      order[row.name] = readings.map(\.name)
    } catch let error as NotInstalled {
      Progress.show("\(row.name) is left out: \(error)")
    } catch {
      hasFailures = true
      Progress.show("\(row.name) failed: \(error)")
    }
  }

  private mutating func measure(_ peer: Peer, _ run: Int) async {
    guard missing[peer.name] == nil else { return }
    Progress.show("run \(run) of \(runs): \(peer.name)")
    do { peerFigures[peer.name, default: []].append(try await peer.measure(setting)) } catch {
      missing[peer.name] = error is NotInstalled ? "not installed" : "failed"
      hasFailures = hasFailures || !(error is NotInstalled)
      Progress.show("\(peer.name): \(error)")
    }
  }
}

extension Session {
  /// The medians of all runs.
  var report: Report { Report(lines: rows.flatMap(lines)) }

  private func lines(of row: Row) -> [Report.Line] {
    (order[row.name] ?? []).flatMap { name in
      lines(of: readings[name] ?? [], peers: hasPeers && name == row.name ? row.peers : [])
    }
  }

  private func lines(of readings: [Reading], peers: [Peer]) -> [Report.Line] {
    guard let first = readings.first, let figure = readings.map(\.value).median else { return [] }
    guard !peers.isEmpty else { return [Report.Line(first.name, figure, first.unit)] }
    return peers.map { peer in
      let name = missing[peer.name].map { "\(peer.name) (\($0))" } ?? peer.name
      return Report.Line(first.name, figure, first.unit, peer: name, peerFigure: peerFigures[peer.name]?.median)
    }
  }
}

/// Says on the error stream what is going on.
enum Progress {
  static func show(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
