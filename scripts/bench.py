"""Measures Headwaiter's release build against its bars.

  seating    plans of the seating bench kit's instances, against its greedy baselines and optima
  engine     one planning call in this process (scripts/bench-seating)
  replay     a 300-booking Friday through the real pipeline, both flows
  api        bookings confirmed per second over HTTP on SQLite, against a bare SQLite loop
  burst      500 bookings at once for one restaurant and evening
  start      start to ready on an empty database
  postgres   the same on a private PostgreSQL server, against pgbench in the same run: load, two instances, 500 at once,
             100,000 restaurants
  growth     a day with 10 times the bookings, 100,000 restaurants, memory after 100,000 bookings, on SQLite
  shadow     what V3 in shadow costs the deciding flow at half load, on SQLite
  shadow-week  a week of 2,000 bookings in five restaurants with V3 in shadow: verdicts and noise; some minutes
  weeks      seven generated weeks of the White Horse: legacy, online, and with the day re-seated as bookings come
  kill       the kill switch, and an environment that says `false`, with three instances on PostgreSQL under load: V3's last
             start, and every booking under way accounted for; two minutes a run
  queries    the catalogue of queries, with five million events on PostgreSQL and half a million on SQLite
  pipeline   replay, api, burst, start, postgres, growth, shadow and kill
  all        everything

Prints one table with the bar beside each value and writes out/bench.json. Exit code 1: a bar is missed; 2: a part
cannot be run. The seating bench kit is not part of the project: HEADWAITER_BENCH_KIT names its folder."""
import argparse
import os
import pathlib
import sys

sys.dont_write_bytecode = True
from benchmarks import (  # noqa: E402
    api, burst, engine, growth, kill, postgres, queries, replay, report, seating, shadow, shadow_week, start,
    weeks)
from benchmarks.context import Context, CannotRun  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = {
    "seating": seating, "engine": engine, "replay": replay, "api": api, "burst": burst, "start": start,
    "postgres": postgres, "growth": growth, "shadow": shadow, "shadow-week": shadow_week, "weeks": weeks,
    "kill": kill, "queries": queries}
GROUPS = {"pipeline": ["replay", "api", "burst", "start", "postgres", "growth", "shadow", "kill"], "all": list(PARTS)}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="+", choices=[*PARTS, *GROUPS], metavar="PART")
    parser.add_argument("--runs", type=int, default=5, help="runs of what is measured as a median (5)")
    parser.add_argument("--seconds", type=float, default=10, help="length of a run under load (10)")
    parser.add_argument("--families", default="S,M,L,XL", help="seating: families of instances (S,M,L,XL)")
    parser.add_argument("--seeds", default="1,2,3", help="seating: seeds of instances (1,2,3); further ones: 101,…,110")
    parser.add_argument("--modes", default="online,reseat,day,legacy", help="seating: planning modes (online,reseat,day,legacy)")
    parser.add_argument(
        "--solvers", action=argparse.BooleanOptionalAction, default=True,
        help="seating: run CP-SAT and HiGHS of the kit beside, if OR-Tools is installed (yes)")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "out" / "bench.json")
    options = parser.parse_args()

    program = os.environ.get("HEADWAITER_BIN", "")
    if not os.access(program, os.X_OK):
        print("scripts/bench: HEADWAITER_BIN names no program; start it as scripts/bench, which builds one")
        return 2
    context = Context(root=ROOT, program=program, options=options)
    wanted = [part for name in options.parts for part in GROUPS.get(name, [name])]
    results, failed = {}, []
    for name in dict.fromkeys(wanted):
        context.progress(f"== {name}")
        try:
            results[name] = PARTS[name].run(context)
        except CannotRun as problem:
            failed.append(f"{name}: {problem}")
    report.write(options.output, results)
    print(report.table(results))
    for problem in failed:
        print(f"not run: {problem}")
    if failed:
        return 2
    return 1 if any(row.verdict == "missed" for result in results.values() for row in result.rows) else 0


if __name__ == "__main__":
    sys.exit(main())
