internal import ArgumentParser
internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Node

/// `relay snapshot`
struct Snapshots: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot", abstract: "Make a snapshot of a node, check one, or start a new node from it.",
    discussion: """
      EXAMPLES
        relay snapshot create --output backup/monday
        relay snapshot restore backup/monday --home new-node
      """,
    subcommands: [Create.self, Restore.self, Verify.self, List.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write a snapshot of --home; the node must not run.")
    @Option(help: "Folder of the snapshot; it must not be there yet.") var output: String
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let home = NodeHome(folder: options.folder)
      let progress = Progress(isShown: !options.json, unit: "entries")
      let snapshot = try Node.createSnapshot(
        of: .init(home: home.folder), genesis: try home.genesis(), to: output, progress: progress.show)
      progress.finish()
      Output.show(snapshot.json, asJSON: options.json, snapshot.text)
    }
  }

  struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Verify a snapshot, and make the chain of --home from it; its genesis document must be there already.")
    @OptionGroup var source: Source
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let home = NodeHome(folder: options.folder)
      let snapshot = try source.open()
      let progress = Progress(isShown: !options.json, unit: "chunks")
      try Node.restore(
        snapshot, genesis: try home.genesis(), configuration: .init(home: home.folder), progress: progress.show)
      progress.finish()
      Output.show(snapshot.json, asJSON: options.json, snapshot.text)
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check all of a snapshot against the genesis document in --home, and store nothing.")
    @OptionGroup var source: Source
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let snapshot = try source.open()
      let progress = Progress(isShown: !options.json, unit: "chunks")
      try snapshot.verify(genesis: try NodeHome(folder: options.folder).genesis(), progress: progress.show)
      progress.finish()
      Output.show(snapshot.json, asJSON: options.json, snapshot.text)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The snapshots in a folder, as their manifests say.")
    @Argument(help: "Folder that holds the folders of the snapshots.") var folder: String
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
      let snapshots = try SnapshotFolder.all(in: folder)
      let rows = snapshots.map { snapshot in
        let manifest = snapshot.manifest
        return [snapshot.path, "\(manifest.header.height)", "\(manifest.bytes)", "\(manifest.name)"]
      }
      Output.show(
        .array(snapshots.map(\.json)), asJSON: json, Output.table(["folder", "height", "bytes", "name"], rows))
    }
  }

  /// The snapshot that a command reads.
  struct Source: ParsableArguments {
    @Argument(help: "Folder of the snapshot.") var folder: String
    @Option(help: "The snapshot's name, as who made it published it; another snapshot is refused.") var name: String?

    func open() throws -> SnapshotFolder {
      let snapshot = try SnapshotFolder(path: folder)
      let found = "\(snapshot.manifest.name)"
      if let name, name != found { throw Failure("\(folder) holds the snapshot \(found), not \(name)") }
      return snapshot
    }
  }
}

extension SnapshotFolder {
  fileprivate var json: JSON {
    [
      "folder": .string(path), "name": manifest.name.json, "height": .number("\(manifest.header.height)"),
      "stateRoot": manifest.header.state.json, "entries": .number("\(manifest.entryCount)"),
      "chunks": .number("\(manifest.chunks.count)"), "bytes": .number("\(manifest.bytes)")
    ]
  }

  fileprivate var text: String {
    Output.table(
      ["snapshot", "\(manifest.name)"],
      [
        ["chain", manifest.header.chain.printable], ["height", "\(manifest.header.height)"],
        ["state root", "\(manifest.header.state)"], ["entries", "\(manifest.entryCount)"],
        ["chunks", "\(manifest.chunks.count)"], ["bytes", "\(manifest.bytes)"]
      ])
  }
}
