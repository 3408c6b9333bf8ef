"""The kill switch, and the classic rollback, with three instances on PostgreSQL under load."""
import contextlib
import datetime
import itertools
import json
import pathlib
import random
import re
import threading
import time
from typing import Callable, Iterator

from . import client, demand, server, switching, wire
from .api import CONNECTIONS, RESTAURANTS, _requests
from .cluster import Cluster, cluster
from .context import CannotRun, Context
from .report import Result, at_most, columns, median, shown

INSTANCES = 3
# Bookings at once for one evening, so that many are under way when the switch comes.
BURST = 150
# Load before the switch, and after it; legacy waits 5, 15 and 45 seconds before it gives up.
BEFORE, AFTER, PATIENCE = 3.0, 3.0, 150.0
COMMIT_TIMES = "-c track_commit_timestamp=on"
OFF = {"FEATURE_ASSIGNMENT_PIPELINE_V3": "false"}


def run(context: Context) -> Result:
    runs, rollbacks = [], []
    for number in range(context.options.runs):
        with context.folder() as folder, cluster(folder, COMMIT_TIMES) as postgres:
            runs.append(_kill(context, folder, postgres, number))
            rollbacks.append(_classic(context, folder, postgres, number))
        context.progress(
            f"run {number + 1}: last start {runs[-1]['last_start_ms']:.0f} ms after the call, "
            f"{runs[-1]['in_flight']} under way; by the environment {rollbacks[-1]['last_start_ms']:.0f} ms after its "
            "being ready")
    return Result(
        _rows("kill switch", runs, "call") + _rows("one of three with `false`", rollbacks, "its being ready"),
        {"kill": runs, "environment": rollbacks}, _fates(runs, rollbacks))


def _kill(context: Context, folder: pathlib.Path, postgres: Cluster, number: int) -> dict:
    postgres.make_database("kill")
    with _three(context, folder, postgres, "kill") as running:
        with _load(context, running, number) as load:
            time.sleep(BEFORE)
            load.burst(lambda: _unfinished(postgres, "kill"))
            called = time.time()
            request = wire.request("POST", "/v1/admin/kill", {"reason": "measured"}, {"Idempotency-Key": "kill"})
            status, body = client.one(running[0].port, request)
            answered = time.time()
            if status != 200:
                raise CannotRun(f"POST /v1/admin/kill answered {status}: {body[:300].decode(errors='replace')}")
            time.sleep(AFTER)
        switched = switching.killed_at(lambda sql: postgres.sql("kill", sql))
        result = _judged(postgres, "kill", load, called, switched)
    return result | {"answered_ms": (answered - called) * 1000, "stored_ms": (switched - called) * 1000}


def _classic(context: Context, folder: pathlib.Path, postgres: Cluster, number: int) -> dict:
    """One of three is started again with V3 off in its environment."""
    postgres.make_database("classic")
    with _three(context, folder, postgres, "classic", INSTANCES - 1) as running, contextlib.ExitStack() as third:
        with _load(context, running, number) as load:
            third.enter_context(server.serving(context, folder, postgres.url("classic"), **server.STORED_FIRST))
            time.sleep(BEFORE)
            third.close()
            load.burst(lambda: _unfinished(postgres, "classic"))
            began = time.time()
            third.enter_context(server.serving(context, folder, postgres.url("classic"), **server.STORED_FIRST | OFF))
            ready = time.time()
            time.sleep(AFTER)
        # Nothing is stored at one moment here: a second after it is ready no try of V3 may begin. The instance stays:
        # once it were gone, the others' `true` would count again.
        result = _judged(postgres, "classic", load, ready, ready + 1)
    return result | {"ready_ms": (ready - began) * 1000}


@contextlib.contextmanager
def _three(
    context: Context, folder: pathlib.Path, postgres: Cluster, database: str, count: int = INSTANCES
) -> Iterator[list[server.Server]]:
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(server.serving(context, folder, postgres.url(database), **server.STORED_FIRST))
            for _ in range(count)]


class _Load:
    """As many bookings as the instances take, in a thread of its own, and a burst on demand; notes when each instance
    says that V3 is off."""

    def __init__(self, context: Context, running: list[server.Server], number: int):
        house = demand.white_horse(context.root)
        houses = [house | {"id": f"bench-{each:02d}"} for each in range(1, RESTAURANTS + 1)]
        running[0].put_restaurants([*houses, house | {"id": "bench-burst"}])
        self.ports = [each.port for each in running]
        self.requests = _requests(context, houses, seed=number, prefix=f"kill-{number}")
        friday = demand.next_friday(datetime.date.today() + datetime.timedelta(days=7))
        wanted = demand.wishes(context.root, house | {"id": "bench-burst"}, [friday], "dinner", random.Random(number))
        self.bursting = [wire.create_booking(next(wanted), f"burst-{number}-{each}") for each in range(BURST)]
        self.answers: list[client.Answer] = []
        self.problems: list[Exception] = []
        self.off_at: dict[int, float] = {}
        self.has_ended = threading.Event()
        self.threads: list[threading.Thread] = []

    def start(self) -> None:
        self._begin(self._keep_booking)
        for port in self.ports:
            self._begin(lambda port=port: self._watch(port))

    def burst(self, unfinished: Callable[[], int]) -> None:
        """Returns once many of them are under way."""
        self._begin(lambda: self.answers.extend(client.at_once(self.ports[-1], self.bursting)))
        deadline = time.monotonic() + 3
        while unfinished() < BURST / 4 and time.monotonic() < deadline:
            time.sleep(0.005)

    def stop(self) -> None:
        self.has_ended.set()
        for thread in self.threads:
            thread.join()
        if self.problems:
            raise self.problems[0]

    def accepted(self) -> list[str]:
        return [wire.booking_id(each.body) for each in self.answers if each.status in (200, 201, 202)]

    def _begin(self, work) -> None:
        def kept() -> None:
            try:
                work()
            except Exception as problem:  # a thread's failure is the run's
                self.problems.append(problem)

        thread = threading.Thread(target=kept)
        thread.start()
        self.threads.append(thread)

    def _keep_booking(self) -> None:
        while not self.has_ended.is_set():
            requests = list(itertools.islice(self.requests, 4000))
            connections = CONNECTIONS - CONNECTIONS % len(self.ports)
            self.answers += client.closed_loop_over(self.ports, requests, connections, 0.5)

    def _watch(self, port: int) -> None:
        """Tries that leave no trace begin only while the instance itself says that V3 is on."""
        request = wire.request("GET", "/metrics")
        while not self.has_ended.wait(0.02):
            _, body = client.one(port, request)
            value = re.search(rb'^headwaiter_flag_enabled\{[^}]*pipeline_v3[^}]*\} (\S+)$', body, re.MULTILINE)
            if value and float(value[1]) == 0:
                self.off_at.setdefault(port, time.time())


@contextlib.contextmanager
def _load(context: Context, running: list[server.Server], number: int) -> Iterator[_Load]:
    load = _Load(context, running, number)
    load.start()
    try:
        yield load
    finally:
        load.stop()


def _judged(postgres: Cluster, database: str, load: _Load, called: float, switched: float) -> dict:
    def query(sql: str) -> list[list[str]]:
        return postgres.sql(database, sql)

    deadline = time.monotonic() + PATIENCE
    while _unfinished(postgres, database) and time.monotonic() < deadline:
        time.sleep(0.5)
    judgement = switching.judge(query, switched, load.accepted())
    if set(load.ports) - set(load.off_at):
        raise CannotRun("an instance never said that V3 is off")
    return {
        "accepted": len(load.accepted()), "refused": len(load.answers) - len(load.accepted()),
        # Negative where the last one had begun before.
        "last_start_ms": ((judgement.last_start or called) - called) * 1000,
        "off_everywhere_ms": (max(load.off_at.values()) - called) * 1000,
        "confirmed_after": judgement.confirmed_after, "late_commits": judgement.late_commits,
        "in_flight": len(judgement.fates), "ends": judgement.counts(), "wrong": judgement.wrong,
        "unfinished": _unfinished(postgres, database),
        "fates": [fate._asdict() for fate in judgement.fates]}


def _unfinished(postgres: Cluster, database: str) -> int:
    return int(postgres.sql(database, switching.UNFINISHED)[0][0])


def _rows(name: str, runs: list[dict], since: str) -> list:
    def middle(what: str) -> float:
        return median(each[what] for each in runs)

    def worst(what: str) -> float:
        return max(each[what] for each in runs)

    wrong = sum(len(ids) for each in runs for ids in each["wrong"].values())
    if wrong:
        print(json.dumps([each["wrong"] for each in runs], indent=1))
    before = {"stored_ms": "stored after the call", "ready_ms": "ready after its start"}
    return [
        shown(f"{name}: bookings taken", middle("accepted"), "bookings"),
        *(shown(f"{name}: {words}", middle(what), "ms") for what, words in before.items() if what in runs[0]),
        at_most(f"{name}: from {since} to V3's last start, worst", worst("last_start_ms"), 1000, "ms"),
        # Bounds tries that leave no trace; read from /metrics, which under load answers late.
        shown(f"{name}: until all instances have said off, worst", worst("off_everywhere_ms"), "ms"),
        at_most(f"{name}: confirmed in V3's tries begun after", worst("confirmed_after"), 0, "bookings"),
        shown(f"{name}: under way at that moment", middle("in_flight"), "bookings"),
        at_most(f"{name}: not ended", worst("unfinished"), 0, "bookings"),
        at_most(f"{name}: lost, double, or else wrong", wrong, 0, "bookings")]


def _fates(runs: list[dict], rollbacks: list[dict]) -> str:
    lines = [
        (name, end, " ".join(str(each["ends"].get(end, 0)) for each in found))
        for name, found in (("kill switch", runs), ("one of three with `false`", rollbacks))
        for end in sorted({end for each in found for end in each["ends"]})]
    return columns(("switched off by", "bookings under way: their end", "in each run"), lines, right={2})
