"""TLS, passwords, and PgBouncer in transaction mode."""

import pathlib
import shutil

from cluster import Bouncer, Cluster, free_port, own
from pages import ROOT
from site_under_test import APP, OnSite, together

PASSWORD = "it's a secret"


class Connections(OnSite):
    def test_01_certificates_and_passwords(self):
        self.shell.type("certificates")
        shutil.copy(self.site.work / "ca.crt", self.site.etc)
        install_certificate(self.site.work, self.server)
        self.shell.type("server tls")
        self.server.let_in(self.shell.text("pg_hba.conf"))
        self.set_passwords()
        self.private(self.site.etc / "pgpass", self.shell.text("pgpass").replace("PASSWORD", PASSWORD))
        service = self.shell.localized((ROOT / "ops/postgresql/pg_service.conf").read_text())
        (self.site.etc / "pg_service.conf").write_text(service)
        self.assertIn("TLSv1.3", self.shell.type("service"))

    def set_passwords(self) -> None:
        self.shell.environment |= {"OWNER_PASSWORD": PASSWORD, "APP_PASSWORD": PASSWORD}
        self.shell.run("psql -q -d postgres -f ops/postgresql/passwords.sql")
        self.assertIn("no password", self.shell.fails("headwaiter", "instances"))

    @staticmethod
    def private(file: pathlib.Path, text: str) -> pathlib.Path:
        file.write_text(text)
        file.chmod(0o600)
        return file

    def test_02_an_instance_is_encrypted_through_and_through(self):
        with self.site.instance() as instance:
            self.assertEqual(instance.call("GET", "/readyz")[0], 200)
            encrypted = self.server.sql(
                f"SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = '{APP}'")
            self.assertEqual(encrypted, "t")
            self.assertRegex(self.shell.type("connections"), rf"{APP} +\| headwaiter +\| idle ")

    def test_03_what_is_refused(self):
        self.shell.run(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=Other"
            " -keyout other.key -out other.crt")
        wrong = self.private(self.site.work / "wrong", f"localhost:*:headwaiter:{APP}:not it\n")
        authority, passwords = self.site.etc / "ca.crt", self.site.etc / "pgpass"
        for host, options, words in [
            ("localhost", f"sslmode=verify-full&sslrootcert={self.site.work}/other.crt", "certificate verify failed"),
            ("localhost", "sslmode=verify-full&sslrootcert=/nonexistent", "does not exist"),
            ("127.0.0.1", f"sslmode=verify-full&sslrootcert={authority}", "does not match host name"),
            ("localhost", f"sslmode=disable&passfile={passwords}", "rejects connection"),
            ("localhost", f"sslmode=require&passfile={wrong}", "password authentication failed"),
        ]:
            with self.subTest(words):
                address = f"postgresql://{APP}@{host}/headwaiter?{options}"
                said = self.shell.fails("headwaiter", "instances", "--database", address)
                self.assertIn(words, said)
                self.assertNotIn("not it", said)

    def test_04_pgbouncer_in_transaction_mode(self):
        port = free_port()
        kept = dict(self.shell.environment), list(self.shell.replacements)
        self.shell.replacements += [
            ("/var/log/postgresql/", f"{self.site.etc}/"), ("/var/run/postgresql/", f"{self.site.etc}/"),
            ("6432", str(port)), ("5432", str(self.server.port)), ("default_pool_size = 20", "default_pool_size = 3"),
            ("[pgbouncer]", "[pgbouncer]\nunix_socket_dir =")]
        self.shell.type("userlist")
        configuration = (ROOT / "ops/postgresql/pgbouncer.ini").read_text()
        bouncer = Bouncer(self.site.etc, self.shell.localized(configuration))
        try:
            bouncer.wait(port)
            self.shell.type("pgbouncer")
            passwords = f"127.0.0.1:{port}:headwaiter:{APP}:{PASSWORD}\n"
            self.shell.environment["PGPASSFILE"] = str(self.private(self.site.work / "pgpass", passwords))
            self.work_through_it()
        finally:
            self.shell.environment, self.shell.replacements = kept
            bouncer.stop()
        self.assert_sound(self.server)

    def work_through_it(self) -> None:
        with self.site.instance("--role", "web") as web, self.site.instance("--role", "worker"):
            bookings = together(24, lambda n: self.book_later(web, days=1 + n, wait_seconds=15))
            self.assertEqual(len(set(booking["id"] for booking in bookings)), 24)
            self.shell.run("headwaiter instances; headwaiter review")
            through = self.server.sql(f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{APP}' AND NOT ({DIRECT})")
            self.assertIn(int(through), (1, 2, 3))
            listening = self.server.sql(f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{APP}' AND {DIRECT}")
            self.assertEqual(int(listening), 2)


# A connection that listens asks now and then whether the server is still there.
DIRECT = "query LIKE 'LISTEN %' OR query = 'SELECT 1'"


def install_certificate(folder: pathlib.Path, cluster: Cluster) -> None:
    for name in ("server.crt", "server.key"):
        shutil.copy(folder / name, cluster.data)
        (cluster.data / name).chmod(0o600)
        own(cluster.data / name)
