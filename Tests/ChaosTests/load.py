"""Steady load: guests who book, look, change and cancel, and try again when they get no answer."""
import random
import threading
import time

from . import houses
from .client import Answer
from .ledger import Ledger, Promise

OPERATIONS = {"create": 50, "read": 12, "change": 20, "cancel": 12, "hold": 6}
# What each may be answered with beside 2xx; 503 and a broken connection always may.
ALLOWED = {
    "create": {409}, "read": set(), "change": {409, 412, 422}, "cancel": {409, 412}, "hold": {409, 422, 429},
    "confirm": {404, 409}}


class Load:
    """Guests who act at the same time, each in a thread of its own, at a rate that they share."""

    def __init__(self, guests: list["Guest"], rate: float):
        self.pause = len(guests) / rate
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(guest,), daemon=True) for guest in guests]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def work(self, guest: "Guest") -> None:
        while not self.is_over.wait(guest.rng.expovariate(1 / self.pause)):
            guest.act()


class Guest:
    """One worker: its bookings are its own."""

    def __init__(self, fleet, client, ledger: Ledger, number: int, rng: random.Random, tries: int = 8):
        self.fleet, self.client, self.ledger = fleet, client, ledger
        self.number, self.rng, self.tries = number, rng, tries
        self.mine: list[Promise] = []
        self.keys = 0

    def act(self) -> None:
        operation = self.rng.choices(list(OPERATIONS), OPERATIONS.values())[0]
        if operation in ("create", "hold") or not self.mine:
            return self.hold() if operation == "hold" else self.create(houses.wish(self.rng))
        promise = self.rng.choice(self.mine[-60:])
        getattr(self, operation)(promise)

    def next_key(self) -> str:
        self.keys += 1
        return f"guest-{self.number}-{self.keys}"

    def send(self, operation: str, method: str, path: str, body: object = None, key: str = "") -> Answer:
        """One try on some instance."""
        answer = self.client.call(self.fleet.pick(self.rng).port, method, path, body, key)
        self.ledger.count(f"{operation} {answer.status}")
        if not answer.is_good and answer.status not in ALLOWED[operation] | {0, 503}:
            self.ledger.complain(f"{operation} was answered with {answer.status} {answer.code}")
        if answer.status == 503 and not answer.retry_after:
            self.ledger.complain(f"{operation} was answered with 503 {answer.code} without Retry-After")
        return answer

    def insist(self, operation: str, method: str, path: str, body: object = None) -> Answer:
        """Again under the same key until there is an answer, or patience ends."""
        key = self.next_key()
        return self.insist_on(key, operation, method, path, body)

    def insist_on(self, key: str, operation: str, method: str, path: str, body: object) -> Answer:
        for attempt in range(self.tries):
            answer = self.send(operation, method, path, body, key)
            unknown = answer.status in (0, 503) or "idempotency" in answer.code
            if not unknown:
                return answer
            time.sleep(self.rng.uniform(0.05, 0.3) * (attempt + 1))
        return answer

    # What guests do.

    def create(self, wish: dict, wait: int | None = None) -> Promise | None:
        key = self.next_key()
        self.ledger.sent.add(key)
        body = wish | {"guest": {"name": key}, "wait_seconds": self.rng.choice([0, 1, 2]) if wait is None else wait}
        answer = self.insist_on(key, "create", "POST", "/v1/bookings", body)
        return self.promised(answer, key)

    def book_at(self, instance, wish: dict) -> Promise | None:
        """One try, on one instance."""
        key = self.next_key()
        self.ledger.sent.add(key)
        body = wish | {"guest": {"name": key}, "wait_seconds": 2}
        return self.promised(self.client.call(instance.port, "POST", "/v1/bookings", body, key), key)

    def promised(self, answer: Answer, key: str) -> Promise | None:
        if not answer.is_good:
            return None
        body = answer.body
        promise = Promise(body["id"], key, body["restaurant_id"], body["party_size"], body["version"])
        self.ledger.promise(promise)
        self.mine.append(promise)
        return promise

    def read(self, promise: Promise) -> None:
        answer = self.send("read", "GET", f"/v1/bookings/{promise.id}")
        if answer.is_good:
            self.see(promise, answer.body["version"])

    def see(self, promise: Promise, version: int) -> None:
        """What was shown once stays so."""
        if version < promise.version:
            self.ledger.complain(f"booking {promise.id} was shown at version {version} after {promise.version}")
        promise.edit(version=max(version, promise.version))

    def cancel(self, promise: Promise) -> None:
        if promise.cancelled == "no":
            promise.edit(cancelled="maybe")
        answer = self.insist("cancel", "POST", f"/v1/bookings/{promise.id}/cancel")
        if answer.is_good:
            promise.edit(cancelled="yes")

    def change(self, promise: Promise) -> None:
        party = houses.party(self.rng)
        body = {"party_size": party} | ({"on_no_table": "review"} if self.rng.random() < 0.3 else {})
        before = promise.parties
        promise.edit(parties=before | {party})
        answer = self.send("change", "PATCH", f"/v1/bookings/{promise.id}", body)
        if answer.is_good:
            promise.edit(parties={party})
        elif answer.status in ALLOWED["change"]:
            promise.edit(parties=before)

    def hold(self) -> None:
        """Tables are kept first, then booked."""
        answer = self.send("hold", "POST", "/v1/holds", houses.wish(self.rng))
        if not answer.is_good:
            return
        key = self.next_key()
        self.ledger.sent.add(key)
        path = f"/v1/holds/{answer.body['id']}/confirm"
        self.promised(self.insist_on(key, "confirm", "POST", path, {"guest": {"name": key}}), key)
