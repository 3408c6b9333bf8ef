"""The same metrics on a PostgreSQL server of the tests' own."""

import os
import pathlib
import re
import signal
import subprocess
import time

from cluster import Cluster, own
from instance import Instance
from scene import OnScene, book
from test_runbooks import statements


class OnPostgreSQL(OnScene):
    @classmethod
    def setUpClass(cls):
        folder = cls.scene.folder
        folder.chmod(0o755)
        cls.cluster = Cluster(folder / "postgresql")
        cls.cluster.create()
        cls.cluster.start()
        cls.addClassCleanup(cls.cluster.stop)
        cls.cluster.sql("CREATE DATABASE headwaiter", "postgres")
        own(cls.cluster.folder)
        address = f"postgresql://postgres@localhost:{cls.cluster.port}/headwaiter"
        cls.environment = cls.scene.shell.environment | {"HEADWAITER_DATABASE": address}
        for command in ("migrate", "import tiny.restaurant.json"):
            subprocess.run(
                [folder / "bin/headwaiter", *command.split()], cwd=folder, env=cls.environment, check=True,
                stdout=subprocess.DEVNULL, timeout=60)

    def test_01_format_and_figures(self):
        with Instance(self.scene.folder, self.environment) as instance:
            states = [book(instance, 2, "19:00")["assignment_state"] for _ in range(2)]
            self.assertEqual(states, ["confirmed", "manual_review"])
            text = self.scene.metrics(instance)
            done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
            for series, least in [
                    (r'headwaiter_outcomes_total\{flow="v3",outcome="confirmed",reason="none"\}', 1),
                    (r'headwaiter_database_connections_opened_total', 1), (r'headwaiter_review_bookings', 1),
                    (r'headwaiter_notices\{state="scheduled"\}', 2), (r'headwaiter_instances\{state="live"\}', 1),
                    (r'headwaiter_figures_read_timestamp_seconds', 1_700_000_000),
                    (r'headwaiter_stage_duration_seconds_count\{stage="accept"\}', 2),
                    (r'headwaiter_stage_duration_seconds_count\{stage="plan"\}', 2)]:
                found = re.search(rf"^{series} (\S+)$", text, re.MULTILINE)
                self.assertIsNotNone(found, series)
                self.assertGreaterEqual(float(found[1]), least, series)
            self.assertTrue(re.search(r'^headwaiter_build_info\{database="postgresql",role="all",', text, re.MULTILINE))

    def test_02_every_statement_of_the_pages_runs(self):
        for page, statement in statements():
            with self.subTest(page):
                self.cluster.sql(statement)

    def test_03_a_server_that_hangs_holds_no_scrape_up(self):
        with Instance(self.scene.folder, self.environment) as instance:
            read = re.search(r"^headwaiter_figures_read_timestamp_seconds .*$", self.scene.metrics(instance), re.MULTILINE)[0]
            backends = self.cluster.sql(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
            pids = [int(pid) for pid in backends.split()]
            self.assertGreater(len(pids), 0)
            # Their parent too, which would make new ones.
            pids.insert(0, int(pathlib.Path(f"/proc/{pids[0]}/stat").read_text().rsplit(")", 1)[1].split()[1]))
            try:
                for pid in pids:
                    os.kill(pid, signal.SIGSTOP)
                # Until nothing that was read is young enough.
                time.sleep(2.5)
                began = time.monotonic()
                text = self.scene.metrics(instance)
                self.assertTrue(f"\n{read}\n" in text, "it was read meanwhile")
                self.assertTrue("\nheadwaiter_review_bookings 1\n" in text, "the last figures stay")
                self.assertLess(time.monotonic() - began, 8, "Prometheus waits for 10 seconds")
            finally:
                for pid in pids:
                    try:
                        os.kill(pid, signal.SIGCONT)
                    except ProcessLookupError:
                        pass

    def test_04_when_the_server_is_away_metrics_are_shown_and_say_so(self):
        with Instance(self.scene.folder, self.environment) as instance:
            self.scene.metrics(instance)
            self.cluster.stop()
            try:
                instance.wait_until("/readyz", 503)
                deadline = time.monotonic() + 15
                while "\nheadwaiter_figures_failures_total 0\n" in (text := self.scene.metrics(instance)):
                    self.assertLess(time.monotonic(), deadline, "figures of a server that is away")
                    time.sleep(0.3)
                self.assertTrue("\nheadwaiter_review_bookings 1\n" in text, "the last figures stay")
                self.assertTrue("\nheadwaiter_breakers_open" in text)
            finally:
                self.cluster.start()
