internal import Encoding
internal import Engine
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Answers a consensus engine over ABCI's socket protocol: any number of connections, each answered in its own order.
struct ABCIServer<Application: ABCIApplication>: Service {
  private typealias Connection = NIOAsyncChannel<[ABCIRequest], ByteBuffer>

  let application: Application
  let address: ABCIAddress
  let logger: Logger
  /// Called with the address once the server takes connections, with the port that the system chose.
  var onListening: @Sendable (SocketAddress?) -> Void = { _ in }

  func run() async throws {
    let server = try await listen()
    onListening(server.channel.localAddress)
    logger.notice("waiting for the consensus engine", metadata: ["address": "\(address)"])
    do {
      try await cancelWhenGracefulShutdown {
        try await withThrowingDiscardingTaskGroup { group in
          try await server.executeThenClose { channels in
            for try await channel in channels { group.addTask { await serve(channel) } }
          }
        }
      }
    } catch is CancellationError {
      // The way in which a shutdown ends it.
    }
  }

  private func listen() async throws -> NIOAsyncChannel<any Channel, Never> {
    // Nothing is read of a connection before somebody serves it.
    let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1).childChannelOption(.autoRead, value: false)
    do {
      switch address {
      case .tcp(let host, let port):
        return try await bootstrap.bind(host: host, port: port) { $0.eventLoop.makeSucceededFuture($0) }
      case .unix(let path):
        return try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) {
          $0.eventLoop.makeSucceededFuture($0)
        }
      }
    } catch { throw EngineError("\(address) cannot be listened on: \(error)") }
  }

  private func connection(over channel: any Channel) async throws -> Connection {
    let connection = try await channel.eventLoop.submit {
      try channel.pipeline.syncOperations.addHandler(FrameDecoder())
      return try Connection(wrappingChannelSynchronously: channel)
    }.get()
    try? await channel.setOption(.autoRead, value: true).get()
    return connection
  }

  private func serve(_ channel: any Channel) async {
    do {
      try await connection(over: channel).executeThenClose { batches, out in
        do {
          for try await requests in batches {
            let answers = try await application.answers(to: requests)
            try await out.write(ByteBuffer(answers))
          }
        } catch let error as EngineError {
          logger.error("the consensus engine is told to stop", metadata: ["why": "\(error)"])
          try await out.write(ByteBuffer([.exception(ExceptionMessage(reason: error.description))]))
        }
      }
    } catch is CancellationError {
    } catch { logger.info("a connection of the consensus engine ended", metadata: ["why": "\(error)"]) }
  }
}

extension ByteBuffer {
  /// The frames of `responses`: a variant is written behind its length, as a frame is.
  fileprivate init(_ responses: [ABCIResponse]) {
    var writer = Writer()
    for response in responses { response.write(to: &writer) }
    self.init(bytes: writer.bytes)
  }
}
