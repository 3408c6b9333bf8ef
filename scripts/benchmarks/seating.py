"""Plans of the seating bench kit's instances: are they valid, and how many bookings do they seat?"""
import json
import os
import pathlib
import subprocess
import sys
from typing import Any, NamedTuple

from .context import CannotRun, Context
from .report import Result, Row, at_least, at_most, columns, median, number, shown

RULES = ("waste", "cost", "tables")
# What opportunity cost should gain over the best greedy on tight days.
AIM_PERCENT = 2


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

    def bound(self, instance: pathlib.Path) -> int | None:
        """Bookings that no plan can pass: the optimum where it is known. None for seeds without a reference."""
        figures = json.loads((self.folder / "reference.json").read_text()).get(instance.stem, {})
        return figures.get("seated_upper_bound")


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
            rows += _rows(modes, family, load, days)
            lines += [_line(day["instance"], modes, [day]) for day in days]
            lines.append(_line(f"{family}-{load}, all", modes, days))
    head = ("seated", "bookings", *modes, *(f"greedy {rule}" for rule in RULES), "optimum", *(f"{m} ms" for m in modes))
    return Result(rows, {"instances": details}, columns(head, lines, right=set(range(1, len(head)))))


def _measure(context: Context, kit: Kit, family: str, load: str, seed: int) -> dict[str, Any]:
    instance = kit.instance(family, load, seed)
    day = {
        "instance": instance.stem, "bound": kit.bound(instance),
        "greedy": {rule: kit.greedy(instance, rule) for rule in RULES}, "modes": {}}
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
    return {
        "valid": judged["valid"], "errors": judged["errors"][:5], "bookings": judged["bookings"],
        "seated": judged["seated"], "covers": judged["covers"], "cost": judged["cost"],
        "solve_ms": json.loads(plan.read_text())["summary"]["solve_ms"], "wall_ms": done.wall_ms,
        "peak_mb": done.peak_mb}


def _rows(modes: list[str], family: str, load: str, days: list[dict]) -> list[Row]:
    name, rows = f"{family} {load}", []
    best = max(sum(day["greedy"][rule] for day in days) for rule in RULES)
    for mode in modes:
        plans = [day["modes"][mode] for day in days]
        seated = sum(plan["seated"] for plan in plans)
        rows.append(at_most(f"{name}: {mode}, invalid plans", sum(not plan["valid"] for plan in plans), 0))
        if mode != "legacy":
            rows.append(at_least(f"{name}: {mode}, seated", seated, best, "bookings", " (best online greedy)"))
            if load == "tight":
                gain = (seated / best - 1) * 100
                rows.append(Row(f"{name}: {mode}, over the greedy", gain, "%", f"aim {AIM_PERCENT} %"))
        rows.append(shown(f"{name}: {mode}, wall median", median(plan["wall_ms"] for plan in plans), "ms"))
        if family == "XL":
            peak = max(plan["peak_mb"] for plan in plans)
            rows.append(at_most(f"{name}: {mode}, peak memory", peak, 200, "MB"))
    return rows


def _line(name: str, modes: list[str], days: list[dict]) -> tuple[str, ...]:
    """One line of seated bookings: of a day, or summed over days. Times are `solve_ms`, as a median."""
    bounds = [day["bound"] for day in days]
    bound = ("" if "XL" not in name else "≤ ") + number(sum(bounds)) if all(bounds) else ""
    plans = {mode: [day["modes"][mode] for day in days] for mode in modes}
    return (
        name, number(sum(plan["bookings"] for plan in plans[modes[0]])),
        *(number(sum(plan["seated"] for plan in plans[mode])) for mode in modes),
        *(number(sum(day["greedy"][rule] for day in days)) for rule in RULES), bound,
        *(number(median(plan["solve_ms"] for plan in plans[mode])) for mode in modes))
