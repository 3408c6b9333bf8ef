import StoreFoundation

extension Migration {
  /// The trace that all that is done about a booking belongs to, and the one way in which the program deletes events.
  ///
  /// The function has its owner's rights, so that the role of the instances needs none to delete events: it can only have
  /// old ones deleted. The newest event stays, as on the other database.
  static let traces = Migration(
    number: 10, name: "traces",
    sql: """
      ALTER TABLE bookings ADD COLUMN trace_id text;

      CREATE FUNCTION headwaiter_prune_events(before timestamptz, most bigint) RETURNS bigint
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        pruned bigint;
      BEGIN
        IF before > now() - interval '1 day' THEN
          RAISE EXCEPTION USING ERRCODE = 'HW100', MESSAGE = 'events younger than a day are kept';
        END IF;
        DELETE FROM observability_events WHERE id IN (
          SELECT id FROM observability_events
          WHERE created_at < before AND id < (SELECT max(id) FROM observability_events)
          ORDER BY created_at LIMIT most FOR UPDATE SKIP LOCKED);
        GET DIAGNOSTICS pruned = ROW_COUNT;
        RETURN pruned;
      END $$;
      """)
}
