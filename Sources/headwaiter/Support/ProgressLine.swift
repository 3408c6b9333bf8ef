import Foundation

/// One line on standard error that says what a long command is doing; only where a person watches.
enum ProgressLine {
  /// Shown after a second, then renewed five times a second, and wiped out at the end.
  /// - Parameter text: what is being done, asked anew each time.
  static func during<Result>(
    saying text: @autoclosure @escaping @Sendable () -> String, _ work: () async throws -> Result
  ) async rethrows -> Result {
    guard Terminal.showsProgress else { return try await work() }
    let ticker = Task.detached {
      try await Task.sleep(for: .seconds(1))
      defer { Console.status("") }
      while true {
        Console.status(text())
        try await Task.sleep(for: .milliseconds(200))
      }
    }
    do {
      let result = try await work()
      await end(ticker)
      return result
    } catch {
      await end(ticker)
      throw error
    }
  }

  private static func end(_ ticker: Task<Void, any Error>) async {
    ticker.cancel()
    _ = await ticker.result
  }
}
