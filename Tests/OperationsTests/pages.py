"""The copy-paste blocks of the documentation, which the tests run."""

import os
import pathlib
import re
import subprocess
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMES = ("postgresql", "operating", "rollback", "quick-start", "environments", "rollout-guide", "faq")
PAGES = [ROOT / "docs" / f"{name}.md" for name in NAMES]
MARKER = re.compile(r"^ *<!-- test: (.+) -->\n\n((?: {4,}\S.*\n|\n)+)", re.MULTILINE)


def blocks() -> dict[str, str]:
    """What stands below each marker, without its indentation."""
    found = {}
    for page in PAGES:
        text = page.read_text()
        marked = MARKER.findall(text)
        assert len(marked) == text.count("<!-- test: "), f"{page.name}: a marker without an indented block below it"
        for name, block in marked:
            assert name not in found, f"{page.name}: two blocks are called {name}"
            found[name] = textwrap.dedent(block).strip() + "\n"
    return found


class Shell:
    """A terminal in which the blocks are typed: what one of them exports the next ones see."""

    def __init__(self, folder: pathlib.Path, environment: dict[str, str]):
        self.folder = folder
        self.environment = environment
        self.blocks = blocks()
        self.untyped = set(self.blocks)
        # What stands for this machine's own; in this order.
        self.replacements: list[tuple[str, str]] = []

    def text(self, name: str) -> str:
        """A block, for this machine."""
        self.untyped.discard(name)
        return self.localized(self.blocks[name])

    def localized(self, text: str) -> str:
        for example, own in self.replacements:
            text = text.replace(example, own)
        return text

    def type(self, name: str, exits: tuple[int, ...] = (0,), **replacements: str) -> str:
        """Runs a block that must end with one of these exit codes, and returns what it printed."""
        text = self.text(name)
        for example, own in replacements.items():
            text = text.replace(example, own)
        return self.run(text, exits)

    def run(self, script: str, exits: tuple[int, ...] = (0,)) -> str:
        kept = self.folder / "environment"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f"{script}\nenv -0 > '{kept}'"], cwd=self.folder, env=self.environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        assert done.returncode in exits, f"exit {done.returncode} of\n{script}\n{done.stdout}{done.stderr}"
        if done.returncode:
            return done.stdout
        lines = kept.read_text().rstrip("\0").split("\0")
        self.environment = dict(line.split("=", 1) for line in lines)
        return done.stdout

    def fails(self, *command: str) -> str:
        """Runs a command that must not succeed, and returns what it said."""
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=60)
        assert done.returncode != 0, f"{' '.join(command)} was not refused:\n{done.stdout}{done.stderr}"
        return done.stderr.strip()

    def forget(self, *names: str) -> None:
        for name in names:
            self.environment.pop(name, None)

    @staticmethod
    def clean() -> dict[str, str]:
        """The environment of this process without what would lead to another database."""
        return {k: v for k, v in os.environ.items() if not k.startswith(("HEADWAITER_", "FEATURE_", "PG"))}
