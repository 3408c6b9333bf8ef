import PostgresClient
import PostgresTesting
import Testing

@Suite struct TLSTests {
  @Test func tls_largeAnswersAndQuestions_arrive() async throws {
    var options = PostgresClusterOptions()
    options.listensOnLoopback = true
    options.offersTLS = true
    let cluster = try await PostgresCluster.start(options)
    let port = try #require(cluster.port)
    let encrypted = "host=127.0.0.1 port=\(port) user=postgres dbname=postgres sslmode=require"
    try await withPool(PostgresConfiguration(connectionString: encrypted)) { pool in
      #expect(try await pool.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")[0].bool(0))
      // Sizes around TLS's records of 16 kB and libpq's buffers.
      for size in [1, 8_000, 8_191, 8_192, 16_000, 16_383, 16_384, 16_385, 24_577, 100_000, 3_000_000] {
        let text = String(repeating: "x", count: size)
        let statement = PostgresStatement("SELECT $1::text, repeat('y', \(size))", [.text(text)])
        let results = try await pool.pipeline([statement, statement])
        #expect(results.allSatisfy { $0[0].text(0) == text && $0[0].text(1).count == size })
      }
      let error = await failure {
        try await withPool(pool.configuration, .set(\.statementTimeout, .milliseconds(200))) { pool in
          try await pool.query("SELECT pg_sleep(600)")
        }
      }
      #expect(error?.kind == .timeout)
    }
  }

  @Test func certificate_ofAnUnknownIssuer_isRefused() async throws {
    var options = PostgresClusterOptions()
    options.listensOnLoopback = true
    options.offersTLS = true
    let cluster = try await PostgresCluster.start(options)
    let port = try #require(cluster.port)
    func connectionString(_ root: String) -> String {
      "host=localhost hostaddr=127.0.0.1 port=\(port) user=postgres dbname=postgres sslmode=verify-full sslrootcert=\(root)"
    }
    let certificate = try #require(cluster.certificateFile)
    let trusted = PostgresConfiguration(connectionString: connectionString(certificate))
    #expect(try await withPool(trusted) { try await $0.query("SELECT 1")[0].int(0) } == 1)
    let unknown = PostgresConfiguration(connectionString: connectionString("/nonexistent"))
    let error = await failure { try await withPool(unknown) { try await $0.query("SELECT 1") } }
    #expect(error?.description.contains("root certificate file \"/nonexistent\" does not exist") == true)
  }
}
