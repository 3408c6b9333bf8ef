"""What the tests work on together: one server, one terminal, and the instances that they start."""

import concurrent.futures
import datetime
import pathlib
import tempfile
import unittest

from cluster import Cluster, own
from instance import PROGRAM, Instance
from pages import ROOT, Shell

PUB = ROOT / "data" / "white-horse-waterbeach.restaurant.json"
HOUSE = "white-horse-waterbeach"
FIRST_DAY = datetime.date.today() + datetime.timedelta(days=14)
EVENING = FIRST_DAY.isoformat()
OWNER, APP = "headwaiter_owner", "headwaiter_app"


class Site:
    """Made once; what one test sets up the next ones use."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="headwaiter-operations-")
        self.folder = pathlib.Path(self.temporary.name)
        self.folder.chmod(0o755)
        self.work, self.etc, self.backup = (self.folder / name for name in ("work", "etc", "backup"))
        for path in (self.work, self.etc, self.backup, self.backup / "wal", self.folder / "bin"):
            path.mkdir()
        own(self.etc, self.backup, self.backup / "wal")
        (self.work / "ops").symlink_to(ROOT / "ops")
        (self.folder / "bin/headwaiter").symlink_to(pathlib.Path(PROGRAM).resolve())
        self.clusters: list[Cluster] = []
        self.server = self.cluster("first")
        environment = Shell.clean() | self.server.environment()
        environment["PATH"] = f"{self.folder}/bin:{environment['PATH']}"
        self.shell = Shell(self.work, environment)
        self.shell.replacements = [
            ("db.example", "localhost"), ("/etc/headwaiter/", f"{self.etc}/"), ("/backup/", f"{self.backup}/"),
            ("/etc/postgresql/", f"{self.server.data}/"), ("/etc/pgbouncer/", f"{self.etc}/"),
            ("10.0.0.0/8", "samehost")]

    def cluster(self, name: str) -> Cluster:
        """A new server, which runs."""
        cluster = Cluster(self.folder / name)
        self.clusters.append(cluster)
        cluster.create()
        cluster.start()
        return cluster

    def instance(self, *options: str) -> Instance:
        return Instance(self.work, self.shell.environment, *options)

    def close(self) -> None:
        for cluster in self.clusters:
            cluster.stop()
        self.temporary.cleanup()


class OnSite(unittest.TestCase):
    """Stops at the first failure of a class: what follows stands on it."""

    site: Site

    @property
    def shell(self) -> Shell:
        return self.site.shell

    @property
    def server(self) -> Cluster:
        return self.site.server

    @staticmethod
    def book(instance: Instance, time: str = "19:00", party: int = 2, **more) -> dict:
        return instance.make("/v1/bookings", table_for(party, time) | {"guest": {"name": "Test Guest"}} | more)

    def book_later(self, instance: Instance, days: int = 30, **more) -> dict:
        """A booking on a day when there is room, which is confirmed."""
        later = (FIRST_DAY + datetime.timedelta(days=days)).isoformat()
        return self.assert_confirmed(self.book(instance, date=later, **more))

    def assert_confirmed(self, booking: dict) -> dict:
        self.assertEqual(booking["assignment_state"], "confirmed", booking)
        return booking

    def assert_sound(self, cluster: Cluster) -> None:
        counts = cluster.sql((ROOT / "ops/postgresql/invariants.sql").read_text())
        self.assertEqual({line.split("|")[1] for line in counts.splitlines()}, {"0"}, counts)


def table_for(party: int, time: str) -> dict:
    return {"restaurant_id": HOUSE, "date": EVENING, "start_time": time, "party_size": party}


def together(count: int, work) -> list:
    """The results of calls that are made at once; fails as the first of them that fails."""
    with concurrent.futures.ThreadPoolExecutor(count) as threads:
        return list(threads.map(work, range(count)))
