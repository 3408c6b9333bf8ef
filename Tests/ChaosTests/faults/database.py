"""PostgreSQL stops, dies, drops its connections, is slow, says nothing, has no room, or refuses to write."""
import contextlib
import os
import time

from ..disk import NO_COMPILER
from .effect import NoEffect


@contextlib.contextmanager
def absence(arena):
    """The database cannot be reached, and instances must say so."""
    arena.health.database_is_away(True)
    yield
    arena.health.database_is_away(False)


@contextlib.contextmanager
def murk(arena):
    """The database is there, but it does not do all it should."""
    arena.health.readiness_is_unclear(True)
    yield
    arena.health.readiness_is_unclear(False)


class Stopped:
    """For some seconds; `immediate` is as a crash, and it recovers from its log."""
    cost = 24

    def __init__(self, mode: str):
        self.mode, self.name = mode, f"database-stopped-{mode}"

    def run(self, arena, rng) -> None:
        with absence(arena):
            arena.cluster.stop(self.mode)
            arena.sleep(5 + arena.pace.hold(rng))
            arena.cluster.start()


class Restarted:
    """At once."""
    name, cost = "database-restarted", 12

    def run(self, arena, rng) -> None:
        with murk(arena):
            for _ in range(rng.randint(1, 2)):
                arena.cluster.stop(rng.choice(["fast", "immediate"]))
                arena.cluster.start()
                arena.sleep(rng.uniform(0.2, 1))


class Killed:
    """kill -9 of all its processes."""
    name, cost = "database-killed", 14

    def run(self, arena, rng) -> None:
        with murk(arena):
            arena.cluster.kill()
            arena.sleep(rng.uniform(0, 2))
            arena.cluster.start()


class ConnectionsCut:
    """All of them, again and again: by the server, or on the way."""
    name, cost = "connections-cut", 8

    def run(self, arena, rng) -> None:
        with murk(arena):
            for _ in range(rng.randint(3, 6)):
                arena.cluster.cut_connections() if rng.random() < 0.6 else arena.proxy.tell("cut")
                arena.sleep(rng.uniform(0.1, arena.pace.most / 4))


class Slow:
    """Every answer is 200 ms late."""
    name, cost = "database-slow", 10

    def run(self, arena, rng) -> None:
        with murk(arena):
            arena.proxy.tell("delay 0.2")
            arena.sleep(2 * arena.pace.hold(rng))
            arena.proxy.tell("normal")


class Silent:
    """No byte comes through, and no connection breaks."""
    name, cost = "database-silent", 26

    def run(self, arena, rng) -> None:
        with absence(arena):
            arena.proxy.tell("silent")
            arena.sleep(5 + arena.pace.hold(rng))
            arena.proxy.tell("normal")


class DiskFull:
    """No file in a folder of the server's data can grow. Where that is the tables', statements fail; where it is the log's
    too, the server crashes, and does not come up until there is room."""
    cost = 18

    def __init__(self, name: str, folder: str):
        self.name, self.folder = name, folder

    def run(self, arena, rng) -> str:
        cluster = arena.cluster
        if not cluster.disk.can_be_full:
            if os.environ.get("CI"):
                raise NoEffect(NO_COMPILER)
            return f"left out: {NO_COMPILER}"
        refused, crashes = cluster.disk.refused, cluster.log.count("PANIC:")
        with murk(arena):
            cluster.fill_disk(self.folder)
            has_effect = arena.wait_for(lambda: self.is_felt(cluster, refused, crashes), 20)
            self.hold(arena, 2 * arena.pace.hold(rng))
            cluster.disk.empty()
            is_up = arena.wait_for(lambda: cluster.keep_up() or cluster.takes_connections, 60)
        refused, crashes = cluster.disk.refused - refused, cluster.log.count("PANIC:") - crashes
        if not has_effect or not is_up:
            raise NoEffect(f"{refused} writes refused, {crashes} crashes, the server is {'up' if is_up else 'gone'}")
        return f"{refused} writes refused, {crashes} crashes"

    def is_felt(self, cluster, refused: int, crashes: int) -> bool:
        if self.folder:
            return cluster.disk.refused > refused
        cluster.use_up_log()
        return cluster.log.count("PANIC:") > crashes

    @staticmethod
    def hold(arena, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            arena.cluster.keep_up()
            arena.sleep(0.1)


class ReadOnly:
    """The server refuses to write."""
    name, cost = "database-read-only", 18

    def run(self, arena, rng) -> None:
        with murk(arena):
            arena.cluster.refuse_writes(True)
            arena.sleep(2 * arena.pace.hold(rng))
            arena.cluster.refuse_writes(False)


FAULTS = [Stopped("fast"), Stopped("immediate"), Restarted(), Killed(), ConnectionsCut(), Slow(), Silent(),
          DiskFull("disk-full", "base"), DiskFull("disk-full-log", ""), ReadOnly()]
