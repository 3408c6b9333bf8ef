"""A session with the database by psql; nothing of Headwaiter's own."""
import json
import subprocess
import threading

END = "--end-of-answer--"


class SQLError(Exception):
    """The server refused, or is away."""


class Session:
    """One psql that stays, and is started again after it has lost its server."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.lock = threading.Lock()
        self.process: subprocess.Popen | None = None

    def rows(self, sql: str) -> list:
        """The rows of a query, as dictionaries."""
        return json.loads(self.text(f"SELECT coalesce(json_agg(answer), '[]') FROM ({sql}) AS answer"))

    def value(self, sql: str):
        """The one value of a query."""
        return next(iter(self.rows(f"SELECT ({sql}) AS value")[0].values()))

    def text(self, sql: str) -> str:
        """A session that has lost its server notices that only when it is used: it gets a second chance."""
        with self.lock:
            for is_last in (False, True):
                try:
                    return self.ask(sql)
                except (OSError, SQLError) as error:
                    self.close()
                    if is_last:
                        raise SQLError(f"{error} at: {' '.join(sql.split())[:200]}") from None

    def ask(self, sql: str) -> str:
        if self.process is None or self.process.poll() is not None:
            self.process = self.connect()
        self.process.stdin.write(sql.strip().rstrip(";") + f";\n\\echo {END}\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line.strip() == END:
                break
            lines.append(line)
        else:
            raise SQLError("the session has ended")
        answer = "".join(lines)
        if answer.startswith(("ERROR", "FATAL", "psql:", "WARNING")):
            raise SQLError(answer)
        return answer

    def connect(self) -> subprocess.Popen:
        return subprocess.Popen(
            [str(self.cluster.bin / "psql"), "-XAtq", "-h", str(self.cluster.folder), "-p", str(self.cluster.port),
             "-U", "postgres", "-d", "headwaiter"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def close(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
