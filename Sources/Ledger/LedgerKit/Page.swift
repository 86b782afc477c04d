/// How many rows a page has.
public enum Page {
  public static let standardSize = 20
  public static let maximumSize = 100

  /// The size that a query's `limit` stands for: the standard one for zero, and never more than the maximum.
  public static func size(_ limit: UInt32) -> Int {
    limit == 0 ? standardSize : min(Int(limit), maximumSize)
  }
}
