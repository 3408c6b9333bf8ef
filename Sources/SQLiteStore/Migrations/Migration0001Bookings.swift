import StoreFoundation

extension Migration {
  /// Restaurants, bookings, their history and their attempts.
  ///
  /// What the triggers refuse:
  /// - a booking that is inserted or updated without the history row of its version and state, or whose version does
  ///   not rise. One statement may raise the version by several steps; since history has no gaps, each step has its row;
  /// - a history row whose version does not follow the one before, or that does not start from the state it ended in;
  /// - every change and deletion of a history row, also by `INSERT OR REPLACE`, which fires no delete trigger.
  static let bookings = Migration(
    number: 1, name: "bookings",
    sql: """
      CREATE TABLE restaurants (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        timezone TEXT NOT NULL,
        document BLOB NOT NULL,
        revision INTEGER NOT NULL CHECK (revision >= 1),
        updated_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE bookings (
        id TEXT PRIMARY KEY NOT NULL,
        restaurant_id TEXT NOT NULL,
        status TEXT NOT NULL
          CHECK (status IN ('pending', 'confirmed', 'seated', 'completed', 'cancelled', 'no_show')),
        assignment_state TEXT NOT NULL
          CHECK (assignment_state IN ('created', 'capacity_verified', 'assignment_pending', 'assignment_in_progress',
            'assigned', 'confirmed', 'manual_review', 'failed')),
        assignment_state_version INTEGER NOT NULL CHECK (assignment_state_version >= 1),
        assignment_strategy TEXT,
        assignment_flow TEXT CHECK (assignment_flow IN ('v3', 'legacy')),
        origin TEXT NOT NULL CHECK (origin IN ('guest', 'host', 'walk_in')),
        party_size INTEGER NOT NULL CHECK (party_size >= 1),
        requested_service TEXT,
        duration_minutes INTEGER,
        zone TEXT,
        tags TEXT NOT NULL,
        needs TEXT NOT NULL,
        service TEXT,
        service_date TEXT NOT NULL,
        dining_start INTEGER NOT NULL,
        dining_end INTEGER NOT NULL,
        block_start INTEGER NOT NULL,
        block_end INTEGER NOT NULL,
        state_entered_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        tables TEXT NOT NULL,
        reason TEXT,
        review_deadline INTEGER,
        pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
        decision_id TEXT,
        undo TEXT,
        guest_name TEXT,
        guest_phone TEXT,
        guest_mail TEXT,
        guest_locale TEXT,
        guest_notes TEXT,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;

      CREATE INDEX bookings_by_start ON bookings (restaurant_id, dining_start, id);
      CREATE INDEX bookings_by_creation ON bookings (created_at);
      CREATE INDEX bookings_pending ON bookings (restaurant_id, block_start) WHERE status = 'pending';
      CREATE INDEX bookings_in_review ON bookings (review_deadline) WHERE assignment_state = 'manual_review';
      CREATE INDEX bookings_in_review_here ON bookings (restaurant_id, review_deadline)
        WHERE assignment_state = 'manual_review';

      CREATE TABLE booking_assignment_state_history (
        booking_id TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version >= 1),
        from_state TEXT,
        to_state TEXT NOT NULL,
        mode TEXT NOT NULL CHECK (mode IN ('v3', 'legacy', 'manual')),
        actor TEXT NOT NULL,
        cause TEXT NOT NULL,
        reason TEXT,
        metadata TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        PRIMARY KEY (booking_id, version)
      ) STRICT, WITHOUT ROWID;

      CREATE TRIGGER history_follows_history BEFORE INSERT ON booking_assignment_state_history
      WHEN CASE NEW.version
        WHEN 1 THEN NEW.from_state IS NOT NULL
        ELSE NOT EXISTS (
          SELECT 1 FROM booking_assignment_state_history
          WHERE booking_id = NEW.booking_id AND version = NEW.version - 1 AND to_state IS NEW.from_state)
        END
      BEGIN
        SELECT RAISE(ABORT, 'history has a gap');
      END;

      CREATE TRIGGER history_is_not_replaced BEFORE INSERT ON booking_assignment_state_history
      WHEN EXISTS (
        SELECT 1 FROM booking_assignment_state_history
        WHERE booking_id = NEW.booking_id AND version = NEW.version)
      BEGIN
        SELECT RAISE(ABORT, 'history is append-only');
      END;

      CREATE TRIGGER history_is_not_edited BEFORE UPDATE ON booking_assignment_state_history
      BEGIN
        SELECT RAISE(ABORT, 'history is append-only');
      END;

      CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON booking_assignment_state_history
      BEGIN
        SELECT RAISE(ABORT, 'history is append-only');
      END;

      CREATE TRIGGER bookings_begin_with_history BEFORE INSERT ON bookings
      WHEN NOT EXISTS (
        SELECT 1 FROM booking_assignment_state_history
        WHERE booking_id = NEW.id AND version = NEW.assignment_state_version AND to_state = NEW.assignment_state)
      BEGIN
        SELECT RAISE(ABORT, 'booking without its history');
      END;

      CREATE TRIGGER bookings_are_not_replaced BEFORE INSERT ON bookings
      WHEN EXISTS (SELECT 1 FROM bookings WHERE id = NEW.id)
      BEGIN
        SELECT RAISE(ABORT, 'booking exists');
      END;

      CREATE TRIGGER bookings_change_with_history BEFORE UPDATE ON bookings
      WHEN NEW.id <> OLD.id
        OR NEW.assignment_state_version <= OLD.assignment_state_version
        OR NOT EXISTS (
          SELECT 1 FROM booking_assignment_state_history
          WHERE booking_id = NEW.id AND version = NEW.assignment_state_version AND to_state = NEW.assignment_state)
      BEGIN
        SELECT RAISE(ABORT, 'booking changed without its history');
      END;

      CREATE TABLE booking_assignment_attempts (
        id INTEGER PRIMARY KEY,
        booking_id TEXT NOT NULL REFERENCES bookings (id),
        attempt_no INTEGER NOT NULL CHECK (attempt_no >= 1),
        strategy TEXT,
        result TEXT NOT NULL CHECK (result IN ('success', 'failure')),
        reason TEXT,
        metadata TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;

      CREATE INDEX attempts_of_booking ON booking_assignment_attempts (booking_id);
      """)
}
