import Foundation

/// A program to be run.
///
/// Not with Foundation's `Process`: on Linux it takes a program for running until all it left behind have ended, servers too.
struct Command: Sendable {
  let path: String
  let arguments: [String]

  init(_ path: String, _ arguments: [String]) {
    self.path = path
    self.arguments = arguments
  }

  /// Runs it to its end.
  /// - Returns: what it wrote to standard output.
  /// - Throws: with what it wrote to standard error if it did not end with 0.
  @discardableResult
  func run() async throws -> String {
    // Files rather than pipes: a server that the program leaves behind would keep a pipe open.
    let folder = try TemporaryFolder.make()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let process = try start(input: "/dev/null", output: "\(folder)/output", errors: "\(folder)/errors")
    let status = await Self.end(of: process)
    let output = Self.text(of: "\(folder)/output")
    guard status == 0 else {
      let errors = Self.text(of: "\(folder)/errors")
      throw PostgresTestingError("\(path) did not succeed (\(status)): \(errors)\(output)")
    }
    return output
  }

  /// By a handle: reading an empty file by its path leaks in this Foundation, which the address sanitizer would tell.
  private static func text(of path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "" }
    defer { try? file.close() }
    return String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
  }

  /// Starts it and returns at once.
  /// - Parameter descriptor: its standard input.
  func startDetached(input descriptor: Int32) throws {
    let process = try start(input: descriptor)
    Task.detached { _ = await Self.end(of: process) }
  }

  private func start(input: String, output: String, errors: String) throws -> pid_t {
    try spawn { actions in
      posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
      posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
    }
  }

  private func start(input descriptor: Int32) throws -> pid_t {
    try spawn { actions in
      posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
  }

  private func spawn(_ prepare: (inout posix_spawn_file_actions_t) -> Void) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    prepare(&actions)
    // The threads that tasks run on block all signals; a server must hear them.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, path, &actions, &attributes, &words, environ)
    guard code == 0 else { throw PostgresTestingError("\(path) cannot be started: \(String(cString: strerror(code)))") }
    return process
  }

  /// Waits on a thread of its own.
  private static func end(of process: pid_t) async -> Int32 {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        continuation.resume(returning: status)
      }
    }
  }
}
