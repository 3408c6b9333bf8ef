"""Every query of the catalogue over its default window of 24 hours: with five million events on PostgreSQL, and half a
million on SQLite."""
import pathlib
import re
import sqlite3
import subprocess
import time

from .cluster import Cluster, cluster
from .context import CannotRun, Context
from .report import Result, at_most, median, shown

FILL = pathlib.Path(__file__).parent / "fill"
BOOKINGS = {"postgresql": 470_000, "sqlite": 47_000}
BAR_MS = 200
DAY = 86_400_000_000


def run(context: Context) -> Result:
    times: dict[str, dict[str, float]] = {}
    with context.folder() as folder, cluster(folder) as postgres:
        times["postgresql"], events = _on_postgresql(context, postgres)
    with context.folder() as folder:
        times["sqlite"], lite_events = _on_sqlite(context, folder / "queries.sqlite")
    rows = [shown("events, PostgreSQL", events), shown("events, SQLite", lite_events)]
    for database, found in times.items():
        # A report may take longer: nobody waits for it in front of a screen.
        rows += [
            shown(f"{name}, {database}", ms, "ms") if name.startswith("report-")
            else at_most(f"{name}, {database}", ms, BAR_MS, "ms") for name, ms in found.items()]
    return Result(rows, {"times_ms": times})


def _files(context: Context, folder: str) -> list[pathlib.Path]:
    return sorted((context.root / "queries" / folder).glob("*.sql"))


def _on_postgresql(context: Context, postgres: Cluster) -> tuple[dict[str, float], int]:
    postgres.make_database("queries")
    context.run("migrate", "--database", postgres.url("queries"))
    started = time.perf_counter()
    _psql(postgres, "-v", f"bookings={BOOKINGS['postgresql']}", "-f", FILL / "postgresql.sql")
    context.progress(f"PostgreSQL filled in {time.perf_counter() - started:.0f} s")
    times = {}
    for file in _files(context, "postgresql"):
        each = [_psql_ms(postgres, file) for _ in range(max(3, context.options.runs))]
        times[file.stem] = median(each)
    return times, int(postgres.sql("queries", "SELECT count(*) FROM observability_events")[0][0])


def _psql(postgres: Cluster, *arguments: object) -> str:
    command = [postgres.programs / "psql", "-X", "-q", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1", "-d",
               postgres.url("queries"), *arguments]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotRun(f"psql: {done.stderr.strip()}")
    return done.stdout


def _psql_ms(postgres: Cluster, file: pathlib.Path) -> float:
    """The whole file, as psql measures it: with the rows on their way to it."""
    shown_times = _psql(postgres, "-c", r"\timing on", "-f", file)
    return sum(float(found) for found in re.findall(r"^Time: ([0-9.]+) ms", shown_times, re.MULTILINE))


def _on_sqlite(context: Context, path: pathlib.Path) -> tuple[dict[str, float], int]:
    context.run("migrate", "--database", f"sqlite:{path}")
    database = sqlite3.connect(path, isolation_level=None)
    now = time.time_ns() // 1000
    database.execute("BEGIN")
    for statement in (FILL / "sqlite.sql").read_text(encoding="utf-8").split(";\n"):
        named = {"bookings": BOOKINGS["sqlite"], "now": now}
        database.execute(statement, {key: value for key, value in named.items() if f":{key}" in statement})
    database.execute("COMMIT")
    times = {}
    for file in _files(context, "sqlite"):
        sql = file.read_text(encoding="utf-8")
        each = []
        for _ in range(max(3, context.options.runs)):
            started = time.perf_counter()
            database.execute(sql, {"since": now - DAY, "now": now}).fetchall()
            each.append((time.perf_counter() - started) * 1000)
        times[file.stem] = median(each)
    events = database.execute("SELECT count(*) FROM observability_events").fetchone()[0]
    database.close()
    return times, events
