"""A real Prometheus, set up as the page says, on two instances."""

import json
import re
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

from pages import ROOT
from scene import OnScene, book

# What Grafana puts in, for a Prometheus that scrapes each second.
WINDOWS = {"$__rate_interval": "30s", "$__range": "1m"}


class Monitoring(OnScene):
    def test_01_the_steps_of_the_page(self):
        self.scene.shell.type("key")
        self.assertEqual((self.scene.etc / "headwaiter.key").stat().st_mode & 0o777, 0o600)
        self.scene.shell.type("configuration")
        file = self.scene.etc / "prometheus.yml"
        text = file.read_text().replace(": 15s", ": 1s")
        targets = ", ".join(f"127.0.0.1:{instance.port}" for instance in self.scene.instances)
        file.write_text(text.replace("[127.0.0.1:8080]", f"[{targets}]"))
        done = subprocess.run(["promtool", "check", "config", file], capture_output=True, text=True, timeout=20)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_02_prometheus_reaches_both_instances(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        Monitoring.address = f"http://127.0.0.1:{port}"
        log = open(self.scene.folder / "prometheus.log", "w")
        self.addCleanup(log.close)
        self.scene.prometheus = subprocess.Popen(
            ["prometheus", f"--config.file={self.scene.etc / 'prometheus.yml'}",
             f"--storage.tsdb.path={self.scene.folder / 'tsdb'}", f"--web.listen-address=127.0.0.1:{port}",
             "--log.level=warn"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.until('sum(up{job="headwaiter"}) == 2')
        told = self.scene.shell.type("is it up", **{"http://localhost:9090": self.address})
        self.assertEqual(len(re.findall(r"=> 1 @", told)), 2, told)

    def test_03_what_happens_is_what_it_counts(self):
        before = self.value("sum(headwaiter_bookings_accepted_total)")
        states = [book(self.web, 2, time)["assignment_state"] for time in ("20:45", "21:00")]
        self.assertEqual(states, ["confirmed", "manual_review"])
        self.until(f"sum(headwaiter_bookings_accepted_total) == {before + 2:.0f}")
        self.assertEqual(self.value('sum(headwaiter_outcomes_total{outcome="confirmed"})'), 3)
        self.assertEqual(self.value('sum(headwaiter_restaurant_outcomes_total{restaurant="tiny",outcome="confirmed"})'), 3)
        self.assertEqual(self.value('sum(headwaiter_decision_duration_seconds_count{outcome="confirmed"})'), 3)
        self.assertEqual(self.value('sum(headwaiter_transitions_total{to="confirmed"})'), 3)
        self.until("max(headwaiter_review_bookings) == 2")
        self.until("max(headwaiter_notices{state=\"scheduled\"}) > 0")
        self.until('min(headwaiter_instances{state="live"}) == 2')
        self.assertEqual(self.value("sum(headwaiter_errors_total)"), 0)
        self.assertLess(self.value("max(time() - headwaiter_figures_read_timestamp_seconds)"), 10)

    def test_04_every_expression_of_the_dashboard_is_valid_and_shows_something(self):
        dashboard = json.loads((ROOT / "ops/grafana/headwaiter.json").read_text())
        expressions = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
        self.assertGreater(len(expressions), 40)
        for expression in expressions:
            for name, window in WINDOWS.items():
                expression = expression.replace(name, window)
            self.assertNotIn("$", expression)
            self.assertTrue(self.query(expression), f"nothing for {expression}")

    def test_05_no_rule_has_a_fault_and_nothing_fires(self):
        self.until("count(headwaiter:errors:increase10m) == 1")
        groups = self.get("/api/v1/rules")["groups"]
        rules = [rule for group in groups for rule in group["rules"]]
        self.assertEqual(len(rules), 26)
        for rule in rules:
            self.assertEqual((rule["name"], rule["health"], rule.get("lastError", "")), (rule["name"], "ok", ""))
        self.assertEqual(self.query('ALERTS{alertstate="firing"}'), [])

    def test_06_an_instance_that_ends_is_missed(self):
        self.worker.stop()
        self.until('sum(up{job="headwaiter"}) == 1')
        self.until('ALERTS{alertname="HeadwaiterInstanceDown"} == 1')

    def until(self, expression: str) -> None:
        """Waits until a comparison holds."""
        deadline = time.monotonic() + 30
        while not self.query(expression):
            self.assertLess(time.monotonic(), deadline, f"never: {expression}")
            time.sleep(0.3)

    def value(self, expression: str) -> float:
        result = self.query(expression)
        self.assertEqual(len(result), 1, expression)
        return float(result[0]["value"][1])

    def query(self, expression: str) -> list[dict]:
        return self.get("/api/v1/query?" + urllib.parse.urlencode({"query": expression}), expression)["result"]

    def get(self, path: str, what: str = "") -> dict:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return json.loads(answer.read())["data"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{what or path}: {error.read().decode()}") from None
        except OSError:
            # It is starting still.
            return {"result": [], "groups": []}
