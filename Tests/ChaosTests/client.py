"""HTTP to an instance; a broken connection is an answer too."""
import http.client
import json
import threading


class Answer:
    """Status 0 where the connection broke or time ran out: nobody knows what came of the request."""

    def __init__(self, status: int, body: object = None, retry_after: str | None = None):
        self.status, self.body, self.retry_after = status, body, retry_after

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def code(self) -> str:
        """What a problem is called."""
        return str((self.body or {}).get("code") or (self.body or {}).get("type", "")) if isinstance(self.body, dict) else ""


class Client:
    """Keeps a connection for each thread and port, unless it is told not to."""

    def __init__(self, keeps: bool = True):
        self.keeps = keeps
        self.local = threading.local()

    def call(
        self, port: int, method: str, path: str, body: object = None, key: str = "", timeout: float = 20,
    ) -> Answer:
        kept = self.local.__dict__.setdefault("connections", {})
        connection = kept.pop(port, None) or http.client.HTTPConnection("127.0.0.1", port)
        connection.timeout = timeout
        if connection.sock:
            connection.sock.settimeout(timeout)
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            return Answer(0)
        if answer.will_close or not self.keeps:
            connection.close()
        else:
            kept[port] = connection
        return Answer(answer.status, read(data), answer.headers["Retry-After"])


def read(data: bytes) -> object:
    try:
        return json.loads(data) if data else None
    except ValueError:
        return None
