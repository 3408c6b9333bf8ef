import Foundation
import PostgresClient
import PostgresTesting
import Testing

@Suite struct ClusterTests {
  @Test func database_fromATemplate_isACopyAndGoesAway() async throws {
    let cluster = try await PostgresCluster.shared()
    let template = try await cluster.makeDatabase()
    try await withPool(template.configuration) { try await $0.script("CREATE TABLE t AS SELECT 7 AS x") }
    var copy: PostgresTestDatabase? = try await cluster.makeDatabase(template: template.name)
    let name = try #require(copy?.name)
    let configuration = try #require(copy?.configuration)
    #expect(try await withPool(configuration) { try await $0.query("SELECT x FROM t")[0].int(0) } == 7)
    copy = nil
    try await withPool { pool in
      try await eventually {
        try await pool.query("SELECT FROM pg_database WHERE datname = $1", [.text(name)]).isEmpty
      }
    }
  }

  @Test func server_forgotten_endsAndLeavesNothing() async throws {
    var cluster: PostgresCluster? = try await PostgresCluster.start()
    let folder = try #require(cluster?.folder)
    #expect(FileManager.default.fileExists(atPath: folder))
    cluster = nil
    try await eventually { !FileManager.default.fileExists(atPath: folder) }
  }

  @Test func server_ofAKilledProcess_endsAndLeavesNothing() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardOutputContent]) {
      let cluster = try await PostgresCluster.start()
      FileHandle.standardOutput.write(Data("<\(cluster.folder ?? "")>".utf8))
      kill(getpid(), SIGKILL)
      withExtendedLifetime(cluster) {}
    }
    let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
    let folder = try #require(output.firstMatch(of: /<(\/.+?)>/)).output.1
    try await eventually { !FileManager.default.fileExists(atPath: String(folder)) }
  }

  @Test func testDatabase_onAnotherHost_isRefused() async {
    await #expect(processExitsWith: .success) {
      let others = ["postgresql://db.example/x", "host=localhost,b", "host=localhost hostaddr=10.0.0.1", "service=x"]
      for url in others {
        setenv("HEADWAITER_TEST_DATABASE", url, 1)
        #expect(throws: PostgresTestingError.self) { try PostgresCluster.given() }
      }
      setenv("HEADWAITER_TEST_DATABASE", "postgresql://u@localhost:5433/x", 1)
      let given = try PostgresCluster.given()
      #expect(given?.connectionString(database: "y") == "postgresql://u@localhost:5433/x?dbname=y")
    }
  }
}
