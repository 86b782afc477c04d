internal import Encoding
internal import Engine
internal import NIOCore

/// Cuts what an engine sends into requests, and hands on together what came together.
///
/// A frame is a varint with the number of bytes that follow, and a protobuf message. Anything else ends the connection.
final class FrameDecoder: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = [ABCIRequest]

  /// Bytes at the most in one frame: a block of the largest size that CometBFT allows, and what comes with it.
  static let maximumBytes = 128 << 20

  private var received = ByteBuffer()
  private var requests: [ABCIRequest] = []

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var part = unwrapInboundIn(data)
    received.writeBuffer(&part)
    do {
      while let frame = try received.readFrame() { requests.append(try ABCIRequest(foreign: frame)) }
    } catch {
      // What came before it is answered still.
      handOn(context)
      context.fireErrorCaught(EngineError("the engine sent what is no request of ABCI 2.0: \(error)"))
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    received.discardReadBytes()
    handOn(context)
    context.fireChannelReadComplete()
  }

  private func handOn(_ context: ChannelHandlerContext) {
    guard !requests.isEmpty else { return }
    context.fireChannelRead(wrapInboundOut(requests))
    requests = []
  }
}

extension ByteBuffer {
  /// The next whole frame without its length; `nil` until all of it is there.
  ///
  /// - Throws: when the length is no varint, or larger than any frame may be.
  fileprivate mutating func readFrame() throws -> [UInt8]? {
    let start = readerIndex
    var length = 0
    for shift in stride(from: 0, through: 28, by: 7) {
      guard let byte: UInt8 = readInteger() else {
        moveReaderIndex(to: start)
        return nil
      }
      length |= Int(byte & 0x7F) << shift
      guard byte >= 0x80 else { return try readFrame(length, from: start) }
    }
    throw EngineError("the length of a frame has more than five bytes")
  }

  private mutating func readFrame(_ length: Int, from start: Int) throws -> [UInt8]? {
    guard length <= FrameDecoder.maximumBytes else {
      throw EngineError("a frame of \(length) bytes; at most \(FrameDecoder.maximumBytes) are taken")
    }
    guard let frame = readBytes(length: length) else {
      moveReaderIndex(to: start)
      return nil
    }
    return frame
  }
}
