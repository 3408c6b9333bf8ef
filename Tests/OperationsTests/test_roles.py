"""First start, roles, and what the application's role may not."""

import datetime
import re
import shlex
import threading

from cluster import Cluster, Refused
from instance import Instance
from pages import ROOT
from site_under_test import APP, EVENING, HOUSE, OWNER, PUB, OnSite, table_for

GRANTS = ROOT / "ops/postgresql/grants.sql"
INSPECTION = ROOT / "Sources/PostgresStore/Ports/PostgresStore+Inspection.swift"
# Statements of the program that change rows, by what they begin with.
VERBS = {"INSERT": r"INSERT INTO (\w+)", "UPDATE": r"UPDATE (\w+) SET", "DELETE": r"DELETE FROM (\w+)"}

RIGHTS = f"""
    SELECT verb || ':' || tablename FROM pg_tables, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE']) AS verb
    WHERE schemaname = 'public' AND CASE verb WHEN 'DELETE' THEN has_table_privilege('{APP}', tablename, verb)
      ELSE has_any_column_privilege('{APP}', tablename, verb) END"""


class Roles(OnSite):
    def test_01_an_empty_database_serves_in_one_command(self):
        before, serve = self.shell.text("first start").strip().rsplit("\n", 1)
        self.shell.run(before)
        program, command, *options = shlex.split(serve)
        self.assertEqual((program, command), ("headwaiter", "serve"))
        with self.site.instance(*options) as instance:
            self.shell.run(f"headwaiter import {PUB} {shlex.join(options)}")
            self.assert_confirmed(self.book(instance))

    def test_02_roles_are_made_and_made_again(self):
        self.shell.type("roles")
        self.shell.type("roles")
        owner = self.server.sql("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'headwaiter'")
        self.assertEqual(owner, OWNER)
        for role in (OWNER, APP):
            powers = "rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls"
            self.assertEqual(self.server.sql(f"SELECT {powers} FROM pg_roles WHERE rolname = '{role}'"), "f")

    def test_03_the_application_role_replays_a_day(self):
        self.shell.run(f"export HEADWAITER_DATABASE=postgresql://{APP}@localhost/headwaiter")
        day = datetime.date.fromisoformat(EVENING) + datetime.timedelta(days=7)
        rows = [f"r{n},{HOUSE},{day},18:{n % 4 * 15:02},{2 + n % 3}" for n in range(8)]
        header = "booking_id,restaurant_id,date,start_time,party_size"
        (self.site.work / "bookings.csv").write_text("\n".join([header, *rows]) + "\n")
        self.shell.run(
            f"headwaiter replay --restaurant {PUB} --bookings bookings.csv --flow v3 --database $HEADWAITER_DATABASE")
        self.assert_sound(self.server)

    def test_04_the_application_role_does_all_that_the_service_does(self):
        self.shell.run(f"headwaiter import {PUB}")
        with self.site.instance() as instance:
            first = self.assert_confirmed(self.book(instance))
            self.assertEqual(self.book(instance, party=400)["assignment_state"], "failed")
            self.hold(instance)
            self.block(instance)
            self.review(instance)
            instance.make(f"/v1/bookings/{first['id']}", {"party_size": 3}, method="PATCH")
            instance.make(f"/v1/bookings/{first['id']}/pin")
            self.assertEqual(instance.make(f"/v1/bookings/{first['id']}/cancel")["status"], "cancelled")
            for trail in ("history", "attempts", "why", "notices"):
                self.assertEqual(instance.call("GET", f"/v1/bookings/{first['id']}/{trail}")[0], 200)
        self.assert_sound(self.server)

    def hold(self, instance: Instance) -> None:
        kept, given_up = (instance.make("/v1/holds", table_for(2, "12:30")) for _ in range(2))
        self.assert_confirmed(instance.make(f"/v1/holds/{kept['id']}/confirm", {"guest": {"name": "Test Guest"}}))
        instance.make(f"/v1/holds/{given_up['id']}", method="DELETE")

    def block(self, instance: Instance) -> None:
        blocks = f"/v1/restaurants/{HOUSE}/blocks"
        block = {"tables": ["B8"], "from": f"{EVENING}T12:00:00Z", "until": f"{EVENING}T13:00:00Z", "reason": "wobbles"}
        instance.make(f"{blocks}/{instance.make(blocks, block)['id']}", method="DELETE")

    def review(self, instance: Instance) -> None:
        """Fills the house with large parties until one needs a person, who declines."""
        for _ in range(30):
            booking = self.book(instance, "20:00", party=20)
            if booking["assignment_state"] == "manual_review":
                declined = instance.make(f"/v1/review/{booking['id']}/decline")
                self.assertEqual(declined["assignment_state"], "failed")
                return
        self.fail("the house took 30 parties of 20")

    def test_05_the_application_role_runs_every_command(self):
        self.shell.run("headwaiter keys create --name test --role host; headwaiter keys list")
        key = self.server.sql("SELECT id FROM api_keys")
        self.shell.run(f"headwaiter keys revoke {key}; headwaiter review; headwaiter events; headwaiter instances")
        # The day went badly, which is no usage error.
        self.shell.run("headwaiter health || test $? -ne 2")

    def test_06_grants_are_what_the_programs_statements_need(self):
        """Each table that a statement of the store changes may be changed so, and no table is without grants."""
        folder = ROOT / "Sources/PostgresStore"
        source = "\n".join(file.read_text() for part in ("Units", "Ports") for file in (folder / part).glob("*.swift"))
        tables = set(self.server.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").split())
        may = set(self.server.sql(RIGHTS).split())
        needed = {f"{verb}:{table}" for verb, pattern in VERBS.items() for table in re.findall(pattern, source)
                  if table in tables}
        self.assertGreater(len(needed), 25)
        self.assertEqual(needed - may, set())
        for lock in ("NO KEY UPDATE", "SHARE"):
            for table in ("bookings", "holds", "leases", "table_claims", "assignment_jobs"):
                self.server.sql(f"SELECT 1 FROM {table} LIMIT 1 FOR {lock}", role=APP)
        # What the grants give, the doctor looks for.
        for list_of_tables in (GRANTS.read_text(), INSPECTION.read_text()):
            self.assertEqual({table for table in tables if not re.search(rf"\b{table}\b", list_of_tables)}, set())

    def test_07_the_application_role_cannot_change_what_is_kept(self):
        for statement in [
            "UPDATE booking_assignment_state_history SET reason = 'x'", "DELETE FROM booking_assignment_state_history",
            "TRUNCATE booking_assignment_state_history", "UPDATE observability_events SET severity = 'debug'",
            "DELETE FROM observability_events", "DELETE FROM bookings", "DELETE FROM booking_assignment_attempts",
            "UPDATE decisions SET document = '{}'", "DELETE FROM api_keys", "UPDATE api_keys SET role = 'admin'",
            "DELETE FROM counters", "DELETE FROM restaurants", "DELETE FROM notices", "UPDATE outbox SET topic = 'x'",
            "INSERT INTO schema_migrations VALUES (99, 'x', 'x', 7, now())", "SELECT setval('fencing_tokens', 1)",
            "CREATE TABLE mine (x int)", "CREATE SCHEMA mine", "CREATE TEMPORARY TABLE mine (x int)",
            "UPDATE rollout_records SET actor = 'x'", "DELETE FROM rollout_records", "DELETE FROM rollout",
            "DELETE FROM rollout_runs", "UPDATE day_plans SET moves = '[]'", "ALTER TABLE bookings DISABLE TRIGGER ALL", "DROP TABLE outbox",
            "CREATE OR REPLACE FUNCTION rows_are_append_only() RETURNS trigger LANGUAGE sql AS ''",
        ]:
            with self.subTest(statement), self.assertRaisesRegex(Refused, "permission denied|must be owner"):
                self.server.sql(statement, role=APP)

    def test_07b_the_application_role_has_old_events_deleted_and_no_others(self):
        prune = "SELECT headwaiter_prune_events(now() - interval '{}', 10)"
        self.assertEqual(self.server.sql(prune.format("2 days"), role=APP), "0")
        with self.assertRaisesRegex(Refused, "younger than a day"):
            self.server.sql(prune.format("23 hours"), role=APP)
        self.server.sql("CREATE ROLE onlooker LOGIN; GRANT CONNECT ON DATABASE headwaiter TO onlooker")
        self.server.sql("GRANT USAGE ON SCHEMA public TO onlooker")
        with self.assertRaisesRegex(Refused, "permission denied for function"):
            self.server.sql(prune.format("2 days"), role="onlooker")
        self.server.sql("REVOKE ALL ON SCHEMA public FROM onlooker; REVOKE ALL ON DATABASE headwaiter FROM onlooker")
        self.server.sql("DROP ROLE onlooker")

    def test_08_history_is_kept_from_the_hands_of_its_owner(self):
        for statement in ["UPDATE {} SET reason = 'x'", "DELETE FROM {}", "TRUNCATE {}"]:
            with self.subTest(statement), self.assertRaisesRegex(Refused, "history is append-only"):
                self.server.sql(statement.format("booking_assignment_state_history"), role=OWNER)

    def test_09_strangers_do_not_come_in(self):
        self.server.sql("CREATE ROLE stranger LOGIN")
        with self.assertRaisesRegex(Refused, "permission denied for database"):
            self.server.sql("SELECT 1", role="stranger")

    def test_10_a_table_of_a_later_migration_can_be_used_until_the_grants_are_run_again(self):
        self.server.sql("CREATE TABLE later (x int); CREATE SEQUENCE later_numbers", role=OWNER)
        self.server.sql("INSERT INTO later SELECT nextval('later_numbers'); DELETE FROM later", role=APP)
        self.run_grants()
        with self.assertRaisesRegex(Refused, "permission denied"):
            self.server.sql("SELECT * FROM later", role=APP)
        self.server.sql("DROP TABLE later; DROP SEQUENCE later_numbers", role=OWNER)

    def run_grants(self) -> None:
        self.shell.run(f"psql -q -h localhost -d headwaiter -U {OWNER} -f ops/postgresql/grants.sql")

    def test_11_a_pending_migration_is_not_for_the_application_role(self):
        newest = "number = (SELECT max(number) FROM schema_migrations)"
        self.server.sql(f"CREATE TABLE kept AS SELECT * FROM schema_migrations WHERE {newest}")
        self.server.sql(f"DELETE FROM schema_migrations WHERE {newest}")
        said = self.shell.fails("headwaiter", "serve", "--port", "0")
        self.assertEqual(len(said.splitlines()), 1, said)
        self.server.sql("INSERT INTO schema_migrations SELECT * FROM kept; DROP TABLE kept")

    def test_12_keys_can_be_left_to_the_owner(self):
        self.shell.type("keys by the owner")
        self.shell.fails("headwaiter", "keys", "create", "--name", "x", "--role", "host")
        with self.site.instance() as instance:
            self.assertEqual(instance.call("GET", "/v1/bookings")[0], 401)
        self.run_grants()
        self.server.sql("DELETE FROM api_keys")

    def test_13_writers_in_other_databases_hold_nobody_up_who_may_see_them(self):
        end = "SELECT headwaiter_journal_end() >> 16"
        with ForeignTransaction(self.server) as foreign:
            self.assertEqual(int(self.server.sql(end, role=APP)), foreign.number)
            self.shell.type("other databases")
            self.server.sql("SELECT pg_current_xact_id()")
            self.assertGreater(int(self.server.sql(end, role=APP)), foreign.number)


class ForeignTransaction:
    """Somebody else's writing transaction in another database, under way while this is a context."""

    WAIT = "SELECT pg_current_xact_id(), pg_sleep(60)"
    FOUND = f"FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND query = '{WAIT}'"

    def __init__(self, cluster: Cluster):
        self.cluster = cluster
        self.thread = threading.Thread(target=self.wait, daemon=True)

    def __enter__(self) -> "ForeignTransaction":
        self.thread.start()
        self.cluster.wait_for(f"SELECT count(*) {self.FOUND}", "1")
        self.number = int(self.cluster.sql(f"SELECT backend_xid {self.FOUND}", "postgres"))
        return self

    def wait(self) -> None:
        try:
            self.cluster.sql(self.WAIT, "postgres")
        except Refused:
            pass

    def __exit__(self, *_) -> None:
        self.cluster.sql(f"SELECT pg_terminate_backend(pid) {self.FOUND}", "postgres")
        self.thread.join(10)
