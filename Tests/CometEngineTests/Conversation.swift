import Encoding
import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

@testable import CometEngine

/// A server with an application behind it, and connections to it as an engine has them.
struct Conversation {
  private let address: SocketAddress

  /// Runs `body` beside a server on a port of its own.
  static func with<Application: ABCIApplication>(
    _ application: Application, _ body: @escaping @Sendable (Conversation) async throws -> Void
  ) async throws {
    let (addresses, listening) = AsyncStream<SocketAddress>.makeStream()
    let server = ABCIServer(
      application: application, address: .tcp(host: "127.0.0.1", port: 0),
      logger: Logger(label: "abci") { _ in SwiftLogNoOpLogHandler() },
      onListening: { if let address = $0 { listening.yield(address) } })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      for await address in addresses {
        try await body(Conversation(address: address))
        break
      }
      group.cancelAll()
    }
  }

  /// Sends `bytes` in pieces of `size`, and returns all that comes back until `count` responses are there or the connection ends.
  func send(_ bytes: [UInt8], inPiecesOf size: Int = .max, expecting count: Int) async throws -> [UInt8] {
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connect(to: address) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      var rest = bytes[...]
      while !rest.isEmpty {
        try await outbound.write(ByteBuffer(bytes: rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
      var received: [UInt8] = []
      guard count > 0 else { return received }
      for try await part in inbound {
        received += Array(buffer: part)
        if Frames.contents(of: received).count >= count { break }
      }
      return received
    }
  }
}

/// Length-prefixed messages one after another.
enum Frames {
  /// The messages that `bytes` begin with.
  static func contents(of bytes: [UInt8]) -> [[UInt8]] {
    var contents: [[UInt8]] = []
    var reader = Reader(bytes)
    while let length = try? reader.length(), let content = try? reader.take(length) { contents.append(Array(content)) }
    return contents
  }

  /// The number of the field that a response consists of: its kind.
  static func kind(of content: [UInt8]) -> UInt32 {
    var reader = Reader(content)
    return (try? reader.tag().number) ?? 0
  }

  static func frame(_ request: ABCIRequest) -> [UInt8] {
    var writer = Writer()
    request.write(to: &writer)
    return writer.bytes
  }
}
