import PostgresClient
import PostgresTesting
import Testing

/// What can go wrong on the way to a server, and what is said about it.
@Suite struct ConnectingTests {
  private func refusal(_ connectionString: String) async throws -> String {
    return try await withPool(PostgresConfiguration(connectionString: connectionString)) { pool in
      let error = await failure { try await pool.query("SELECT 1") }
      #expect(error?.outcomeUnknown == false)
      #expect(error?.description.contains("hush") == false)
      guard case .connection(let text) = error?.kind else { return "\(String(describing: error))" }
      return text
    }
  }

  private func lockedCluster() async throws -> PostgresCluster {
    var options = PostgresClusterOptions()
    options.listensOnLoopback = true
    options.accessRules = ["host all all 127.0.0.1/32 scram-sha-256"]
    let cluster = try await PostgresCluster.start(options)
    try await withPool(PostgresConfiguration(connectionString: cluster.connectionString)) { pool in
      try await pool.script("CREATE ROLE guest LOGIN PASSWORD 'right'")
    }
    return cluster
  }

  @Test func password_wrongMissingOrRight_isToldApart() async throws {
    let cluster = try await lockedCluster()
    let port = try #require(cluster.port)
    let wrong = try await refusal("postgresql://guest:hush@127.0.0.1:\(port)/postgres")
    #expect(wrong.contains("password authentication failed for user \"guest\""))
    let missing = try await refusal("host=127.0.0.1 port=\(port) user=guest dbname=postgres")
    #expect(missing.contains("no password supplied"))
    let right = PostgresConfiguration(connectionString: "postgresql://guest:right@127.0.0.1:\(port)/postgres")
    let user = try await withPool(right) { try await $0.query("SELECT current_user")[0].text(0) }
    #expect(user == "guest")
  }

  @Test func tls_requiredButNotOffered_isRefused() async throws {
    let cluster = try await lockedCluster()
    let port = try #require(cluster.port)
    let text = try await refusal("postgresql://guest:hush@127.0.0.1:\(port)/postgres?sslmode=require")
    #expect(text.contains("server does not support SSL, but SSL was required"))
  }

  @Test func database_missing_isNamed() async throws {
    let cluster = try await PostgresCluster.shared()
    let text = try await refusal(cluster.connectionString(database: "missing"))
    #expect(text.contains("database \"missing\" does not exist"))
  }

  @Test func server_missing_isRefused() async throws {
    let text = try await refusal("host=/nonexistent password=hush")
    #expect(text.contains("No such file or directory"))
  }

  @Test(
    arguments: [
      "password=my hush", "password=my hush=1", "postgresql://u:hush@[::1/x", "postgres://x?hush=1", "hush",
      "postgresql://u:my@hush@localhost/x", "postgresql://u:hush/my@localhost/x",
    ])
  func connectionString_unreadable_isNotRepeated(connectionString: String) async throws {
    #expect(try await refusal(connectionString) == "the connection string is not one that libpq can read")
  }

  @Test func options_ofTheConnectionString_areHeeded() async throws {
    let given = try await PostgresCluster.shared().connectionString
    let names = """
      SELECT current_setting('application_name'), current_setting('client_encoding'), current_setting('work_mem')
      """
    let plain = try await withPool { try await $0.query(names)[0] }
    #expect([plain.text(0), plain.text(1)] == ["headwaiter", "UTF8"])
    let options = "\(given) application_name=other client_encoding=LATIN1 options='-c work_mem=7MB'"
    let row = try await withPool(PostgresConfiguration(connectionString: options)) { try await $0.query(names)[0] }
    #expect((0..<3).map(row.text) == ["other", "UTF8", "7MB"])
  }

  @Test func hosts_ofTheConnectionString_areFound() {
    func hosts(_ text: String) -> [String] { PostgresConfiguration(connectionString: text).hosts }
    #expect(hosts("postgresql://u:p@db.example:5433,localhost/d?sslmode=require") == ["db.example", "localhost"])
    #expect(hosts("host=/run/postgresql hostaddr=10.0.0.1") == ["/run/postgresql", "10.0.0.1"])
    #expect(hosts("host=a,,b") == ["a", "/", "b"])
    #expect(hosts("not readable") == [])
    #expect(hosts("service=x") == [])
  }
}
