"""Instances and upgrade without downtime."""

import collections
import datetime
import itertools
import threading

from instance import Instance
from site_under_test import FIRST_DAY, HOUSE, OnSite


class Upgrade(OnSite):
    def test_01_the_database_is_migrated_while_instances_run(self):
        with self.site.instance() as instance:
            self.assertIn("live", self.shell.type("instances"))
            self.shell.type("indexes beforehand")
            self.assertIn("up to date", self.shell.type("migrate"))
            self.book_later(instance)

    def test_02_an_older_program_goes_on_as_long_as_it_knows_what_is_needed(self):
        newest = int(self.server.sql("SELECT max(number) FROM schema_migrations"))
        add = "INSERT INTO schema_migrations VALUES ({0}, 'of a newer program', 'x', {1}, now())"
        self.server.sql(add.format(newest + 1, newest))
        self.assertRegex(self.shell.type("needs"), rf"{newest + 1} \| +{newest}\n")
        with self.site.instance() as instance:
            self.book_later(instance)
            self.server.sql(add.format(newest + 2, newest + 2))
            self.book_later(instance)
        self.assertIn("use a newer program", self.shell.fails("headwaiter", "serve", "--port", "0"))
        self.server.sql(f"DELETE FROM schema_migrations WHERE number > {newest}")

    def test_03_instances_are_replaced_one_by_one_and_no_booking_fails(self):
        balancer = Balancer()
        ids = [self.join(balancer), self.join(balancer)]
        guests = [threading.Thread(target=self.keep_booking, args=(balancer,)) for _ in range(3)]
        for guest in guests:
            guest.start()
        try:
            for old, instance in zip(ids, list(balancer.instances)):
                self.shell.type("drain", INSTANCE=old)
                instance.wait_until("/readyz", 503)
                balancer.leave(instance)
                instance.stop()
                self.join(balancer)
        finally:
            balancer.is_closed = True
            for guest in guests:
                guest.join()
            self.server.wait_for("SELECT count(*) FROM assignment_jobs", "0", "headwaiter")
            for instance in balancer.instances:
                instance.stop()
        self.assertEqual([status for status in balancer.statuses if status not in (201, 202)], [])
        self.assertGreater(len(balancer.statuses), 20)
        self.assertEqual(self.server.sql("SELECT count(*) FROM instances"), "0")
        self.assert_sound(self.server)

    def test_04_what_is_worth_watching_is_shown(self):
        shown = self.shell.type("watch")
        self.assertIn(" xid ", shown)
        self.assertIn("assignment_jobs", shown)

    def test_05_the_doctor_finds_the_role_fit_and_what_is_wrong(self):
        with self.site.instance():
            shown = self.shell.type("doctor", exits=(0, 1))
            self.assertIn("may do what it must", shown)
            self.assertIn("migrations", shown)
            self.assertNotIn("CRITICAL", shown)
            self.server.sql("REVOKE INSERT ON bookings FROM headwaiter_app")
            self.assertRegex(self.shell.type("doctor", exits=(3,)), "CRITICAL +rights +headwaiter_app lacks INSERT ON bookings")
            self.server.sql("GRANT INSERT ON bookings TO headwaiter_app")

    def test_06_old_events_are_exported_and_deleted_by_a_role_that_may_not_delete_them(self):
        self.server.sql(
            "INSERT INTO observability_events SELECT 1, now() - interval '40 days', 'flags', 'old', 'info', NULL, NULL, '{}'")
        self.assertIn("1 event is in ", self.shell.type("prune"))
        self.assertEqual(self.server.sql("SELECT count(*) FROM observability_events WHERE event_type = 'old'"), "0")
        exported, = self.site.backup.glob("events-before-*.jsonl")
        self.assertEqual(len(exported.read_text().splitlines()), 1)
        exported.unlink()

    def join(self, balancer: "Balancer") -> str:
        """Starts an instance, and returns its id."""
        before = self.ids()
        balancer.instances.append(self.site.instance())
        new, = self.ids() - before
        return new

    def ids(self) -> set[str]:
        return set(self.server.sql("SELECT id FROM instances").split())

    @staticmethod
    def keep_booking(balancer: "Balancer") -> None:
        while not balancer.is_closed:
            balancer.book()


class Balancer:
    """Gives requests to instances in turn, as what stands in front of them does."""

    def __init__(self):
        self.instances: list[Instance] = []
        self.is_closed = False
        self.statuses: list[int] = []
        self.accepted: list[str] = []
        self.numbers = itertools.count()
        self.under_way = collections.Counter()
        self.changed = threading.Condition()

    def book(self) -> None:
        with self.changed:
            number = next(self.numbers)
            instance = self.instances[number % len(self.instances)]
            self.under_way[instance] += 1
        day = FIRST_DAY + datetime.timedelta(days=number % 40)
        status, answer = instance.call("POST", "/v1/bookings", {
            "restaurant_id": HOUSE, "date": day.isoformat(), "start_time": f"{18 + number % 3}:00", "party_size": 2,
            "guest": {"name": "Test Guest"}})
        with self.changed:
            self.statuses.append(status)
            self.accepted += [answer["id"]] if status in (200, 201, 202) else []
            self.under_way[instance] -= 1
            self.changed.notify_all()

    def leave(self, instance: Instance) -> None:
        """Nothing more goes to it; waits for what is under way."""
        with self.changed:
            self.instances.remove(instance)
            assert self.changed.wait_for(lambda: self.under_way[instance] == 0, 30), "a request does not end"
