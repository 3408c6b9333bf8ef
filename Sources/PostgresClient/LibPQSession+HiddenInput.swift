import CLibPQ
import Foundation

/// Encryption works on whole records: what libpq had no room for waits, decrypted, where poll(2) cannot see it.
extension LibPQSession {
  private typealias PendingBytes = @convention(c) (UnsafeMutableRawPointer) -> Int32

  /// How often to look for input that cannot be seen.
  static let hiddenInputInterval = Duration.milliseconds(20)

  /// OpenSSL's function, if libpq was built with it; so this module needs no headers of OpenSSL.
  private static let pendingBytes = dlsym(nil, "SSL_pending").map { unsafeBitCast($0, to: PendingBytes.self) }

  /// Some input is there already.
  var hasHiddenInput: Bool {
    guard PQsslInUse(handle) == 1, let pendingBytes = Self.pendingBytes, let tls = PQsslStruct(handle, "OpenSSL") else {
      return false
    }
    return pendingBytes(tls) > 0
  }

  /// Input may be there without anything telling so.
  var mayHideInput: Bool {
    PQgssEncInUse(handle) == 1 || PQsslInUse(handle) == 1 && Self.pendingBytes == nil
  }
}
