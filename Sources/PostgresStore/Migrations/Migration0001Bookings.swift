import StoreFoundation

extension Migration {
  /// Restaurants, bookings, their history and their attempts.
  ///
  /// Primary keys begin with the restaurant, so that the tables can be partitioned by it; text that is compared or
  /// ordered is of collation "C", the same on every machine. `bookings` leaves room on its pages: most of its changes
  /// touch no indexed column and stay where they are, for which `in_review` stands in the indexes instead of the state.
  ///
  /// What the triggers refuse:
  /// - a booking that is inserted or updated without the history row of its version and state, or whose version does
  ///   not rise;
  /// - a history row whose version does not follow the one before, or that does not start from the state it ended in;
  /// - every change and deletion of a history row.
  static let bookings = Migration(
    number: 1, name: "bookings",
    sql: tables + refusal + historyTriggers + bookingTriggers)

  private static let tables = """
    CREATE TABLE restaurants (
      id text COLLATE "C" PRIMARY KEY,
      name text NOT NULL,
      timezone text NOT NULL,
      document bytea NOT NULL,
      revision bigint NOT NULL CHECK (revision >= 1),
      updated_at timestamptz NOT NULL
    );

    CREATE TABLE bookings (
      id text COLLATE "C" NOT NULL,
      restaurant_id text COLLATE "C" NOT NULL,
      origin text NOT NULL CHECK (origin IN ('guest', 'host', 'walk_in')),
      created_at timestamptz NOT NULL,
      status text NOT NULL
        CHECK (status IN ('pending', 'confirmed', 'seated', 'completed', 'cancelled', 'no_show')),
      assignment_state text NOT NULL
        CHECK (assignment_state IN ('created', 'capacity_verified', 'assignment_pending', 'assignment_in_progress',
          'assigned', 'confirmed', 'manual_review', 'failed')),
      assignment_state_version bigint NOT NULL CHECK (assignment_state_version >= 1),
      assignment_strategy text,
      assignment_flow text CHECK (assignment_flow IN ('v3', 'legacy')),
      party_size bigint NOT NULL CHECK (party_size >= 1),
      requested_service text,
      duration_minutes bigint,
      zone text,
      tags text[] NOT NULL,
      needs text[] NOT NULL,
      service text,
      service_date date NOT NULL,
      dining_start timestamptz NOT NULL,
      dining_end timestamptz NOT NULL,
      block_start timestamptz NOT NULL,
      block_end timestamptz NOT NULL,
      state_entered_at timestamptz NOT NULL,
      attempts bigint NOT NULL,
      tables text[] COLLATE "C" NOT NULL,
      reason text,
      review_deadline timestamptz,
      pinned boolean NOT NULL,
      decision_id text,
      undo jsonb,
      guest_name text,
      guest_phone text,
      guest_mail text,
      guest_locale text,
      guest_notes text,
      updated_at timestamptz NOT NULL,
      in_review boolean GENERATED ALWAYS AS (assignment_state = 'manual_review') STORED,
      PRIMARY KEY (restaurant_id, id)
    ) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);

    CREATE UNIQUE INDEX bookings_by_id ON bookings (id);
    CREATE INDEX bookings_by_start ON bookings (restaurant_id, dining_start, id);
    CREATE INDEX bookings_by_creation ON bookings (created_at);
    CREATE INDEX bookings_pending ON bookings (restaurant_id, block_start) WHERE status = 'pending';
    CREATE INDEX bookings_in_review ON bookings (review_deadline) WHERE in_review;
    CREATE INDEX bookings_in_review_here ON bookings (restaurant_id, review_deadline) WHERE in_review;

    CREATE TABLE booking_assignment_state_history (
      restaurant_id text COLLATE "C" NOT NULL,
      booking_id text COLLATE "C" NOT NULL,
      version bigint NOT NULL CHECK (version >= 1),
      from_state text,
      to_state text NOT NULL,
      mode text NOT NULL CHECK (mode IN ('v3', 'legacy', 'manual')),
      actor text NOT NULL,
      cause text NOT NULL,
      reason text,
      metadata jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (restaurant_id, booking_id, version)
    );

    CREATE TABLE booking_assignment_attempts (
      id bigint GENERATED ALWAYS AS IDENTITY,
      restaurant_id text COLLATE "C" NOT NULL,
      booking_id text COLLATE "C" NOT NULL,
      attempt_no bigint NOT NULL CHECK (attempt_no >= 1),
      strategy text,
      result text NOT NULL CHECK (result IN ('success', 'failure')),
      reason text,
      metadata jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (restaurant_id, booking_id, id),
      FOREIGN KEY (restaurant_id, booking_id) REFERENCES bookings (restaurant_id, id)
    );

    """

  /// How a statement says no: it raises, with a code of this schema's own, and the transaction is gone.
  private static let refusal = """
    CREATE FUNCTION headwaiter_refuse(code text, what text) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION USING ERRCODE = code, MESSAGE = what;
    END $$;

    """

  private static let historyTriggers = """
    CREATE FUNCTION history_follows_history() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.version = 1 THEN
        IF NEW.from_state IS NULL THEN RETURN NEW; END IF;
      ELSE
        PERFORM 1 FROM booking_assignment_state_history
        WHERE restaurant_id = NEW.restaurant_id AND booking_id = NEW.booking_id AND version = NEW.version - 1
          AND to_state = NEW.from_state;
        IF FOUND THEN RETURN NEW; END IF;
      END IF;
      RAISE EXCEPTION 'history has a gap' USING ERRCODE = 'HW100';
    END $$;

    CREATE TRIGGER history_follows_history BEFORE INSERT ON booking_assignment_state_history
    FOR EACH ROW EXECUTE FUNCTION history_follows_history();

    CREATE FUNCTION rows_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only', TG_ARGV[0] USING ERRCODE = 'HW100';
    END $$;

    CREATE TRIGGER history_is_not_edited BEFORE UPDATE OR DELETE ON booking_assignment_state_history
    FOR EACH ROW EXECUTE FUNCTION rows_are_append_only('history');

    CREATE TRIGGER history_is_not_emptied BEFORE TRUNCATE ON booking_assignment_state_history
    FOR EACH STATEMENT EXECUTE FUNCTION rows_are_append_only('history');

    """

  private static let bookingTriggers = """
    CREATE FUNCTION bookings_change_with_history() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' OR (
        NEW.id = OLD.id AND NEW.restaurant_id = OLD.restaurant_id
        AND NEW.assignment_state_version > OLD.assignment_state_version)
      THEN
        PERFORM 1 FROM booking_assignment_state_history
        WHERE restaurant_id = NEW.restaurant_id AND booking_id = NEW.id
          AND version = NEW.assignment_state_version AND to_state = NEW.assignment_state;
        IF FOUND THEN RETURN NEW; END IF;
      END IF;
      RAISE EXCEPTION 'booking changed without its history' USING ERRCODE = 'HW100';
    END $$;

    CREATE TRIGGER bookings_change_with_history BEFORE INSERT OR UPDATE ON bookings
    FOR EACH ROW EXECUTE FUNCTION bookings_change_with_history();
    """
}
