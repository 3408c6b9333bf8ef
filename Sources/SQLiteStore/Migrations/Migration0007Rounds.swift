import StoreFoundation

extension Migration {
  /// What a job's state deadline needs: how far its round of states has come, and since when it is in line.
  static let rounds = Migration(
    number: 7, name: "rounds",
    sql: """
      ALTER TABLE assignment_jobs ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE assignment_jobs ADD COLUMN in_line_since INTEGER NOT NULL DEFAULT 0;
      UPDATE assignment_jobs SET in_line_since = run_at;
      """)
}
