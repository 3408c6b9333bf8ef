import Foundation

/// A shell that outlives this process by a moment: it ends servers and deletes their folder once this process has ended,
/// in whatever way.
final class ClusterWatchdog: Sendable {
  /// Waits for the end of its input. The first line of each pid file is the process to end, which then deletes the file.
  private static let script = """
    trap '' INT TERM HUP
    cat >/dev/null
    for file in "$1"/*.pid "$1"/data/postmaster.pid; do
      [ -f "$file" ] || continue
      pid=$(head -n 1 "$file")
      kill -QUIT "$pid" 2>/dev/null
      tries=0
      while [ -f "$file" ] && kill -0 "$pid" 2>/dev/null && [ $tries -lt 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
      done
      [ -f "$file" ] && kill -KILL "$pid" 2>/dev/null
    done
    rm -rf "$1"
    """

  private let leash: Int32

  init(folder: String) throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw PostgresTestingError("no file descriptors left") }
    // No other child may hold them.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    leash = ends[1]
    defer { close(ends[0]) }
    try Command("/bin/sh", ["-c", Self.script, "watchdog", folder]).startDetached(input: ends[0])
  }

  deinit { close(leash) }
}
