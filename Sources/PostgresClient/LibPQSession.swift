import CLibPQ
import Resilience

/// One libpq connection, non-blocking and in pipeline mode. Blocks the calling thread; belongs to one actor.
final class LibPQSession {
  let handle: OpaquePointer
  let interrupt: Interrupt
  let preparesStatements: Bool
  let statementTimeout: Duration
  var cache = StatementCache()
  var parameters = ParameterBuffer()

  private init(handle: OpaquePointer, interrupt: Interrupt, configuration: PostgresConfiguration) {
    self.handle = handle
    self.interrupt = interrupt
    preparesStatements = configuration.preparedStatements
    statementTimeout = configuration.statementTimeout
  }

  deinit { PQfinish(handle) }

  /// - Throws: ``PostgresError/Kind/connection(_:)``, or `cancelled`.
  static func open(_ configuration: PostgresConfiguration, interrupt: Interrupt) throws(PostgresError) -> LibPQSession {
    let handle = try startConnecting(configuration)
    let session = LibPQSession(handle: handle, interrupt: interrupt, configuration: configuration)
    try session.finishConnecting(timeout: configuration.connectTimeout)
    return session
  }

  var isOpen: Bool { PQstatus(handle) == CONNECTION_OK }

  /// No transaction is open, whole or failed.
  var isIdle: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }

  /// libpq's last words about the connection, in one line.
  var errorText: String { String(cString: PQerrorMessage(handle)).inOneLine }

  private static func startConnecting(_ configuration: PostgresConfiguration) throws(PostgresError) -> OpaquePointer {
    let connectionString = configuration.connectionString
    // libpq's own text about a wrong connection string quotes it, and a password may be in it.
    guard configuration.isReadable else {
      throw PostgresError(.connection("the connection string is not one that libpq can read"))
    }
    // What comes after "dbname", which holds the whole string, takes precedence over it.
    let handle = withCStrings(["fallback_application_name", "options", "dbname", "client_encoding"]) { keys in
      withCStrings(["headwaiter", configuration.serverOptions, connectionString, "UTF8"]) { values in
        PQconnectStartParams(keys, values, 1)
      }
    }
    guard let handle else { throw PostgresError(.connection("out of memory")) }
    return handle
  }

  private func finishConnecting(timeout: Duration) throws(PostgresError) {
    let deadline = ContinuousClock.now + timeout
    PQsetNoticeReceiver(handle, { _, _ in }, nil)
    var state = PGRES_POLLING_WRITING
    while state != PGRES_POLLING_OK {
      guard state != PGRES_POLLING_FAILED, PQstatus(handle) != CONNECTION_BAD else {
        throw PostgresError(.connection(errorText))
      }
      switch SocketWait.wait(
        for: PQsocket(handle), reading: state == PGRES_POLLING_READING, writing: state == PGRES_POLLING_WRITING,
        interrupt: interrupt.descriptor, until: deadline)
      {
      case .ready: state = PQconnectPoll(handle)
      case .interrupted: throw PostgresError(.cancelled)
      case .timedOut: throw PostgresError(.connection("no connection within \(timeout)"))
      }
    }
    guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
      throw PostgresError(.connection(errorText))
    }
  }
}

/// Lends a list of texts as C strings, closed by a null pointer.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
  let storage = texts.map { Array($0.utf8CString) }
  var pointers: [UnsafePointer<CChar>?] = []
  func lend(_ index: Int) -> Result {
    guard index < storage.count else {
      pointers.append(nil)
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
    return storage[index].withUnsafeBufferPointer {
      pointers.append($0.baseAddress)
      return lend(index + 1)
    }
  }
  return lend(0)
}

extension String {
  /// libpq's texts come in several lines, some indented.
  var inOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
