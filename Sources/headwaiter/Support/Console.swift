import Foundation
import Synchronization

/// Standard output and standard error.
enum Console {
  private static let closed = Atomic<Bool>(false)

  /// Whether nobody reads standard output any more, as after `| head`; what follows is dropped.
  static var isClosed: Bool { closed.load(ordering: .relaxed) }

  /// A reader that has gone away must not kill the process.
  static func survivesClosedPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Writes to standard output, whole.
  /// - Throws: ``CommandProblem`` if it cannot be written, as on a full disk.
  static func write(_ text: String) throws(CommandProblem) { try write(Array(text.utf8)) }

  static func write(_ bytes: [UInt8]) throws(CommandProblem) {
    if isClosed { return }
    let code = FileDescriptorWriting.write(bytes, to: STDOUT_FILENO)
    if code == EPIPE {
      closed.store(true, ordering: .relaxed)
    } else if code != 0 {
      throw CommandProblem("standard output: cannot be written: \(SystemError.text(code))", status: .critical)
    }
  }

  /// Asks whether somebody still reads, for commands that may write nothing for long.
  static func noticeClosing() {
    var pipe = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    if poll(&pipe, 1, 0) > 0, pipe.revents & Int16(POLLERR) != 0 { closed.store(true, ordering: .relaxed) }
  }

  /// A line, or several, for standard error. What cannot be written there is lost.
  static func note(_ text: String) {
    _ = FileDescriptorWriting.write(Array((text + "\n").utf8), to: STDERR_FILENO)
  }

  /// Replaces the unfinished line on a terminal.
  static func status(_ text: String) {
    _ = FileDescriptorWriting.write(Array("\r\u{1B}[K\(text)".utf8), to: STDERR_FILENO)
  }
}

/// Writing that goes on after interruptions.
enum FileDescriptorWriting {
  /// - Returns: 0, or the error number.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wanted, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}

/// What the system says of an error number.
enum SystemError {
  /// For example `no such file or directory`.
  static func text(_ code: Int32) -> String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
