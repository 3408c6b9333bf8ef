"""What is beside the programs: the unit, the container's files, and the names in the documentation."""

import re
import shutil
import socket
import subprocess
import threading
import unittest

from pages import PAGES, ROOT
from site_under_test import OnSite

OPS = ROOT / "ops"


class Files(OnSite):
    def test_01_every_block_was_typed(self):
        self.assertEqual(self.shell.untyped, set())

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not installed")
    def test_02_the_unit_is_one_that_systemd_can_read(self):
        text = (OPS / "systemd/headwaiter.service").read_text()
        unit = self.site.work / "headwaiter.service"
        unit.write_text(text.replace("/usr/local/bin/headwaiter", f"{self.site.folder}/bin/headwaiter"))
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, timeout=30)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_03_the_containers_health_check_tells_ready_from_not_ready(self):
        with self.site.instance() as instance:
            self.assertEqual(self.health(instance.port), 0)
            self.server.sql("UPDATE instances SET draining = true")
            instance.wait_until("/readyz", 503)
            self.assertEqual(self.health(instance.port), 1)
        self.assertEqual(self.health(instance.port), 1)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            self.assertEqual(self.health(silent.getsockname()[1]), 1)

    @staticmethod
    def health(port: int) -> int:
        return subprocess.run(
            [OPS / "container/healthcheck", str(port)], stderr=subprocess.DEVNULL, timeout=10).returncode

    def test_04_every_setting_that_is_named_exists(self):
        source = "\n".join(file.read_text() for file in (ROOT / "Sources").rglob("*.swift"))
        known = set(re.findall(r'"((?:HEADWAITER|FEATURE)_[A-Z0-9_]+)"', source))
        # Compose's own, which become PGPASSWORD.
        known |= {"HEADWAITER_OWNER_PASSWORD", "HEADWAITER_APP_PASSWORD"}
        for file in [*PAGES, *(file for file in OPS.rglob("*") if file.is_file())]:
            named = set(re.findall(r"\b(?:HEADWAITER|FEATURE)_[A-Z0-9_]+\b", file.read_text()))
            self.assertEqual(named - known, set(), file.name)

    def test_05_every_option_that_is_named_exists(self):
        """`headwaiter COMMAND … --option`, wherever the documentation and the files beside it say it."""
        for file in [*PAGES, *(file for file in OPS.rglob("*") if file.is_file())]:
            for line in re.findall(r"headwaiter ((?:serve|migrate|keys|instances|health|replay|flags|kill|review|events|queries|rollout|verify|rehearse)\b[^`\n]*)", file.read_text()):
                words = re.match(r"[a-z]+(?: [a-z]+(?:-[a-z]+)*)*", line)[0].split()
                for option in re.findall(r"--[a-z-]+", line):
                    self.assertIn(option, self.help(words), f"{file.name}: {line}")

    def help(self, words: list[str]) -> str:
        return self.shell.run(f"headwaiter {' '.join(words)} --help")

    def test_06_every_file_that_is_named_is_there(self):
        for page in PAGES:
            for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
                self.assertTrue((page.parent / link).exists(), f"{page.name}: {link}")
            for path in re.findall(r"\bops/[\w./-]*\w", page.read_text()):
                self.assertTrue((ROOT / path).exists() or path == "ops/container/.env", f"{page.name}: {path}")
