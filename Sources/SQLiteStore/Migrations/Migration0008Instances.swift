import StoreFoundation

extension Migration {
  /// What an instance does, which program it runs, and whether it was asked to take no more work.
  static let instances = Migration(
    number: 8, name: "instances",
    sql: """
      ALTER TABLE instances ADD COLUMN role TEXT NOT NULL DEFAULT 'all' CHECK (role IN ('web', 'worker', 'all'));
      ALTER TABLE instances ADD COLUMN version TEXT NOT NULL DEFAULT '';
      ALTER TABLE instances ADD COLUMN draining INTEGER NOT NULL DEFAULT 0 CHECK (draining IN (0, 1));
      """)
}
