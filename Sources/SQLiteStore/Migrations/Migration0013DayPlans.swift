import StoreFoundation

extension Migration {
  /// Better seatings of days, and days whose seating is to be looked at again.
  ///
  /// The triggers refuse whatever changes more of a plan than its state, and every step but from `ready` to `applied` or
  /// `outdated`, and from `applied` to `undone`. At most one plan of a day is `ready`.
  static let dayPlans = Migration(
    number: 13, name: "day_plans",
    sql: """
      CREATE TABLE day_plans (
        id TEXT PRIMARY KEY NOT NULL,
        restaurant_id TEXT NOT NULL,
        service_date TEXT NOT NULL,
        cause TEXT NOT NULL CHECK (cause IN ('request', 'cancellation', 'no_table', 'block', 'overstay')),
        state TEXT NOT NULL CHECK (state IN ('ready', 'applied', 'undone', 'outdated')),
        moves TEXT NOT NULL,
        figures_before TEXT NOT NULL,
        figures_after TEXT NOT NULL,
        move_count INTEGER NOT NULL CHECK (move_count >= 0),
        created_at INTEGER NOT NULL,
        created_by TEXT NOT NULL,
        is_automatic INTEGER NOT NULL CHECK (is_automatic IN (0, 1)),
        decided_at INTEGER,
        decided_by TEXT
      ) STRICT;

      CREATE INDEX day_plans_of_day ON day_plans (restaurant_id, service_date, created_at, id);
      CREATE UNIQUE INDEX day_plans_ready ON day_plans (restaurant_id, service_date) WHERE state = 'ready';
      CREATE INDEX day_plans_by_date ON day_plans (service_date);

      CREATE TRIGGER day_plans_are_not_replaced BEFORE INSERT ON day_plans
      WHEN EXISTS (SELECT 1 FROM day_plans WHERE id = NEW.id)
      BEGIN
        SELECT RAISE(ABORT, 'day plan exists');
      END;

      CREATE TRIGGER day_plans_go_step_by_step BEFORE UPDATE ON day_plans
      WHEN (OLD.state, NEW.state) NOT IN (VALUES ('ready', 'applied'), ('ready', 'outdated'), ('applied', 'undone'))
        OR (NEW.id, NEW.restaurant_id, NEW.service_date, NEW.cause, NEW.moves, NEW.figures_before, NEW.figures_after,
          NEW.move_count, NEW.created_at, NEW.created_by, NEW.is_automatic)
        IS NOT (OLD.id, OLD.restaurant_id, OLD.service_date, OLD.cause, OLD.moves, OLD.figures_before, OLD.figures_after,
          OLD.move_count, OLD.created_at, OLD.created_by, OLD.is_automatic)
      BEGIN
        SELECT RAISE(ABORT, 'a day plan changes by a step of its state only');
      END;

      CREATE TABLE day_replans (
        restaurant_id TEXT NOT NULL,
        service_date TEXT NOT NULL,
        cause TEXT NOT NULL CHECK (cause IN ('request', 'cancellation', 'no_table', 'block', 'overstay')),
        asked_at INTEGER NOT NULL,
        PRIMARY KEY (restaurant_id, service_date)
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX day_replans_by_time ON day_replans (asked_at);
      """)
}
