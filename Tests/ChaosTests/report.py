"""The chaos table, and the same as JSON."""
import json
import pathlib
import statistics

from .arena import Run

HEAD = ("fault", "runs", "bookings", "violations", "recover p50 s", "max s")


class Report:
    def __init__(self, seed: int, command: str):
        self.seed, self.command = seed, command
        self.runs: list[tuple[str, Run]] = []

    def add(self, command: str, run: Run) -> None:
        """`command` does the same again."""
        self.runs.append((command, run))

    @property
    def violation_count(self) -> int:
        return sum(run.violation_count for _, run in self.runs)

    def rows(self) -> list[dict]:
        names = dict.fromkeys(run.fault for _, run in self.runs)
        return [self.row(name, [run for _, run in self.runs if run.fault == name]) for name in names if name != "at rest"] + [
            self.row("at rest", [run for _, run in self.runs if run.fault == "at rest"])]

    @staticmethod
    def row(name: str, runs: list[Run]) -> dict:
        times = [run.recovered for run in runs if run.recovered is not None]
        return {
            "fault": name, "runs": len(runs), "bookings": sum(run.bookings for run in runs),
            "violations": sum(run.violation_count for run in runs),
            "recover_p50_seconds": round(statistics.median(times), 2) if times else None,
            "recover_max_seconds": round(max(times), 2) if times else None}

    def table(self) -> str:
        lines = [HEAD] + [tuple("-" if value is None else str(value) for value in row.values()) for row in self.rows()]
        widths = [max(map(len, column)) for column in zip(*lines)]
        return "\n".join(
            "  ".join(cell.ljust(width) if n == 0 else cell.rjust(width) for n, (cell, width) in enumerate(zip(line, widths)))
            for line in lines)

    def write(self, path: pathlib.Path) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({
            "seed": self.seed, "command": self.command, "violations": self.violation_count, "table": self.rows(),
            "runs": [run.__dict__ | {"again": command} for command, run in self.runs]}, indent=1))


def describe(run: Run, command: str) -> str:
    """One line, and the violations under it."""
    time = "not recovered" if run.recovered is None else f"recovered in {run.recovered:.1f} s"
    note = f" ({run.note})" if run.note else ""
    lines = [f"{'not ok' if run.violations else 'ok'}  {run.fault}: {run.bookings} bookings, {time}{note}"]
    for what, found in run.violations.items():
        lines += [f"        {what}: {len(found)}"] + [f"          {text}" for text in found[:5]]
    if run.violations:
        lines.append(f"        again: {command}")
    return "\n".join(lines)
