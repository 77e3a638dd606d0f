"""A private cluster for the measurement, and a fresh database in it for everything that is measured."""

import re
import urllib.parse

from child import run


class Cluster:
    def __init__(self, bench):
        self.bench = bench
        run([bench.wuji, "db", "start", "--quiet"], env=bench.env)
        self.uri = run([bench.wuji, "db", "uri"], env=bench.env)[0].strip()
        self.sql("select 1")

    def sql(self, statement, uri=None):
        """Runs it, statement by statement; the rows as text."""
        command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", uri or self.uri]
        return run(command, env=self.bench.env, stdin=statement + ";\n")[0].strip()

    def script(self, uri, path):
        """Seconds of one psql that runs the file."""
        return run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", uri, "-f", path], env=self.bench.env)[1]

    def copy_in(self, uri, command):
        """Seconds of one \\copy, as psql times it: without its starting and connecting."""
        told = run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", uri], env=self.bench.env, stdin=f"\\timing on\n{command}\n")[0]
        return float(re.search(r"([0-9.]+) ms", told).group(1)) / 1e3

    def fresh(self, name, schema):
        """A new, empty database (with Wuji's schema where `schema`), its URI; nothing of an earlier one is still to be
        written when it is there."""
        self.sql(f"drop database if exists {name} with (force);\ncreate database {name} encoding 'UTF8' template template0")
        parts = urllib.parse.urlsplit(self.uri)
        uri = urllib.parse.urlunsplit(parts._replace(path="/" + name))
        if schema:
            run([self.bench.wuji, "db", "migrate", "--db", uri], env=self.bench.env)
        self.sql("checkpoint")
        return uri
