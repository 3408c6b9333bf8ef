"""What every part of the benchmarks is given, and how it runs the program."""
import argparse
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
from typing import Iterator, NamedTuple


class CannotRun(Exception):
    """Something that a part needs is not there, or the program failed."""


class Finished(NamedTuple):
    stdout: str
    wall_ms: float
    peak_mb: float
    """Largest resident memory of the process."""


class Context(NamedTuple):
    root: pathlib.Path
    program: str
    options: argparse.Namespace

    def progress(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def environment(self, **flags: str) -> dict[str, str]:
        """The process environment without flags and settings from outside."""
        outside = ("FEATURE_", "HEADWAITER_")
        return {k: v for k, v in os.environ.items() if not k.startswith(outside)} | flags

    def run(self, *arguments: object, allowed: tuple[int, ...] = (0,), **flags: str) -> Finished:
        """Runs the program to its end, and measures it."""
        return measure([self.program, *map(str, arguments)], self.environment(**flags), allowed)

    @contextlib.contextmanager
    def folder(self) -> Iterator[pathlib.Path]:
        """A new folder on the disk of the checkout: temporary folders may be memory, where syncing is free."""
        parent = self.root / "out"
        parent.mkdir(exist_ok=True)
        path = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=parent))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def measure(command: list[str], environment: dict[str, str], allowed: tuple[int, ...] = (0,)) -> Finished:
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall_ms = (time.perf_counter() - started) * 1000
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode not in allowed:
            raise CannotRun(f"{' '.join(command)}: exit {process.returncode}: {err.read()[-600:].strip()}")
        return Finished(out.read(), wall_ms, usage.ru_maxrss / 1024)
