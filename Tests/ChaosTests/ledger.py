"""What the API has promised: every 2xx, to be found again in the database."""
import threading


class Promise:
    """A booking that was answered with 2xx, and what it must be like. Only one worker changes it."""

    def __init__(self, id: str, key: str, restaurant: str, party: int, version: int):
        self.id, self.key, self.restaurant = id, key, restaurant
        # Sizes that it may have; more than one while nobody knows whether a change came through.
        self.parties = {party}
        self.cancelled = "no"
        # The highest version that was shown.
        self.version = version
        # Raised by every change of this entry.
        self.edition = 0

    def edit(self, **changes) -> None:
        self.__dict__.update(changes)
        self.edition += 1


class Ledger:
    """All promises, and answers that should not have been given."""

    def __init__(self):
        self.lock = threading.Lock()
        self.promises: dict[str, Promise] = {}
        # Keys of bookings that were sent, whether or not they were answered.
        self.sent: set[str] = set()
        self.wrong: list[str] = []
        self.counts: dict[str, int] = {}

    def promise(self, promise: Promise) -> None:
        with self.lock:
            self.promises[promise.id] = promise

    def complain(self, text: str) -> None:
        with self.lock:
            self.wrong.append(text)

    def count(self, what: str) -> None:
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def snapshot(self) -> list[tuple[Promise, int]]:
        """Promises with their editions; one that is edited meanwhile is judged another time."""
        with self.lock:
            return [(promise, promise.edition) for promise in self.promises.values()]
