"""A real `headwaiter serve` on a database of its own, with API keys. HEADWAITER_BIN names the program."""

import datetime
import json
import os
import subprocess
import threading
import urllib.request
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
HOUSE = "white-horse-waterbeach"


class RealServer:
    """Use as a context manager; `url` is where it listens."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.keys = {}

    def command(self, *arguments):
        """The output of a command on the server's database."""
        database = f"sqlite:{self.folder / 'keyed.sqlite'}"
        return subprocess.run(
            [self.program, *arguments, "--database", database], cwd=self.folder, env=self.environment(), check=True,
            capture_output=True, text=True).stdout

    @staticmethod
    def environment():
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("HEADWAITER_", "FEATURE_"))}
        return clean | {"FEATURE_ASSIGNMENT_PIPELINE_V3": "true"}

    def key(self, role, *restaurants):
        """A new key's secret."""
        only = [part for restaurant in restaurants for part in ("--restaurant", restaurant)]
        made = json.loads(self.command("keys", "create", "--name", role, "--role", role, "--json", *only))
        self.keys[made["secret"]] = made["id"]
        return made["secret"]

    def revoke(self, secret):
        self.command("keys", "revoke", self.keys[secret])

    def book(self, secret, number, date, start_time="19:00"):
        """Books for two; the answer."""
        body = {"restaurant_id": HOUSE, "date": date, "start_time": start_time, "party_size": 2,
                "guest": {"name": "Browser Test"}}
        request = urllib.request.Request(f"{self.url}/v1/bookings", json.dumps(body).encode(), {
            "Authorization": f"Bearer {secret}", "Content-Type": "application/json", "Idempotency-Key": f"book-{number}"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def __enter__(self):
        self.command("migrate")
        for name in (HOUSE, "annotated"):
            self.command("import", str(DATA / f"{name}.restaurant.json"))
        self.admin = self.key("admin")
        self.process = subprocess.Popen(
            [self.program, "serve", "--port", "0", "--database", f"sqlite:{self.folder / 'keyed.sqlite'}"],
            cwd=self.folder, env=self.environment(), stderr=subprocess.PIPE, text=True)
        line = next((line for line in self.process.stderr if "http://127.0.0.1:" in line), None)
        assert line, "the server did not start"
        self.url = "http://127.0.0.1:" + line.split("http://127.0.0.1:")[1].split("/")[0]
        threading.Thread(target=self.process.stderr.read, daemon=True).start()  # keeps the pipe from filling up
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def coming_friday():
    """A Friday that lies two weeks ahead."""
    today = datetime.date.today()
    days = (today + datetime.timedelta(days=ahead) for ahead in range(14, 21))
    return next(day for day in days if day.weekday() == 4).isoformat()
