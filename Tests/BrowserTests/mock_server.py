"""The console's assets and its part of the HTTP API, with a scripted evening: for browser tests and for work on the page.

    python3 Tests/BrowserTests/mock_server.py [--port 8090] [--demo] [--speed 6]

Standard library only. It knows no rules of assignment: tables are given by a small best fit, so that pictures look right.
"""

import argparse
import json
import queue
import random
import re
import threading
import time
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "Sources/HeadwaiterConsole/Resources"
RESTAURANT = ROOT / "data/white-horse-waterbeach.restaurant.json"
DATE = "2026-11-27"  # a Friday
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
ICON = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0e6660"/></svg>'

KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
ASSETS = {f"/console/{path.name}": (KINDS[path.suffix], path) for path in RESOURCES.iterdir() if path.suffix in KINDS}
STEPS = ["created", "capacity_verified", "assignment_pending", "assignment_in_progress", "assigned", "confirmed"]


class Evening:
    """One restaurant's Friday: bookings, claims, history, and everyone who listens."""

    def __init__(self, name=None, now="19:32", demo=None):
        self.file = json.loads(RESTAURANT.read_text())
        self.zone = ZoneInfo(self.file["timezone"])
        self.name = name or self.file["name"]
        self.business_start = self.at(now)
        self.real_start = time.monotonic()
        self.demo = demo
        self.lock = threading.RLock()
        self.bookings, self.history, self.claims, self.risks = {}, {}, [], []
        self.listeners, self.events = [], []
        self.serial = 0
        self.requests = []
        self.positions = {}
        self.keys = {}  # secret → role; none is an open server
        self.busy = 0  # how many streams are refused with 503

    # Time

    def at(self, clock):
        hour, minute = map(int, clock.split(":"))
        return datetime.fromisoformat(DATE).replace(hour=hour, minute=minute, tzinfo=self.zone)

    def now(self):
        return self.business_start + timedelta(seconds=time.monotonic() - self.real_start)

    # Seating

    def options(self, party):
        tables = {t["number"]: t for t in self.file["tables"]}
        for t in tables.values():
            if t["min_party"] <= party <= t["max_party"]:
                yield (t["capacity"] - party, 1, [t["number"]])
        near = {}
        for a, b in self.file["adjacency"]:
            near.setdefault(a, []).append(b)
        for a in tables:
            for b in near.get(a, []):
                for chain in [[a, b]] + [[a, b, c] for c in near.get(b, [])]:
                    seats = sum(tables[n]["capacity"] for n in chain)
                    lowest = max(tables[n]["min_party"] for n in chain)
                    if lowest <= party <= seats <= party + 4:
                        yield (seats - party, len(chain), chain)

    def is_free(self, tables, start, until):
        return not any(c["table"] in tables and c["from"] < until and start < c["until"] for c in self.claims)

    def plan(self, party, start, end):
        until = end + timedelta(minutes=5)
        free = [o for o in self.options(party) if self.is_free(o[2], start, until)]
        return min(free, key=lambda o: (o[1], o[0]), default=None)

    # Changes: each is one version, one history row, one event

    def step(self, booking, state, reason=None, mode="v3", actor="worker-1", cause="pipeline", publish=True, **fields):
        with self.lock:
            old = booking["assignment_state"] if booking["version"] else None
            booking.update(fields, assignment_state=state, reason=reason, version=booking["version"] + 1)
            now = datetime.now(self.zone)
            self.history.setdefault(booking["id"], []).append({
                "version": booking["version"], "from_state": old, "to_state": state, "mode": mode, "actor": actor,
                "cause": cause, "reason": reason, "metadata": {}, "created_at": now.isoformat()})
            if publish:
                keys = ["party_size", "status", "assignment_state", "tables", "strategy", "flow", "reason", "version"]
                self.publish("booking", {
                    "booking_id": booking["id"], "restaurant_id": self.file["id"], "from_state": old,
                    "start": booking["start"].isoformat(), "end": booking["end"].isoformat(), "at": now.isoformat(),
                    **{key: booking[key] for key in keys}})

    def new(self, party, clock, minutes=None, origin="guest"):
        minutes = minutes or (60 if party <= 2 else 75 if party <= 4 else 85 if party <= 6 else 90)
        start = self.at(clock)
        self.serial += 1
        booking = {
            "id": f"bk-{self.serial:04}", "party_size": party, "start": start, "end": start + timedelta(minutes=minutes),
            "status": "pending", "assignment_state": "created", "tables": [], "strategy": None, "flow": "v3",
            "reason": None, "origin": origin, "version": 0}
        with self.lock:
            self.bookings[booking["id"]] = booking
        return booking

    def book(self, party, clock, minutes=None, publish=True, pause=0.0, upto="confirmed"):
        """Walks a new booking through the states, to a table or to review."""
        booking = self.new(party, clock, minutes)
        for state in STEPS[: STEPS.index(upto) + 1 if upto in STEPS else 4]:
            time.sleep(pause)
            if state == "assigned":
                plan = self.plan(party, booking["start"], booking["end"])
                if not plan:
                    self.step(booking, "manual_review", reason="no_table", publish=publish)
                    return booking
                joined = len(plan[2]) > 1
                with self.lock:
                    booking.update(tables=plan[2], strategy="adjacency" if joined else random.Random(self.serial).choice(
                        ["optimal_fit"] * 4 + ["zone_preference", "load_balancing", "historical_success"]))
                    self.claim(booking)
            self.step(booking, state, publish=publish, **({"status": "confirmed"} if state == "confirmed" else {}))
        return booking

    def claim(self, booking, kind="allocation"):
        for table in booking["tables"]:
            self.claims.append({
                "table": table, "kind": kind, "from": booking["start"], "until": booking["end"] + timedelta(minutes=5),
                "booking_id": booking["id"], "note": None})

    def set_status(self, booking, status, publish=True):
        self.step(booking, booking["assignment_state"], mode="manual", actor="Front desk", cause={"seated": "seat", "completed": "complete"}.get(status, status), status=status, publish=publish)

    # Scripts

    def fill(self):
        """A busy evening at 19:32, with one of everything that the page can show."""
        rng = random.Random(11)
        clocks = [f"{h}:{m:02}" for h in (17, 18, 19, 20) for m in (0, 15, 30, 45)]
        weights = [1, 1, 2, 2, 3, 3, 5, 5, 6, 5, 5, 4, 4, 3, 2, 2]
        self.claims.append({"table": "B8", "kind": "block", "from": self.at("17:00"), "until": self.at("23:00"),
                            "booking_id": None, "note": "wobbly leg"})
        for party, clock in [(10, "19:15"), (7, "19:00"), (11, "20:45"), (2, "12:30"), (4, "13:00"), (3, "13:15")]:
            self.book(party, clock, publish=False)
        for _ in range(40):
            party = rng.choices([1, 2, 3, 4, 5, 6], [2, 80, 33, 42, 8, 6])[0]
            self.book(party, rng.choices(clocks, weights)[0], publish=False)
        self.claims.append({"table": self.free_table("19:20", "20:35"), "kind": "hold", "from": self.at("19:20"),
                            "until": self.at("20:35"), "booking_id": None, "note": None})
        for booking in sorted(self.bookings.values(), key=lambda b: b["start"]):
            if booking["assignment_state"] != "confirmed":
                continue
            if booking["end"] < self.now() - timedelta(minutes=4):
                self.set_status(booking, "completed", publish=False)
            elif booking["start"] <= self.now() - timedelta(minutes=12):
                self.set_status(booking, "seated", publish=False)
        for party, clock, reason in [(24, "19:30", "party_too_large"), (2, "21:45", "outside_service")]:
            booking = self.new(party, clock)
            self.step(booking, "created", publish=False)
            self.step(booking, "failed", reason=reason, status="cancelled", publish=False)
        review = self.new(9, "20:00")
        for state in STEPS[:4]:
            self.step(review, state, publish=False)
        self.step(review, "manual_review", reason="suggest_only", publish=False)
        self.book(2, "21:00", publish=False, upto="assignment_pending")
        self.put_at_risk()
        return self

    def free_table(self, start, until):
        return next(t["number"] for t in reversed(self.file["tables"])
                    if self.is_free([t["number"]], self.at(start), self.at(until)))

    def put_at_risk(self):
        """A seated party that runs over, and the booking after it."""
        for later in sorted(self.bookings.values(), key=lambda b: b["start"]):
            if later["assignment_state"] != "confirmed" or not self.now() < later["start"] < self.now() + timedelta(minutes=50):
                continue
            for earlier in self.bookings.values():
                if earlier["status"] == "seated" and set(earlier["tables"]) & set(later["tables"]):
                    other = next((o[2] for o in self.options(later["party_size"])
                                  if self.is_free(o[2], later["start"], later["end"])), [])
                    self.risks = [{"booking_id": later["id"], "caused_by": earlier["id"], "suggested_tables": other}]
                    return

    def run_demo(self, total=60, speed=6.0):
        """Books a whole evening at a visible speed, then ends with a summary."""
        rng = random.Random(4)
        clocks = [f"{h}:{m:02}" for h in (17, 18, 19, 20) for m in (0, 15, 30, 45)]
        began = time.monotonic()
        self.demo = {"phase": "running", "created": 0, "total": total, "date": DATE, "restaurant_id": self.file["id"],
                     "flow": "v3", "shown_time": self.at("19:30").isoformat()}
        for index in range(total):
            party = rng.choices([1, 2, 3, 4, 5, 6, 8], [2, 90, 33, 36, 6, 8, 4])[0]
            self.book(party, rng.choices(clocks, [1, 1, 2, 2, 3, 3, 5, 6, 7, 6, 6, 4, 4, 3, 2, 2])[0], pause=1 / speed / 12)
            self.demo["created"] = index + 1
            self.publish("demo", {key: self.demo[key] for key in ("phase", "created", "total")})
            time.sleep(1 / speed / 2)
        self.end_demo(seconds=time.monotonic() - began)

    def end_demo(self, seconds=12.4):
        seated = [b for b in self.bookings.values() if b["tables"] and b["assignment_state"] == "confirmed"]
        review = [b for b in self.bookings.values() if b["assignment_state"] == "manual_review"]
        failed = [b for b in self.bookings.values() if b["assignment_state"] == "failed"]
        reasons = {}
        for booking in review:
            reasons[booking["reason"]] = reasons.get(booking["reason"], 0) + 1
        total = len(self.bookings)
        self.demo = {
            "phase": "ended", "created": total, "total": total, "date": DATE, "restaurant_id": self.file["id"], "flow": "v3",
            "shown_time": self.at("19:30").isoformat(),
            "summary": {
                "seated": len(seated), "covers": sum(b["party_size"] for b in seated), "in_review": len(review),
                "failed": len(failed), "reasons": reasons, "p50_ms": 3.8, "p95_ms": 11.2, "p99_ms": 19.6,
                "invariant_violations": 0, "flow": "v3", "seconds": round(seconds, 1)}}
        self.publish("demo", {key: self.demo[key] for key in ("phase", "created", "total", "summary")})

    # Listening

    def publish(self, kind, data):
        with self.lock:
            self.events.append((len(self.events) + 1, kind, data))
            for listener in self.listeners:
                listener.put(self.events[-1])

    def listen(self, after=None):
        """What happens from now on; also what happened after an event."""
        listener = queue.Queue()
        with self.lock:
            for event in self.events:
                if after is not None and event[0] > after:
                    listener.put(event)
            self.listeners.append(listener)
        return listener

    def drop_streams(self):
        """Cuts every open stream, as a restarting server does."""
        with self.lock:
            listeners, self.listeners = self.listeners, []
        for listener in listeners:
            listener.put(None)

    # Answers

    def floor(self, date):
        with self.lock:
            is_today = date in (None, DATE)
            services = [s for s in self.file["service_periods"] if "fri" in s["days"]]
            tables = [{"tags": [], "active": True, "position": self.positions.get(t["number"]), **t} for t in self.file["tables"]]
            base = datetime.fromisoformat(date or DATE)
            when = lambda clock: base.replace(hour=int(clock[:2]), minute=int(clock[3:]), tzinfo=self.zone).isoformat()
            return {
                "restaurant": {"id": self.file["id"], "name": self.name, "timezone": self.file["timezone"]},
                "date": date or DATE, "now": self.now().isoformat(),
                "services": [{"name": s["name"], "start": when(s["start"]), "end": when(s["end"])} for s in services],
                "zones": self.file["zones"], "tables": tables, "adjacency": self.file["adjacency"],
                "claims": self.wire(self.claims) if is_today else [],
                "bookings": self.wire(self.bookings.values()) if is_today else [],
                "risks": self.risks if is_today else []}

    @staticmethod
    def wire(items):
        return [{k: v.isoformat() if isinstance(v, datetime) else v for k, v in item.items()} for item in items]

    def why(self, booking):
        tables = booking["tables"]
        seats = sum(t["capacity"] for t in self.file["tables"] if t["number"] in tables)
        spare = seats - booking["party_size"]
        when = f"{booking['start']:%H:%M}–{booking['end']:%H:%M}"
        place = ("table " if len(tables) == 1 else "tables ") + ", ".join(tables)
        head = f"Party of {booking['party_size']}, {DATE}, {when}: "
        text = head + ("no table is free." if not tables else f"{place}, out of 14 possible.\n"
                       f"1. {place[0].upper() + place[1:]}: {'no spare seats' if spare == 0 else f'{spare} spare seats'}; "
                       "41 % of the zone's seats free; costs 0.06 later parties.\n"
                       "Not possible: 6 too small, 5 taken at that time.")
        return {"booking_id": booking["id"], "tables": tables, "strategy": booking["strategy"],
                "decision_id": "5f0c2d9e81a7b364", "text": text, "decision": None}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def evening(self):
        return self.server.evening

    def do_GET(self):
        url = urlsplit(self.path)
        path, query = url.path, parse_qs(url.query)
        self.evening.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        if path == "/" or re.fullmatch(r"/floor/[^/]+", path):
            return self.send("text/html; charset=utf-8", (RESOURCES / "floor.html").read_bytes())
        if path in ASSETS:
            return self.send(ASSETS[path][0], ASSETS[path][1].read_bytes())
        if path == "/console/icon.svg":
            return self.send("image/svg+xml", ICON)
        if self.evening.keys and not self.is_let_in():
            return None
        return self.api(path, query)

    def is_let_in(self):
        """As the server does: 401 without a good key, 403 for a role that may not read."""
        kind, _, secret = self.headers.get("Authorization", "").partition(" ")
        role = self.evening.keys.get(secret) if kind == "Bearer" else None
        if role is None:
            detail = "the API key is not known or has been revoked" if secret else "this path needs an API key"
            self.refuse(401, "unauthorized", detail)
        elif role == "guest_app":
            self.refuse(403, "forbidden", "a key of role guest_app may not do this", allowed="admin, host, operator")
        else:
            return True
        return False

    def api(self, path, query):
        evening, house = self.evening, self.evening.file["id"]
        if path == "/v1/restaurants":
            return self.json({"items": [{"id": house, "name": evening.name, "timezone": evening.file["timezone"]}]})
        if path == "/v1/demo":
            return self.json(evening.demo) if evening.demo else self.problem()
        if path == f"/v1/restaurants/{house}/floor":
            return self.json(evening.floor(query.get("date", [None])[0]))
        if path == f"/v1/restaurants/{house}/events":
            return self.stream()
        match = re.fullmatch(r"/v1/bookings/([^/]+)/(history|why)", path)
        booking = match and evening.bookings.get(unquote(match[1]))
        if not booking:
            return self.problem()
        return self.json({"history": evening.history[booking["id"]]} if match[2] == "history" else evening.why(booking))

    def stream(self):
        if self.evening.busy:
            self.evening.busy -= 1
            return self.refuse(503, "storage_unavailable", "nothing was changed")
        seen = self.headers.get("Last-Event-ID")
        listener = self.evening.listen(int(seen) if seen else None)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            self.wfile.write(b"retry: 500\n\n")
            self.wfile.flush()
            while True:
                try:
                    event = listener.get(timeout=10)
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                    continue
                if event is None:
                    return None
                number, kind, data = event
                self.wfile.write(f"event: {kind}\nid: {number}\ndata: {json.dumps(data)}\n\n".encode())
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            pass
        return None

    def json(self, value, status=200, kind="application/json"):
        self.send(kind, json.dumps(value).encode(), status)

    def problem(self):
        self.refuse(404, "not_found", "there is nothing at this path")

    def refuse(self, status, kind, detail, **more):
        self.json({"type": kind, "status": status, "detail": detail, **more}, status, "application/problem+json")

    def send(self, kind, body, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class MockServer:
    """A server on a free port of loopback; use as a context manager."""

    def __init__(self, evening, port=0):
        self.evening = evening
        self.http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.http.daemon_threads = True
        self.http.evening = evening
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.evening.drop_streams()
        self.http.shutdown()
        self.http.server_close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--demo", action="store_true", help="book an evening from nothing and end with the summary")
    parser.add_argument("--speed", type=float, default=6.0, help="bookings a second in the demo")
    options = parser.parse_args()
    evening = Evening(now="12:00") if options.demo else Evening().fill()
    with MockServer(evening, options.port) as server:
        print(server.url, flush=True)
        try:
            if options.demo:
                evening.run_demo(speed=options.speed)
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
