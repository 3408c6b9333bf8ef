"""Runs arenas, and tells how they go."""
import concurrent.futures
import pathlib
import random
import tempfile
import threading
import time
import traceback

from . import pace, schedule, selftest
from .arena import Arena, Run
from .report import Report, describe
from .watchdog import Watchdog


class Runner:
    def __init__(self, program: str, seed: int, names: list[str], keeps: bool):
        self.program, self.seed, self.names, self.keeps = program, seed, names, keeps
        self.printing = threading.Lock()

    def command(self, *options: str, seed: int) -> str:
        chosen = [f"--fault {name}" for name in self.names]
        return " ".join(["scripts/chaos", *options, f"--seed {seed}", *chosen])

    def short(self) -> Report:
        """Some faults, in several arenas side by side."""
        command = self.command("--short", seed=self.seed)
        report = Report(self.seed, command)
        orders = schedule.short_order(self.seed, self.names)
        self.say(f"chaos: seed {self.seed}, {len(orders)} clusters with three instances each; again: {command}")
        with self.folder() as folder, concurrent.futures.ThreadPoolExecutor(len(orders)) as pool:
            runs = [pool.submit(self.arena, f"arena-{n}", self.seed, pace.SHORT, folder, order, None, report, command)
                    for n, order in enumerate(orders)]
            for run in runs:
                run.result()
        return report

    def long(self, minutes: float) -> Report:
        """All faults again and again, each round in another order and on a new cluster, with a seed of its own."""
        end = time.monotonic() + minutes * 60
        report = Report(self.seed, self.command(f"--minutes {minutes:g}", seed=self.seed))
        self.say(f"chaos: seed {self.seed}, {minutes:g} minutes; again: {report.command}")
        seed = self.seed
        while time.monotonic() < end:
            command = self.command("--rounds 1", seed=seed)
            with self.folder() as folder:
                self.arena("arena", seed, pace.LONG, folder, schedule.long_order(seed, self.names), end, report, command)
            seed += 1
        return report

    def rounds(self, count: int) -> Report:
        """So many rounds of a long run, each to its end."""
        report = Report(self.seed, self.command(f"--rounds {count}", seed=self.seed))
        self.say(f"chaos: seed {self.seed}, {count} rounds; again: {report.command}")
        for seed in range(self.seed, self.seed + count):
            command = self.command("--rounds 1", seed=seed)
            with self.folder() as folder:
                self.arena("arena", seed, pace.LONG, folder, schedule.long_order(seed, self.names), None, report, command)
        return report

    def self_test(self) -> int:
        """How many breaks the checks did not find."""
        with self.folder() as folder:
            missed = selftest.run(self.program, folder)
        self.say("\n".join([*missed, f"chaos self-test: {len(missed)} of the checks failed"]))
        return len(missed)

    def arena(self, name, seed, pace, folder, order, end, report: Report, command: str) -> None:
        def tell(run: Run) -> None:
            report.add(command, run)
            self.say(describe(run, command))

        arena = Arena(name, str(seed), pace, self.program, folder)
        try:
            arena.open()
            for place, fault in enumerate(order):
                if end is not None and time.monotonic() > end:
                    break
                tell(arena.strike(fault, random.Random(f"{seed}/{name}/{place}/{fault.name}")))
            tell(arena.close())
        except Exception:
            # Whatever the suite itself stumbles over is no success.
            tell(Run("suite", 0, None, {"errors": [traceback.format_exc()]}))
        finally:
            arena.end()

    def folder(self) -> "Folder":
        return Folder(self.keeps)

    def say(self, text: str) -> None:
        with self.printing:
            print(text, flush=True)


class Folder:
    """Of a run's files; gone afterwards with everything that still runs on them."""

    def __init__(self, keeps: bool):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="headwaiter-chaos-"))
        self.path.chmod(0o755)
        self.watchdog = Watchdog(self.path, keeps)
        if keeps:
            print(f"files: {self.path}", flush=True)

    def __enter__(self) -> pathlib.Path:
        return self.path

    def __exit__(self, *_) -> None:
        self.watchdog.finish()
