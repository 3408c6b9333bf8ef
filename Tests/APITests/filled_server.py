"""A `headwaiter serve` on a database of its own, with a restaurant and one evening of bookings in many states."""

import datetime
import http.client
import json
import os
import subprocess
import threading
from pathlib import Path

PUB = Path(__file__).resolve().parents[2] / "data" / "white-horse-waterbeach.restaurant.json"
HOUSE = "open-house"


def open_house():
    """The pub, but with its door open now: walk-ins are taken at any time of the day that this runs."""
    house = json.loads(PUB.read_text())
    hours_to_noon = 12 - datetime.datetime.now(datetime.UTC).hour
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    bands = house["service_periods"][1]["turn_bands"]
    return house | {
        "id": HOUSE, "name": "Open House", "timezone": f"Etc/GMT{-hours_to_noon:+d}" if hours_to_noon else "Etc/GMT",
        "opening_hours": [{"days": days, "open": "06:00", "close": "23:30"}],
        "service_periods": [
            {"name": "Day", "kind": "dinner", "days": days, "start": "06:00", "end": "23:30", "turn_bands": bands}]}


class FilledServer:
    """Use as a context manager. `known` is what the server has, by kind."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.database = f"sqlite:{folder / 'api.sqlite'}"
        self.evening = datetime.date.today() + datetime.timedelta(days=14)
        self.known = {}
        self.serial = 0

    def command(self, *arguments):
        done = subprocess.run(
            [self.program, *arguments, "--database", self.database], cwd=self.folder, env=self.environment(),
            capture_output=True, text=True)
        assert done.returncode == 0, f"headwaiter {' '.join(arguments)} exited with {done.returncode}: {done.stderr}"
        return done.stdout

    @staticmethod
    def environment():
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("HEADWAITER_", "FEATURE_"))}
        return clean | {"FEATURE_ASSIGNMENT_PIPELINE_V3": "true"}

    def __enter__(self):
        self.command("migrate")
        self.command("import", str(PUB))
        self.key = json.loads(self.command("keys", "create", "--name", "api", "--role", "admin", "--json"))["secret"]
        self.process = subprocess.Popen(
            [self.program, "serve", "--port", "0", "--database", self.database], cwd=self.folder,
            env=self.environment(), stderr=subprocess.PIPE, text=True)
        line = next((line for line in self.process.stderr if "http://127.0.0.1:" in line), None)
        assert line, f"the server did not start: exit {self.process.wait(10)}"
        self.port = int(line.split("http://127.0.0.1:")[1].split("/")[0])
        self.log = []
        threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True).start()
        self.fill()
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """The exit code of a server that was asked to end, or had ended."""
        self.process.terminate()
        return self.process.wait(30)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def call(self, method, path, body=None):
        """The answer's status and body."""
        self.serial += 1
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        if method == "POST":
            headers["Idempotency-Key"] = f"fill-{self.serial}"
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")

    def make(self, path, body=None, method="POST"):
        status, answer = self.call(method, path, body)
        assert status in (200, 201), f"{method} {path}: {status} {answer}"
        return answer

    # What is there

    def fill(self):
        """Bookings confirmed, pinned, cancelled, seated, in review and failed; a hold, a block, and plans of a day."""
        house = open_house()
        self.make(f"/v1/restaurants/{HOUSE}", house, method="PUT")
        confirmed = [self.book(2 + n % 5, f"{18 + n // 4}:{n % 4 * 15:02}") for n in range(8)]
        self.make(f"/v1/bookings/{confirmed[0]['id']}/pin")
        self.make(f"/v1/bookings/{confirmed[1]['id']}/cancel")
        large = [self.book(10, "20:00") for _ in range(8)]
        failed = self.book(400, "19:00")
        seated = [self.make("/v1/walk-ins", self.walk_in(party)) for party in (2, 4)]
        hold = self.make("/v1/holds", self.new_hold(2, "12:30"))
        block = self.make(f"/v1/restaurants/{HOUSE}/blocks", self.new_block(["B8"], days=1))
        plans = [self.make(f"/v1/restaurants/{HOUSE}/optimise", self.day())["plan"] for _ in range(2)]
        assert all(plans), "the evening has no better seating"
        bookings = [*confirmed, *large, failed, *seated]
        states = {booking["assignment_state"] for booking in bookings}
        assert states == {"confirmed", "manual_review", "failed"}, f"the evening has only bookings {states}"
        self.known = {
            "restaurants": [HOUSE],
            "replaceable": [json.loads(PUB.read_text())["id"]],
            "bookings": [booking["id"] for booking in bookings],
            "holds": [hold["id"]],
            "blocks": [block["id"]],
            "plans": [plan["plan_id"] for plan in plans],
            "dates": [(self.evening + datetime.timedelta(days=n)).isoformat() for n in (0, 1)],
            "times": ["12:00", "12:45", "18:00", "19:00", "19:15", "20:30"],
            "parties": [1, 2, 4, 6, 10],
            "tables": [table["number"] for table in house["tables"]],
        }

    def book(self, party_size, start_time):
        return self.make("/v1/bookings", self.new_booking(party_size, start_time))

    def new_booking(self, party_size, start_time):
        return self.new_hold(party_size, start_time) | {"guest": {"name": "Test Guest"}, "wait_seconds": 5}

    def new_hold(self, party_size, start_time):
        return {"restaurant_id": HOUSE, "date": self.evening.isoformat(), "start_time": start_time,
                "party_size": party_size}

    def day(self):
        return {"date": self.evening.isoformat()}

    @staticmethod
    def walk_in(party_size):
        return {"restaurant_id": HOUSE, "party_size": party_size}

    def new_block(self, tables, days):
        day = (self.evening + datetime.timedelta(days=days)).isoformat()
        return {"tables": tables, "from": f"{day}T12:00:00Z", "until": f"{day}T15:00:00Z", "reason": "wobbles"}

    def examples(self):
        """Bodies that the server takes, by operation."""
        starts = ("12:30", "18:15", "21:00")
        return {
            "putRestaurant": [json.loads(PUB.read_text())],
            "createBooking": [self.new_booking(party, start) for party in (2, 4, 10) for start in starts],
            "changeBooking": [{"party_size": 3}, {"date": self.evening.isoformat(), "start_time": "17:30"}],
            "createHold": [self.new_hold(party, start) for party in (2, 4) for start in starts],
            "confirmHold": [{}, {"guest": {"name": "Test Guest"}}],
            "createBlock": [self.new_block(["G1", "G2"], days) for days in (0, 1, 2)],
            "createWalkIn": [self.walk_in(party) for party in (1, 2, 4)],
            "moveBooking": [{"tables": ["D1"]}, {"tables": ["B4", "B5"]}, {"tables": ["G1"]}],
            "squeezeBooking": [{"tables": ["D2"]}, {"tables": ["G2"]}],
            "forceConfirmBooking": [
                {"tables": ["D9", "D10"]}, {"tables": ["B6", "B5"]},
                {"tables": ["B4", "B5"], "moves": [{"booking_id": self.known["bookings"][2], "tables": ["G1"]}]}],
            "optimiseDay": [self.day()],
            "swapBookings": [{"with": booking} for booking in self.known["bookings"][:4]],
        }
