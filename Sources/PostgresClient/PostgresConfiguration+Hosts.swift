import CLibPQ

extension PostgresConfiguration {
  /// The hosts, addresses and socket folders that the connection string or libpq's environment names; a socket folder
  /// begins with "/". Empty if the string cannot be read or leaves the choice to a service file.
  public var hosts: [String] {
    guard let given = PQconninfoParse(connectionString, nil) else { return [] }
    defer { PQconninfoFree(given) }
    guard let defaults = PQconndefaults() else { return [] }
    defer { PQconninfoFree(defaults) }
    func option(_ keyword: String) -> String? { given.value(of: keyword) ?? defaults.value(of: keyword) }
    guard option("service") == nil else { return [] }
    let named = [option("host"), option("hostaddr")].compactMap { $0 }.filter { !$0.isEmpty }
    guard !named.isEmpty else { return ["/"] }
    let hosts = named.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
    return hosts.map { $0.isEmpty ? "/" : String($0) }
  }

  /// Whether libpq can read the connection string, and understands it as it was probably meant: in a URI, `@` or `/` in a
  /// password must be escaped, or parts of it are taken for host and port, and are quoted when those are not found.
  var isReadable: Bool {
    guard let options = PQconninfoParse(connectionString, nil) else { return false }
    defer { PQconninfoFree(options) }
    // "@" begins the name of an abstract socket.
    let hosts = (options.value(of: "host") ?? "").split(separator: ",")
    let port = options.value(of: "port") ?? ""
    return hosts.allSatisfy { $0.hasPrefix("/") || !$0.dropFirst().contains("@") }
      && port.allSatisfy { $0.isNumber || $0 == "," }
  }
}

extension UnsafeMutablePointer<PQconninfoOption> {
  /// The list ends with an option that has no keyword.
  fileprivate func value(of keyword: String) -> String? {
    var option = self
    while let name = option.pointee.keyword {
      if String(cString: name) == keyword { return option.pointee.val.map { String(cString: $0) } }
      option += 1
    }
    return nil
  }
}
