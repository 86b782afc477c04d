internal import Encoding
internal import Jobs

extension JobResult {
  /// Checks that this is a result of `job`, and that the provider claims no more use than it metered.
  ///
  /// Paths and lengths come from the provider: only a path that the job lists may become a file of the buyer's.
  ///
  /// - Throws: `FieldError` naming the first field at fault.
  func validate(against job: Job, claimedMilliseconds: UInt64) throws(FieldError) {
    do throws(FieldError) { try job.validate() } catch { throw error.within("job") }
    guard claimedMilliseconds <= usageMilliseconds else {
      throw FieldError(
        "the provider claims \(claimedMilliseconds) ms of use, but metered \(usageMilliseconds) ms",
        path: ["usageMilliseconds"])
    }
    try validatePaths(against: job)
    try validateSizes(against: job.limits)
  }

  private func validatePaths(against job: Job) throws(FieldError) {
    var expected = Set(job.outputs)
    for (index, output) in outputs.enumerated() {
      guard expected.remove(output.path) != nil else {
        throw FieldError("expected a path of the job's outputs, each once", path: ["outputs", "\(index)", "path"])
      }
    }
  }

  private func validateSizes(against limits: JobLimits) throws(FieldError) {
    var restBytes = UInt64(limits.diskMebibytes) << 20
    for (index, output) in outputs.enumerated() {
      guard output.sizeBytes <= restBytes else {
        throw FieldError(
          "the outputs are larger than the job's \(limits.diskMebibytes) MiB",
          path: ["outputs", "\(index)", "sizeBytes"])
      }
      restBytes -= output.sizeBytes
    }
  }
}
