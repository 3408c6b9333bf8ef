"""Rows of measured values with their bars, as a table and as JSON."""
import datetime
import json
import math
import os
import pathlib
import platform
import statistics
from typing import Any, Iterable, NamedTuple


class Row(NamedTuple):
    what: str
    value: float | None
    unit: str = ""
    bar: str = ""
    """The bar in words; empty for what is only shown."""
    verdict: str = ""
    """`met`, `missed`, or empty where there is no bar."""


class Result(NamedTuple):
    rows: list[Row]
    details: dict[str, Any]
    appendix: str = ""
    """A table of the part's own, printed after the common one."""


def shown(what: str, value: float | None, unit: str = "") -> Row:
    return Row(what, value, unit)


def at_least(what: str, value: float | None, bar: float, unit: str = "", note: str = "") -> Row:
    met = value is not None and value >= bar
    return Row(what, value, unit, f"≥ {number(bar)}{note}", "met" if met else "missed")


def at_most(what: str, value: float | None, bar: float, unit: str = "", note: str = "") -> Row:
    met = value is not None and value <= bar
    return Row(what, value, unit, f"≤ {number(bar)}{note}", "met" if met else "missed")


def percentile(values: Iterable[float], percent: float) -> float | None:
    """Nearest rank; None for no values."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1]


def median(values: Iterable[float]) -> float | None:
    values = list(values)
    return statistics.median(values) if values else None


def number(value: float | None) -> str:
    """With as many digits as are worth reading."""
    if value is None:
        return "–"
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.3f}" if abs(value) < 10 else f"{value:,.1f}"


def columns(head: tuple[str, ...], lines: list[tuple[str, ...]], right: set[int]) -> str:
    """Text in columns; those in `right` are aligned to the right."""
    widths = [max(len(line[at]) for line in [head, *lines]) for at in range(len(head))]

    def line(cells: tuple[str, ...]) -> str:
        aligned = [cell.rjust(w) if at in right else cell.ljust(w) for at, (cell, w) in enumerate(zip(cells, widths))]
        return "  ".join(aligned).rstrip()

    return "\n".join([line(head), line(tuple("-" * width for width in widths)), *map(line, lines)])


def table(results: dict[str, Result]) -> str:
    lines = [
        (part, row.what, number(row.value), row.unit, row.bar, row.verdict)
        for part, result in results.items() for row in result.rows
    ]
    tables = [columns(("part", "what", "value", "unit", "bar", ""), lines, right={2})] if lines else []
    return "\n\n".join(tables + [result.appendix for result in results.values() if result.appendix])


def write(path: pathlib.Path, results: dict[str, Result]) -> None:
    """Writes the parts measured now beside those measured before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    document["machine"] = {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
    for part, result in results.items():
        document.setdefault("parts", {})[part] = {
            "measured_at": now, "rows": [row._asdict() for row in result.rows], "details": result.details}
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
