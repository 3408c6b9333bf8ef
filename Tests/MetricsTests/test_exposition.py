"""What /metrics shows, as a program that reads it sees it."""

import re
import subprocess

from pages import ROOT
from scene import GUEST, OnScene, page


class Exposition(OnScene):
    def test_01_an_observers_key_is_needed(self):
        guest = self.scene.new_key("app", "guest_app")
        for instance in (self.web, self.worker):
            self.assertEqual(page(instance, "/metrics", None)[0], 401)
            self.assertEqual(page(instance, "/metrics", guest)[0], 403)
            status, _, content = page(instance, "/metrics", self.scene.key)
            self.assertEqual((status, content), (200, "text/plain; version=0.0.4; charset=utf-8"))

    def test_02_before_anything_has_happened_the_format_is_right(self):
        for instance in (self.web, self.worker):
            self.assert_lint_free(self.scene.metrics(instance))

    def test_03_after_an_evening_too_and_the_figures_are_right(self):
        self.scene.have_an_evening(self.web)
        texts = [self.scene.metrics(instance) for instance in (self.web, self.worker)]
        for text in texts:
            self.assert_lint_free(text)
        outcomes = [self.count(r'headwaiter_outcomes_total\{flow="v3",outcome="confirmed",reason="none"\}', text)
                    for text in texts]
        self.assertEqual(sum(outcomes), 2, "either instance may have seated them")
        reviews = [self.count(r'headwaiter_outcomes_total\{flow="v3",outcome="manual_review",reason="no_table"\}', text)
                   for text in texts]
        self.assertEqual(sum(reviews), 1)
        self.assertEqual(self.count(r'headwaiter_bookings_accepted_total\{origin="host"\}', texts[0]), 4)
        self.assertEqual(self.count(r'headwaiter_http_requests_total\{operation="createBooking",status="2xx"\}', texts[0]), 4)
        self.assertEqual(self.count(r'headwaiter_http_requests_total\{operation="none",status="4xx"\}', texts[0]), 1)
        self.assertGreater(self.count("process_resident_memory_bytes", texts[0]), 1_000_000)

    def test_04_no_guest_is_in_them(self):
        for instance in (self.web, self.worker):
            text = self.scene.metrics(instance)
            for planted in (GUEST, GUEST.split()[1], "7946", "ada@example.org"):
                self.assertNotIn(planted, text)

    def test_05_the_page_lists_every_metric_that_is_shown(self):
        listed = set(re.findall(r"^\| `(\w+)` \| (\w+) \|", (ROOT / "docs/monitoring.md").read_text(), re.MULTILINE))
        shown = set(re.findall(r"^# TYPE (\w+) (\w+)$", self.scene.metrics(self.web), re.MULTILINE))
        self.assertEqual(shown - listed, set())

    def test_06_series_are_few(self):
        series = [line for line in self.scene.metrics(self.web).splitlines() if not line.startswith("#")]
        self.assertLess(len(series), 500)

    def test_07_off_and_open(self):
        with self.scene.instance(HEADWAITER_METRICS="off") as instance:
            self.assertEqual(page(instance, "/metrics", self.scene.key)[0], 404)
        with self.scene.instance(HEADWAITER_METRICS="open") as instance:
            self.assertEqual(page(instance, "/metrics", None)[0], 200)
            self.assertNotIn("headwaiter_restaurant_outcomes_total{", self.scene.metrics(instance))

    def count(self, series: str, text: str) -> float:
        found = re.search(rf"^{series} (\S+)$", text, re.MULTILINE)
        self.assertIsNotNone(found, f"{series} is not in\n{text}")
        return float(found[1])

    def assert_lint_free(self, text: str) -> None:
        done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, timeout=20)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
