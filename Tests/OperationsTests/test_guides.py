"""The quick start on SQLite, and the flags of each environment and phase."""

import json
import os
import pathlib
import re
import shlex
import subprocess
import tempfile

from instance import PROGRAM, Instance
from pages import ROOT, Shell
from site_under_test import FIRST_DAY, OnSite

V3, SHADOW, SHARE = "FEATURE_ASSIGNMENT_PIPELINE_V3", "FEATURE_ASSIGNMENT_PIPELINE_V3_SHADOW", "ROLLOUT_SHARE"
PARALLEL = "FEATURE_ASSIGNMENT_PIPELINE_V3_MAX_PARALLEL"


class Guides(OnSite):
    """In a folder and on a database of their own."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="headwaiter-guides-")
        self.addCleanup(self.folder.cleanup)
        folder = pathlib.Path(self.folder.name)
        (folder / "data").symlink_to(ROOT / "data")
        (folder / "bin").mkdir()
        (folder / "bin/headwaiter").symlink_to(pathlib.Path(PROGRAM).resolve())
        self.guide = Shell(folder, Shell.clean() | {"PATH": f"{folder}/bin:{os.environ['PATH']}"})
        # What is typed here counts as typed.
        self.guide.untyped = self.shell.untyped

    def block(self, name: str) -> str:
        return self.guide.text(name)

    # Quick start.

    def test_01_the_quick_start_is_as_written(self):
        before, serve = self.block("quick start, first terminal").strip().rsplit("\n", 1)
        self.guide.run(before)
        self.assertEqual(shlex.split(serve), ["headwaiter", "serve", "--port", "8080"])
        with Instance(self.guide.folder, self.guide.environment) as instance:
            self.guide.forget(SHADOW)
            self.ready(instance)
            self.assertEqual(self.statuses(instance, "quick start, second terminal"), ["201"] * 5)
            shown = self.last
            self.assertRegex(shown, r"(?m)^active ")
            self.assertEqual(self.statuses(instance, "quick start, V3 on"), ["201"] * 5)
            self.assertEqual(self.last.count("coordinator.confirmed"), 5, self.last)
            self.assertRegex(self.last, r"(?m)^v3 [^\n]*\nlegacy ")
            self.assertEqual(self.statuses(instance, "quick start, and back"), ["201"])
            self.assertRegex(self.last, rf"{V3} +false +kill switch")
            newest = instance.make(f"/v1/bookings?restaurant_id=white-horse-waterbeach&date={self.days[2]}", method="GET")
            self.assertEqual([booking["flow"] for booking in newest["bookings"]], ["legacy"])
            self.checklist()

    def ready(self, instance: Instance) -> None:
        """What stands for this machine's own: the port, and three coming Fridays."""
        friday = FIRST_DAY.toordinal() + (4 - FIRST_DAY.weekday()) % 7
        self.days = [type(FIRST_DAY).fromordinal(friday + 7 * week).isoformat() for week in range(3)]
        self.guide.replacements = [(":8080", f":{instance.port}"), *zip(("2027-06-04", "2027-06-11", "2027-06-18"), self.days)]

    def statuses(self, instance: Instance, name: str) -> list[str]:
        """What `book` printed; functions do not outlive a block, so it is told again."""
        told = re.search(r"^book\(\) \{\n.*?^\}\n", self.guide.blocks["quick start, second terminal"], re.M | re.S)[0]
        text = self.block(name)
        again = "" if "book() {" in text else self.guide.localized(told)
        self.last = self.guide.run(again + text)
        return re.findall(r"(?m)^\d{3}$", self.last)

    def checklist(self) -> None:
        shown = self.guide.run(self.block("quick start, checklist"), exits=(0, 1))
        verdicts = json.loads(shown[:shown.index("\n}") + 2])["rows"]
        self.assertEqual(sum(row["bookings"] for row in verdicts if row["verdict"] != "shadow_error"), 5, verdicts)
        self.assertNotIn("shadow_error", [row["verdict"] for row in verdicts])
        self.assertRegex(shown, r"(?m)^ok ")
        self.assertEqual(shown.count("No rows."), 2)
        self.assertNotIn("CRITICAL", shown)

    # Environments.

    def test_02_the_environments_say_what_they_should(self):
        wanted = {
            "local": ("true", "false", "3"), "ci": ("false", "false", "3"), "rollout": ("false", "false", "3"),
            "after": ("true", "false", "3")}
        for name, values in wanted.items():
            with self.subTest(name):
                lines = self.block(f"environment {name}").strip().splitlines()
                settings = dict(line.split("=", 1) for line in lines)
                database = {"HEADWAITER_DATABASE": f"sqlite:{self.folder.name}/{name}.sqlite"}
                with Instance(self.guide.folder, self.guide.environment | database | settings):
                    flags = self.flags(database)
                self.assertEqual(tuple(flags[flag] for flag in (V3, SHADOW, PARALLEL)), values)

    def test_03_each_phase_sets_its_flags(self):
        self.guide.environment["HEADWAITER_DATABASE"] = f"sqlite:{self.folder.name}/phases.sqlite"
        self.guide.run("headwaiter migrate")
        wanted = {
            "shadow": ("false", "true", "0"), "staging_full": ("true", "false", "100"),
            "production_10": ("true", "false", "10"), "production_50": ("true", "false", "50"),
            "rolled back": ("false", "true", "50"), "none": ("false", "false", "100")}
        for name, values in wanted.items():
            with self.subTest(name):
                self.guide.run(self.block(f"phase {name}"))
                flags = self.flags({})
                self.assertEqual(tuple(flags[flag] for flag in (V3, SHADOW, SHARE)), values)

    def flags(self, environment: dict[str, str]) -> dict[str, str]:
        done = subprocess.run(
            [PROGRAM, "flags", "--json"], env=self.guide.environment | environment, capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {flag["name"]: str(flag["value"]) for flag in json.loads(done.stdout)["flags"]}

    # The rollout guide.

    def test_04_the_rollout_guide_is_as_written(self):
        self.guide.environment["HEADWAITER_DATABASE"] = f"sqlite:{self.folder.name}/rollout.sqlite"
        self.guide.run(f"headwaiter migrate\nheadwaiter import {ROOT}/data/white-horse-waterbeach.restaurant.json")
        with Instance(self.guide.folder, self.guide.environment) as instance:
            self.assertIn("no rollout runs", self.guide.run(self.block("rollout status")))
            shown = self.guide.run(self.block("rollout begin"))
            self.assertRegex(shown, r"(?m)^phase +production_shadow \(production\), run 1, entered")
            self.assertEqual(self.flags({})[SHADOW], "true")
            self.book_later(instance)
            self.guide.run("headwaiter rollout force production_10 --reason guide")
            shown = self.guide.run(self.block("rollout drill"))
            self.assertIn("the drill is over", shown)
            self.assertEqual(self.flags({})[V3], "true")
            report = self.guide.run(self.block("rollout report"), exits=(1,))
            self.assertTrue(report.startswith("# Verification report: production"), report[:60])

    def test_05_the_reports_page_is_written(self):
        self.guide.environment["HEADWAITER_DATABASE"] = f"sqlite:{self.folder.name}/report.sqlite"
        self.guide.run("headwaiter migrate\nheadwaiter rollout advance --environment production")
        *_, last = self.block("rollout report").strip().splitlines()
        self.guide.run(last, exits=(1,))
        self.assertIn("</html>", (self.guide.folder / "report.html").read_text())
