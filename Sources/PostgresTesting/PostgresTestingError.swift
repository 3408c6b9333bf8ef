/// Why no server could be had for a test, in words for whoever runs the tests.
public struct PostgresTestingError: Error, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
