"""What the tests work on together: a database, a terminal, two instances, and the evening that they have."""

import datetime
import json
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

import pages
from instance import PROGRAM, Instance
from pages import ROOT, Shell

OPS = ROOT / "ops" / "prometheus"
GUEST = "Ada Unmistakable"
EVENING = datetime.date.today() + datetime.timedelta(days=30)


def restaurant() -> dict:
    """A table for two and one for four, every evening."""
    return {
        "id": "tiny", "name": "Tiny", "timezone": "Europe/London",
        "opening_hours": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "open": "12:00", "close": "23:30"}],
        "service_periods": [{
            "name": "Dinner", "kind": "dinner", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "start": "17:00", "end": "23:00", "turn_bands": [{"max_party": 99, "minutes": 90}]}],
        "booking_interval_minutes": 15, "zones": [{"name": "Room"}],
        "tables": [
            {"number": "1", "zone": "Room", "capacity": 2, "min_party": 1, "max_party": 2, "mobility": "fixed"},
            {"number": "2", "zone": "Room", "capacity": 4, "min_party": 3, "max_party": 4, "mobility": "fixed"}],
        "adjacency": [],
    }


class Scene:
    """Made once; what one test sets up the next ones use."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="headwaiter-metrics-")
        self.folder = pathlib.Path(self.temporary.name)
        self.etc = self.folder / "prometheus"
        (self.folder / "bin").mkdir()
        self.etc.mkdir()
        (self.folder / "ops").symlink_to(ROOT / "ops")
        (self.folder / "bin" / "headwaiter").symlink_to(pathlib.Path(PROGRAM).resolve())
        pages.PAGES = [ROOT / "docs" / "monitoring.md"]
        environment = Shell.clean() | {
            "HEADWAITER_DATABASE": f"sqlite:{self.folder / 'test.sqlite'}", "FEATURE_ASSIGNMENT_PIPELINE_V3": "true",
            "HEADWAITER_METRICS_RESTAURANTS": "true"}
        environment["PATH"] = f"{self.folder}/bin:{environment['PATH']}"
        self.shell = Shell(self.folder, environment)
        self.shell.replacements = [("/etc/prometheus", str(self.etc))]
        self.shell.run("headwaiter migrate")
        house = self.folder / "tiny.restaurant.json"
        house.write_text(json.dumps(restaurant()))
        self.shell.run(f"headwaiter import {house}")
        self.key = self.new_key("admin", "admin")
        self.instances = [self.instance(), self.instance("--role", "worker")]
        self.prometheus: subprocess.Popen | None = None

    def new_key(self, name: str, role: str) -> str:
        told = self.shell.run(f"headwaiter keys create --name {name} --role {role}")
        return re.search(r"^hw_\S+", told, re.MULTILINE)[0]

    def instance(self, *options: str, **environment: str) -> Instance:
        instance = Instance(self.folder, self.shell.environment | environment, *options)
        instance.key = self.key
        return instance

    def metrics(self, instance: Instance, key: str | None = None) -> str:
        return page(instance, "/metrics", key or self.key)[1]

    def have_an_evening(self, web: Instance) -> None:
        """Two are seated, one must ask a person, one is too large; and someone asks for what is not there."""
        states = [book(web, party, time)["assignment_state"] for party, time in [
            (2, "19:00"), (4, "19:00"), (2, "19:30"), (9, "19:00")]]
        assert states == ["confirmed", "confirmed", "manual_review", "failed"], states
        assert web.call("GET", "/v1/bookings/nobody")[0] == 404
        assert web.call("GET", "/nothing/here")[0] == 404

    def close(self) -> None:
        if self.prometheus:
            self.prometheus.terminate()
            self.prometheus.wait(20)
        for instance in self.instances:
            instance.stop()
        self.temporary.cleanup()


def book(web: Instance, party: int, time: str) -> dict:
    return web.make("/v1/bookings", {
        "restaurant_id": "tiny", "date": EVENING.isoformat(), "start_time": time, "party_size": party,
        "wait_seconds": 20, "guest": {"name": GUEST, "phone": "+44 20 7946 0123", "mail": "ada@example.org"}})


def page(instance: Instance, path: str, key: str | None) -> tuple[int, str, str]:
    """Status, text and content type."""
    request = urllib.request.Request(f"http://127.0.0.1:{instance.port}{path}")
    if key:
        request.add_header("Authorization", f"Bearer {key}")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode(), answer.headers["Content-Type"]
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers["Content-Type"]


class OnScene(unittest.TestCase):
    """Stops at the first failure of a class: what follows stands on it."""

    scene: Scene

    @property
    def web(self) -> Instance:
        return self.scene.instances[0]

    @property
    def worker(self) -> Instance:
        return self.scene.instances[1]
