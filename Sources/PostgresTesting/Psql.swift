/// The program `psql`, as an operator runs it.
public enum Psql {
  /// Runs it on a database to its end.
  /// - Parameter arguments: besides the database; an error in SQL is an error.
  /// - Returns: what it printed; nil where PostgreSQL's programs have no `psql` beside the server.
  /// - Throws: what it wrote to standard error if it did not end well.
  public static func output(_ arguments: [String], on database: PostgresTestDatabase) async throws -> String? {
    let programs = try await ServerPrograms.find()
    guard let path = ServerPrograms.executable("psql", in: [programs.folder, "/usr/bin", "/usr/local/bin"]) else {
      return nil
    }
    let fixed = ["-X", "-v", "ON_ERROR_STOP=1", "-d", database.connectionString]
    return try await Command(path, fixed + arguments).run()
  }
}
