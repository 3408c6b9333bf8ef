public import PostgresClient

/// A database of one test. It is dropped with the last reference, connections or not.
public final class PostgresTestDatabase: Sendable {
  public let name: String
  public let connectionString: String
  private let cluster: PostgresCluster

  private init(name: String, cluster: PostgresCluster) {
    self.name = name
    self.cluster = cluster
    connectionString = cluster.connectionString(database: name)
  }

  deinit {
    let name = name
    let cluster = cluster
    Task.detached {
      let drop = PostgresStatement("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
      try? await Self.maintain(cluster, drop)
    }
  }

  static func make(on cluster: PostgresCluster, template: String?) async throws -> PostgresTestDatabase {
    // Distinct also from those of other processes, which may share the server.
    let name = "headwaiter_test_\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let copied = template.map { " TEMPLATE \($0)" } ?? ""
    try await maintain(cluster, PostgresStatement("CREATE DATABASE \(name)\(copied)"))
    return PostgresTestDatabase(name: name, cluster: cluster)
  }

  /// How to reach it, with time-outs that bear a busy machine.
  public var configuration: PostgresConfiguration {
    PostgresConfiguration(connectionString: connectionString, poolSize: 4)
  }

  private static func maintain(_ cluster: PostgresCluster, _ statement: PostgresStatement) async throws {
    var configuration = PostgresConfiguration(connectionString: cluster.connectionString, poolSize: 1)
    configuration.statementTimeout = .seconds(60)
    let pool = PostgresPool(configuration)
    do {
      _ = try await pool.query(statement)
    } catch {
      await pool.close()
      throw error
    }
    await pool.close()
  }
}
