"""The pages for alerts: what they tell an operator to type can be typed."""

import re
import sqlite3

from pages import ROOT
from scene import OnScene

PAGES = [*sorted((ROOT / "docs/runbooks").glob("*.md")), ROOT / "docs/monitoring.md"]
# Comes with the catalogue of queries.
LATER = {"queries"}


def statements() -> list[tuple[str, str]]:
    """Page and statement of every block of SQL."""
    return [(file.name, block) for file in PAGES
            for block in re.findall(r"```sql\n(.*?)```", file.read_text(), re.DOTALL)]


class Runbooks(OnScene):
    def test_01_every_statement_runs_on_sqlite(self):
        self.assertGreater(len(statements()), 12)
        database = sqlite3.connect(f"file:{self.scene.folder / 'test.sqlite'}?mode=ro", uri=True)
        self.addCleanup(database.close)
        for page, statement in statements():
            with self.subTest(page):
                database.execute(statement).fetchall()

    def test_02_every_command_and_option_exists(self):
        for file in PAGES:
            for line in re.findall(r"headwaiter ((?:[a-z-]+)\b[^`\n#|]*)", file.read_text()):
                words = re.match(r"[a-z-]+(?: [a-z-]+)*", line)[0].split()
                if words[0] in LATER:
                    continue
                shown = self.shown(words)
                for option in re.findall(r"--[a-z-]+", line):
                    self.assertIn(option, shown, f"{file.name}: headwaiter {line}")

    def test_03_every_link_leads_somewhere(self):
        for file in PAGES:
            for link, mark in re.findall(r"\]\(([^)#]+)(?:#([^)]*))?\)", file.read_text()):
                target = file.parent / link
                self.assertTrue(target.exists(), f"{file.name}: {link}")
                if mark:
                    heads = re.findall(r"^#+ (.+)$", target.read_text(), re.MULTILINE)
                    self.assertIn(mark, [head.lower().replace(" ", "-") for head in heads], f"{file.name}: {link}")

    def shown(self, words: list[str]) -> str:
        """Help of a command, and of its subcommand if the next word is one."""
        return self.scene.shell.run(f"headwaiter {' '.join(words[:2])} --help 2>/dev/null || headwaiter {words[0]} --help")
