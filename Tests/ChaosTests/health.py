"""Asks every instance all the time whether it lives and whether it is ready, and judges the answers."""
import threading
import time

from .client import Client

PAUSE = 0.25
# An answer later than this is none.
PATIENCE = 5.0
# What an instance may take to see that its database is away, and that it is back: as long as its circuit breaker may still
# be open, it refuses bookings and says so.
SEES_ABSENCE, SEES_RETURN = 4.0, 17.0


class Sample:
    """The time is that of the question about readiness, and of its answer."""

    def __init__(self, began: float, instance, health: int, ready: int):
        self.began, self.ended = began, time.monotonic()
        self.instance, self.health, self.ready = instance, health, ready


class HealthWatch:
    """One thread for each instance."""

    def __init__(self, fleet):
        # A connection for each question: one that is kept may belong to a process that is gone.
        self.fleet, self.client = fleet, Client(keeps=False)
        self.lock = threading.Lock()
        self.samples: list[Sample] = []
        self.deaths: list[str] = []
        # Since when the database is away, or None; and the last moment that it could not be relied upon.
        self.away_since: float | None = None
        self.away: list[tuple[float, float]] = []
        self.murky_since: float | None = None
        self.murky: list[tuple[float, float]] = []
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self.watch, args=(each,), daemon=True) for each in fleet]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def watch(self, instance) -> None:
        reported = -1
        while not self.is_over.wait(PAUSE):
            if instance.died_unasked and reported != instance.incarnation:
                reported = instance.incarnation
                with self.lock:
                    self.deaths.append(f"{instance} ended by itself with {instance.process.returncode}")
            if not instance.must_answer:
                continue
            incarnation = instance.incarnation
            health = self.client.call(instance.port, "GET", "/healthz", timeout=PATIENCE).status
            asked = time.monotonic()
            ready = self.client.call(instance.port, "GET", "/readyz", timeout=PATIENCE).status
            if instance.must_answer and instance.incarnation == incarnation:
                with self.lock:
                    self.samples.append(Sample(asked, instance, health, ready))

    # What a fault says of the database.

    def database_is_away(self, is_away: bool) -> None:
        now = time.monotonic()
        if is_away:
            self.away_since = now
        elif self.away_since is not None:
            self.away.append((self.away_since, now))
            self.away_since = None

    def readiness_is_unclear(self, is_unclear: bool) -> None:
        """While the database answers late, or not to everything, either answer is the truth."""
        now = time.monotonic()
        if is_unclear:
            self.murky_since = now
        elif self.murky_since is not None:
            self.murky.append((self.murky_since, now))
            self.murky_since = None

    # Judgement.

    def take(self) -> dict[str, list[str]]:
        """What was wrong with the answers since the last time."""
        with self.lock:
            samples, self.samples = self.samples, []
            deaths, self.deaths = self.deaths, []
        silent = [f"{s.instance} answered /healthz with {s.health}" for s in samples if s.health != 200]
        return {"instances that died": deaths, "no answer on /healthz": silent, "/readyz lied": self.lies(samples)}

    def lies(self, samples: list[Sample]) -> list[str]:
        found = []
        doubtful: dict[object, float] = {}
        for sample in samples:
            if any(first + SEES_ABSENCE < sample.began and sample.ended < last for first, last in self.away):
                if sample.ready == 200:
                    found.append(f"{sample.instance} was ready without a database")
            elif sample.ready == 200 or self.may_doubt(sample):
                doubtful.pop(sample.instance, None)
            # An instance that is busy may fail to answer once in time.
            elif sample.began - doubtful.setdefault(sample.instance, sample.began) > 3:
                found.append(f"{sample.instance} was not ready ({sample.ready}) though the database was there")
        return found

    def may_doubt(self, sample: Sample) -> bool:
        """Whether it may say that it is not ready."""
        if sample.began < sample.instance.ready_since + 5:
            return True
        if any(first <= sample.began < last + SEES_RETURN for first, last in self.away + self.murky):
            return True
        return self.away_since is not None or self.murky_since is not None
