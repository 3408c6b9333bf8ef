"""The alert rules by themselves, and their pages."""

import json
import re
import subprocess
import unittest

from pages import ROOT
from scene import OPS

RULES = (OPS / "headwaiter.rules.yml").read_text()
TESTS = sorted(OPS.glob("*.test.yml"))
# Each rule's text, from its name to the next one's.
ALERTS = {
    found[1]: found[0]
    for found in re.finditer(r"- alert: (\w+)\n.*?(?=\n\n|\n      - (?:alert|record)|\Z)", RULES, re.DOTALL)}
METRIC = re.compile(r"\b((?:headwaiter|process)_[a-z0-9_]+)\b")


class Rules(unittest.TestCase):
    def promtool(self, *arguments: str) -> None:
        done = subprocess.run(
            ["promtool", *map(str, arguments)], cwd=OPS, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_01_they_are_rules(self):
        self.promtool("check", "rules", "headwaiter.rules.yml")

    def test_02_they_fire_when_they_should_and_keep_still_when_not(self):
        self.promtool("test", "rules", *TESTS)

    def test_03_each_is_tested_both_ways(self):
        text = "\n".join(file.read_text() for file in TESTS)
        for name in ALERTS:
            self.assertRegex(text, rf"alertname: {name}\n        exp_alerts:\n          - ", f"{name} never fires")
            self.assertRegex(text, rf"eval_time: \w+, alertname: {name}}}", f"{name} never keeps still")

    def test_04_each_says_how_bad_it_is_what_is_wrong_and_where_to_read_on(self):
        self.assertGreater(len(ALERTS), 15)
        for name, rule in ALERTS.items():
            self.assertRegex(rule, r"severity: (page|ticket)}", name)
            self.assertEqual(len(re.findall(r"summary: \S.+", rule)), 1, name)
            page = re.search(r"runbook: (docs/runbooks/[\w-]+\.md)$", rule, re.MULTILINE)
            self.assertIsNotNone(page, name)
            self.assertIn(f"`{name}`", (ROOT / page[1]).read_text(), f"{page[1]} does not name {name}")
            self.assertIn(f"`{name}`", (ROOT / "docs/monitoring.md").read_text(), name)

    def test_05_every_page_belongs_to_an_alert(self):
        pages = {f"docs/runbooks/{file.name}" for file in (ROOT / "docs/runbooks").glob("[a-z]*.md")}
        self.assertEqual(pages, set(re.findall(r"docs/runbooks/[\w-]+\.md", RULES)))

    def test_06_every_metric_that_is_named_exists(self):
        known = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/monitoring.md").read_text(), re.MULTILINE))
        known |= {name + ending for name in known for ending in ("_bucket", "_sum", "_count")}
        dashboard = (ROOT / "ops/grafana/headwaiter.json").read_text()
        texts = {"rules": RULES, "dashboard": dashboard, "monitoring.md": (ROOT / "docs/monitoring.md").read_text()}
        texts |= {file.name: file.read_text() for file in (ROOT / "docs/runbooks").glob("*.md")}
        for place, text in texts.items():
            self.assertEqual(set(METRIC.findall(text)) - known, set(), place)

    def test_07_panels_do_not_overlap_and_have_titles(self):
        cells: dict[tuple[int, int], str] = {}
        for panel in json.loads((ROOT / "ops/grafana/headwaiter.json").read_text())["panels"]:
            self.assertTrue(panel["title"])
            place = panel["gridPos"]
            for x in range(place["x"], place["x"] + place["w"]):
                for y in range(place["y"], place["y"] + place["h"]):
                    self.assertLess(x, 24)
                    self.assertNotIn((x, y), cells, panel["title"])
                    cells[x, y] = panel["title"]
