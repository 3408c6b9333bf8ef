import StoreFoundation

extension Migration {
  /// Better seatings of days, and days whose seating is to be looked at again.
  ///
  /// The trigger refuses whatever changes more of a plan than its state, and every step but from `ready` to `applied` or
  /// `outdated`, and from `applied` to `undone`. At most one plan of a day is `ready`.
  static let dayPlans = Migration(
    number: 13, name: "day_plans",
    sql: """
      CREATE TABLE day_plans (
        id text COLLATE "C" PRIMARY KEY,
        restaurant_id text COLLATE "C" NOT NULL,
        service_date date NOT NULL,
        cause text NOT NULL CHECK (cause IN ('request', 'cancellation', 'no_table', 'block', 'overstay')),
        state text NOT NULL CHECK (state IN ('ready', 'applied', 'undone', 'outdated')),
        moves jsonb NOT NULL,
        figures_before jsonb NOT NULL,
        figures_after jsonb NOT NULL,
        move_count bigint NOT NULL CHECK (move_count >= 0),
        created_at timestamptz NOT NULL,
        created_by text NOT NULL,
        is_automatic boolean NOT NULL,
        decided_at timestamptz,
        decided_by text
      );

      CREATE INDEX day_plans_of_day ON day_plans (restaurant_id, service_date, created_at, id);
      CREATE UNIQUE INDEX day_plans_ready ON day_plans (restaurant_id, service_date) WHERE state = 'ready';
      CREATE INDEX day_plans_by_date ON day_plans (service_date);

      CREATE FUNCTION day_plans_go_step_by_step() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (OLD.state, NEW.state) IN (('ready', 'applied'), ('ready', 'outdated'), ('applied', 'undone'))
          AND (NEW.id, NEW.restaurant_id, NEW.service_date, NEW.cause, NEW.moves, NEW.figures_before, NEW.figures_after,
            NEW.move_count, NEW.created_at, NEW.created_by, NEW.is_automatic)
          = (OLD.id, OLD.restaurant_id, OLD.service_date, OLD.cause, OLD.moves, OLD.figures_before, OLD.figures_after,
            OLD.move_count, OLD.created_at, OLD.created_by, OLD.is_automatic)
        THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'a day plan changes by a step of its state only' USING ERRCODE = 'HW100';
      END $$;

      CREATE TRIGGER day_plans_go_step_by_step BEFORE UPDATE ON day_plans
      FOR EACH ROW EXECUTE FUNCTION day_plans_go_step_by_step();

      CREATE TABLE day_replans (
        restaurant_id text COLLATE "C" NOT NULL,
        service_date date NOT NULL,
        cause text NOT NULL CHECK (cause IN ('request', 'cancellation', 'no_table', 'block', 'overstay')),
        asked_at timestamptz NOT NULL,
        PRIMARY KEY (restaurant_id, service_date)
      ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

      CREATE INDEX day_replans_by_time ON day_replans (asked_at);
      """)
}
