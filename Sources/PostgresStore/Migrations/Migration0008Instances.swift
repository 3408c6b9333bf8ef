import StoreFoundation

extension Migration {
  /// What an instance does, which program it runs, and whether it was asked to take no more work.
  static let instances = Migration(
    number: 8, name: "instances",
    sql: """
      ALTER TABLE instances ADD COLUMN role text NOT NULL DEFAULT 'all' CHECK (role IN ('web', 'worker', 'all'));
      ALTER TABLE instances ADD COLUMN version text NOT NULL DEFAULT '';
      ALTER TABLE instances ADD COLUMN draining boolean NOT NULL DEFAULT false;
      """)
}
