"""The runbook of rolling back, with three instances and guests who go on booking."""

import contextlib
import sys
import threading
import time

from instance import Instance
from pages import ROOT
from site_under_test import HOUSE, OnSite
from test_operating import Balancer

sys.path.insert(0, str(ROOT / "scripts"))
from benchmarks import switching  # noqa: E402

V3 = "FEATURE_ASSIGNMENT_PIPELINE_V3"
FLAG = rf"{V3} +{{}} +.*{{}}"


class Rollback(OnSite):
    def test_01_the_kill_switch_loses_no_booking_and_decides_none_twice(self):
        with self.instances(3) as instances, self.guests(instances) as balancer:
            self.wait_for_flow("v3")
            self.assertIn("V3 is off, by kill switch", self.shell.type("kill"))
            shown = self.shell.type("V3 is off")
            self.assertRegex(shown, FLAG.format("false", "kill switch"))
            self.assertEqual(shown.count(" live "), 3, shown)
            self.wait_for_flow("legacy")
            shown = self.shell.type("bookings after a rollback", exits=(0, 1, 3))
            self.assertIn("confirmed", shown)
            judgement = self.judge(switching.killed_at(self.query), balancer)
            self.assertGreater(len(judgement.fates), 0, "nothing was under way")

    def test_02_the_cause_is_looked_for_and_v3_comes_back(self):
        with self.instances(1) as (instance, ):
            self.assertIn("KILL_SWITCH", self.shell.type("find the cause"))
            self.assertRegex(self.shell.type("release"), FLAG.format("true", "environment"))
            self.assertEqual(self.booked(instance, days=40)["flow"], "v3")

    def test_03_one_restaurant_goes_back_to_legacy_alone(self):
        with self.instances(1) as (instance, ):
            self.shell.type("one restaurant out", RESTAURANT=HOUSE)
            self.assertEqual(self.booked(instance, days=41)["flow"], "legacy")
            self.shell.run(f"headwaiter flags restaurant {HOUSE} clear --reason over")
            self.assertEqual(self.booked(instance, days=42)["flow"], "v3")

    def test_04_an_environment_that_says_false_switches_all_off(self):
        with self.instances(2) as instances, self.guests(instances) as balancer:
            self.wait_for_flow("v3")
            with self.instances(1, "false"):
                ready = time.time()
                self.wait_for_flow("legacy")
                self.assertRegex(self.shell.run("headwaiter flags"), FLAG.format("false", "environment"))
                self.judge(ready + 1, balancer)

    # Parts.

    @contextlib.contextmanager
    def instances(self, count: int, pipeline: str = "true"):
        """Every booking is stored with its job first, so that many are under way."""
        environment = self.shell.environment | {V3: pipeline, "HEADWAITER_SEAT_AT_ONCE": "false"}
        with contextlib.ExitStack() as stack:
            yield [stack.enter_context(Instance(self.site.work, environment)) for _ in range(count)]

    @contextlib.contextmanager
    def guests(self, instances: list[Instance]):
        balancer = Balancer()
        balancer.instances += instances
        guests = [threading.Thread(target=self.keep_booking, args=(balancer,)) for _ in range(9)]
        for guest in guests:
            guest.start()
        try:
            yield balancer
        finally:
            balancer.is_closed = True
            for guest in guests:
                guest.join()

    @staticmethod
    def keep_booking(balancer: Balancer) -> None:
        while not balancer.is_closed:
            balancer.book()

    def query(self, sql: str) -> list[list[str]]:
        return [line.split("|") for line in self.server.sql(sql).splitlines()]

    def wait_for_flow(self, flow: str) -> None:
        """Until bookings of the last moment have been confirmed by a flow."""
        since = self.server.sql("SELECT now()")
        self.server.wait_for(
            f"""SELECT count(*) >= 5 FROM booking_assignment_state_history
            WHERE to_state = 'confirmed' AND mode = '{flow}' AND created_at > '{since}'""", "t", "headwaiter")

    def booked(self, instance: Instance, days: int) -> dict:
        """A booking that is made once every instance heeds the flags as they stand."""
        self.server.wait_for(
            """SELECT bool_and(flags_epoch >= value) FROM instances, counters
            WHERE name = 'flags_epoch' AND heartbeat_at > now() - interval '2 s'""", "t", "headwaiter")
        return self.book_later(instance, days=days)

    def judge(self, switched: float, balancer: Balancer) -> switching.Judgement:
        balancer.is_closed = True
        # Legacy waits 65 seconds before it gives up.
        self.server.wait_for(switching.UNFINISHED, "0", "headwaiter", seconds=90)
        judgement = switching.judge(self.query, switched, balancer.accepted)
        self.assertEqual(judgement.wrong, {})
        self.assertLess(judgement.last_start, switched + 1)
        self.assertEqual([status for status in balancer.statuses if status not in (200, 201, 202)], [])
        self.assert_sound(self.server)
        return judgement
