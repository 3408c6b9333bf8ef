"""Backup and restore: by a dump, and to a moment by the log."""

from cluster import Cluster, own
from site_under_test import HOUSE, OnSite
from test_connections import install_certificate

EVERYTHING = """
    SELECT md5(string_agg(row, ',' ORDER BY row)) FROM (
      SELECT 'b' || bookings::text FROM bookings UNION ALL SELECT 'h' || history::text
      FROM booking_assignment_state_history AS history UNION ALL SELECT 'c' || table_claims::text FROM table_claims
      UNION ALL SELECT 'o' || outbox::text FROM outbox UNION ALL SELECT 'e' || observability_events::text
      FROM observability_events) AS rows (row)"""


class Restore(OnSite):
    def test_01_a_dump_comes_back_on_a_new_server_and_live_events_go_on(self):
        with self.site.instance() as instance:
            events = instance.live_events(HOUSE)
            booking = self.book_later(instance)
            seen = events.until('"assignment_state":"confirmed"')[-1]
            events.close()
        self.shell.type("dump")
        new = self.new_server()
        kept = dict(self.shell.environment)
        self.shell.environment |= new.environment()
        try:
            self.assertNotRegex(self.shell.type("restore"), r"\| +[1-9]")
            self.assertEqual(new.sql(EVERYTHING), self.server.sql(EVERYTHING))
            self.go_on(new, booking, seen)
        finally:
            self.shell.environment = kept

    def new_server(self) -> Cluster:
        new = self.site.cluster("second")
        install_certificate(self.site.work, new)
        new.sql("ALTER SYSTEM SET ssl = on", "postgres")
        new.let_in(self.shell.text("pg_hba.conf"))
        return new

    def go_on(self, new: Cluster, booking: dict, seen: int) -> None:
        with self.site.instance() as instance:
            self.assertEqual(instance.make(f"/v1/bookings/{booking['id']}", method="GET"), booking)
            events = instance.live_events(HOUSE, after=str(seen))
            self.assertEqual(instance.make(f"/v1/bookings/{booking['id']}/cancel")["status"], "cancelled")
            later = self.book_later(instance)
            ids = events.until(f'"booking_id":"{later["id"]}"')
            events.close()
        self.assertGreater(min(ids), seen)
        self.assertEqual(ids, sorted(ids))
        self.assertNotEqual(new.sql("SELECT value FROM counters WHERE name = 'journal_base'"), "0")
        self.assert_sound(new)

    def test_02_the_log_brings_back_what_came_after_the_base_backup(self):
        self.shell.type("archive")
        self.server.stop()
        self.server.start()
        self.shell.type("base backup")
        with self.site.instance() as instance:
            booking = self.book_later(instance)
        moment = self.server.sql("SELECT clock_timestamp()")
        self.server.sql("UPDATE restaurants SET name = 'a mistake'")
        log = self.server.sql("SELECT pg_walfile_name(pg_current_wal_lsn())")
        self.server.sql("SELECT pg_switch_wal()")
        self.server.wait_for(f"SELECT last_archived_wal >= '{log}' FROM pg_stat_archiver", "t")
        self.shell.type("recovery", TIME=moment)
        recovered = self.recovered()
        recovered.wait_for("SELECT pg_is_in_recovery()", "f")
        self.assertEqual(recovered.sql(f"SELECT status FROM bookings WHERE id = '{booking['id']}'"), "confirmed")
        self.assertEqual(recovered.sql("SELECT count(*) FROM restaurants WHERE name = 'a mistake'"), "0")
        self.assert_sound(recovered)

    def recovered(self) -> Cluster:
        cluster = Cluster(self.site.folder / "third")
        self.site.clusters.append(cluster)
        cluster.data = self.site.backup / "base"
        own(cluster.data, *cluster.data.rglob("*"))
        cluster.start()
        return cluster
