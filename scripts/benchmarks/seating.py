"""Plans of the seating bench kit's instances: are they valid, how many bookings do they seat, and how far is that from
the optimum?"""
import json
import os
import pathlib
import subprocess
import sys
from typing import Any, NamedTuple

from . import seating_bars, seating_solvers
from .context import CannotRun, Context
from .report import Result, columns, median, number

RULES = ("waste", "cost", "tables")


class Kit(NamedTuple):
    folder: pathlib.Path
    cache: pathlib.Path

    def call(self, script: str, *arguments: object) -> str:
        command = [sys.executable, str(self.folder / script), *map(str, arguments)]
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if done.returncode not in (0, 1) or (done.returncode == 1 and script != "check.py"):
            raise CannotRun(f"{script}: exit {done.returncode}: {done.stderr[-600:].strip()}")
        return done.stdout

    def instance(self, family: str, load: str, seed: int) -> pathlib.Path:
        path = self.cache / f"{family}-{load}-{seed}.json"
        if not path.exists():
            self.call("gen.py", "--family", family, "--load", load, "--seed", seed, "--out", path)
        return path

    def greedy(self, instance: pathlib.Path, rule: str) -> int:
        """Bookings that the greedy baseline seats in order of arrival; deterministic, so kept."""
        path = self.cache / f"{instance.stem}.greedy-{rule}.json"
        if not path.exists():
            path.write_text(self.call("solve_greedy.py", instance, "--order", "arrival", "--rule", rule))
        return json.loads(path.read_text())["seated"]

    def reference(self, instance: pathlib.Path) -> dict[str, Any]:
        """What is known of the optimum; empty for seeds without a reference."""
        return json.loads((self.folder / "reference.json").read_text()).get(instance.stem, {})


def find_kit(context: Context) -> Kit:
    folder = pathlib.Path(os.environ.get("HEADWAITER_BENCH_KIT") or context.root.parent / "shared" / "bench")
    needed = ("gen.py", "check.py", "to_headwaiter.py", "solve_greedy.py", "reference.json")
    missing = [name for name in needed if not (folder / name).exists()]
    if missing:
        raise CannotRun(f"no seating bench kit in {folder} ({', '.join(missing)} missing); set HEADWAITER_BENCH_KIT")
    cache = context.root / "out" / "bench-kit"
    cache.mkdir(parents=True, exist_ok=True)
    return Kit(folder.resolve(), cache)


def run(context: Context) -> Result:
    kit = find_kit(context)
    seeds = [int(seed) for seed in context.options.seeds.split(",")]
    modes = context.options.modes.split(",")
    rows, lines, details = [], [], []
    for family in context.options.families.split(","):
        for load in ("nominal", "comfortable", "tight") if family == "S" else ("comfortable", "tight"):
            context.progress(f"{family} {load}")
            days = [_measure(context, kit, family, load, seed) for seed in seeds]
            details += days
            for mode in modes:
                rows += seating_bars.rows(mode, family, load, days)
            lines += [_line(day["instance"], modes, [day]) for day in days]
            lines.append(_line(f"{family}-{load}, all", modes, days))
    head = (
        "seated", "bookings", *modes, *(f"greedy {rule}" for rule in RULES), "optimum", "bound", *seating_solvers.SCRIPTS,
        *(f"{m} ms" for m in modes), *(f"{name} ms" for name in seating_solvers.SCRIPTS), "day", "best known")
    return Result(rows, {"instances": details}, columns(head, lines, right=set(range(1, len(head)))) + _notes())


def _notes() -> str:
    notes = "\n\nTimes are medians of solve_ms; of the solvers, wall time. The last columns: bookings/covers/cost."
    if not seating_solvers.are_there():
        notes += "\nOR-Tools is not installed: no CP-SAT and HiGHS; optima are those of the kit's reference.json."
    return notes


def _measure(context: Context, kit: Kit, family: str, load: str, seed: int) -> dict[str, Any]:
    instance = kit.instance(family, load, seed)
    day = {
        "instance": instance.stem, "seed": seed, "bound": kit.reference(instance).get("seated_upper_bound"),
        "solvers": seating_solvers.solve(kit.call, instance) if context.options.solvers else {},
        "greedy": {rule: kit.greedy(instance, rule) for rule in RULES}, "modes": {}}
    day["optimum"] = seating_solvers.optimum(kit.reference(instance), day["solvers"])
    with context.folder() as folder:
        kit.call("to_headwaiter.py", "write", instance, folder)
        for mode in context.options.modes.split(","):
            day["modes"][mode] = _plan(context, kit, instance, folder, mode)
    return day


def _plan(context: Context, kit: Kit, instance: pathlib.Path, folder: pathlib.Path, mode: str) -> dict[str, Any]:
    plan, solution = folder / f"{mode}.plan.json", folder / f"{mode}.solution.json"
    done = context.run(
        "plan", "--restaurant", folder / "restaurant.json", "--bookings", folder / "bookings.csv", "--ignore-hours",
        "--mode", mode, "--output", plan)
    kit.call("to_headwaiter.py", "read", plan, solution)
    judged = json.loads(kit.call("check.py", instance, solution, "--json"))
    summary = json.loads(plan.read_text())["summary"]
    return {
        "valid": judged["valid"], "errors": judged["errors"][:5], "bookings": judged["bookings"],
        "seated": judged["seated"], "covers": judged["covers"], "cost": judged["cost"],
        "solve_ms": summary["solve_ms"], "bound": summary["bound"], "gap": summary["gap"], "wall_ms": done.wall_ms,
        "peak_mb": done.peak_mb}


def _line(name: str, modes: list[str], days: list[dict]) -> tuple[str, ...]:
    """One line of seated bookings: of a day, or summed over days. Times are a median."""
    plans = {mode: [day["modes"][mode] for day in days] for mode in modes}
    solvers = [[day["solvers"].get(name) for day in days] for name in seating_solvers.SCRIPTS]
    one = days[0] if len(days) == 1 else None
    return (
        name, number(sum(plan["bookings"] for plan in plans[modes[0]])),
        *(number(sum(plan["seated"] for plan in plans[mode])) for mode in modes),
        *(number(sum(day["greedy"][rule] for day in days)) for rule in RULES),
        _sum([day["optimum"] and day["optimum"].seated for day in days]), _sum([seating_bars.bound(day) for day in days]),
        *(_sum([found and found["seated"] for found in answers]) for answers in solvers),
        *(number(median(plan["solve_ms"] for plan in plans[mode])) for mode in modes),
        *(number(median(found["ms"] for found in answers)) if all(answers) else "" for answers in solvers),
        _figures(one["modes"].get("day")) if one else "", seating_bars.optimum_words(one["optimum"]) if one else "")


def _sum(values: list[int | None]) -> str:
    return "" if any(value is None for value in values) else number(sum(value or 0 for value in values))


def _figures(plan: dict[str, Any] | None) -> str:
    return seating_bars.figures(plan["seated"], plan["covers"], plan["cost"]) if plan else ""
