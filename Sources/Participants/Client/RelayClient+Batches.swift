internal import Encoding
public import Operations

extension RelayClient {
  /// Submits many signed transactions at once, each on its own account. Safe to call again with the same ones.
  ///
  /// - Parameters:
  ///   - batch: at most ``TransactionBatch/maximumCount`` transactions.
  ///   - waitMilliseconds: time to wait for their blocks, as far as the relay lets one wait.
  /// - Returns: an entry for each, in their order: committed, refused, or neither when it still waits.
  public func submit(
    batch: TransactionBatch, waitMilliseconds: UInt32 = 0
  ) async throws(ClientError) -> [BatchEntry] {
    let type = "application/x-protobuf"
    var request = Self.posting(
      "/v1/transactions/batch", batch.encoded, type: type, [("wait", "\(waitMilliseconds)")])
    request.accept = type
    let bytes = try await send(request)
    let entries: [BatchEntry]
    do { entries = try BatchAnswer(encoded: bytes).entries } catch { throw .unexpected("\(error)") }
    guard entries.count == batch.transactions.count else {
      throw .unexpected("\(entries.count) entries for \(batch.transactions.count) transactions")
    }
    return entries
  }
}
