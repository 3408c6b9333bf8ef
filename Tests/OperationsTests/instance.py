"""A running `headwaiter serve`."""

import http.client
import json
import os
import pathlib
import subprocess
import threading
import time
import uuid

from pages import ROOT

PROGRAM = os.environ.get("HEADWAITER_BIN") or str(ROOT / ".build" / "debug" / "headwaiter")


class Instance:
    """Use as a context manager; stops in good order, and fails if it does not."""

    def __init__(self, folder: pathlib.Path, environment: dict[str, str], *options: str):
        self.key = ""
        self.process = subprocess.Popen(
            [PROGRAM, "serve", *options, "--port", "0"], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True)
        self.log: list[str] = []
        for line in self.process.stderr:
            self.log.append(line)
            if "http://127.0.0.1:" in line:
                break
        else:
            raise AssertionError(f"exit {self.process.wait(10)}: {''.join(self.log)}")
        self.port = int(line.split("http://127.0.0.1:")[1].split("/")[0])
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True)
        self.reader.start()

    def __enter__(self) -> "Instance":
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        assert self.process.wait(20) == 0, f"exit {self.process.returncode}: {''.join(self.log)}"
        self.reader.join(5)
        self.process.stderr.close()

    def call(self, method: str, path: str, body: object = None) -> tuple[int, object]:
        """The status and the body; 0 where the connection broke."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        except OSError as error:
            return 0, str(error)
        finally:
            connection.close()

    def make(self, path: str, body: object = None, method: str = "POST") -> dict:
        status, answer = self.call(method, path, body)
        assert status in (200, 201, 204), f"{method} {path}: {status} {answer}"
        return answer

    def wait_until(self, path: str, wanted: int) -> None:
        deadline = time.monotonic() + 15
        while (status := self.call("GET", path)[0]) != wanted:
            assert time.monotonic() < deadline, f"{path} stays {status}"
            time.sleep(0.05)

    def live_events(self, restaurant: str, after: str | None = None) -> "LiveEvents":
        return LiveEvents(self.port, restaurant, after)


class LiveEvents:
    """A stream of events, as a browser has it open."""

    def __init__(self, port: int, restaurant: str, after: str | None):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": after} if after else {})
        self.connection.request("GET", f"/v1/restaurants/{restaurant}/events", headers=headers)
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.read()

    def until(self, text: str) -> list[int]:
        """Ids of the events up to the first one that has the text in its data."""
        ids = []
        while line := self.answer.readline().decode():
            if line.startswith("id:"):
                ids.append(int(line[3:]))
            elif line.startswith("data:") and text in line:
                return ids
        raise AssertionError(f"the stream ended before an event with {text}")

    def close(self) -> None:
        self.connection.close()
