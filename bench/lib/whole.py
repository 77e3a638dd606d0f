"""The whole job against the mere loading of the same files by psql, and its parts that a database takes part in. Rounds are
interleaved, every figure in a database of its own."""

import hashlib
import pathlib
import shutil

from child import Failed, run, tell
from database import Cluster


def identifier(name):
    return '"' + name.replace('"', '""') + '"'


def quoted(text):
    return "'" + str(text).replace("'", "''") + "'"


def plain_table(name, path, header, kinds):
    """A plain, unindexed table, and its \\copy."""
    columns = ", ".join(f"{identifier(c)} {kind}" for c, kind in zip(header, kinds))
    return f"create table {identifier(name)} ({columns});\n\\copy {identifier(name)} from {quoted(path)} with (format csv, header)\n"


def loading_script(manifest):
    """What one would type to have the files in PostgreSQL: marks as numeric, the rest as text."""
    roster = manifest["roster"]["header"]
    script = plain_table("students", manifest["students"], roster, ["text"] * len(roster))
    for paper in manifest["papers"]:
        header = paper["header"]
        kinds = ["text" if c in ("准考证号", "状态") else "numeric" for c in header]
        script += plain_table(paper["code"] + " scores", paper["scores"], header, kinds)
        if paper["options"]:
            script += plain_table(paper["code"] + " options", paper["options"], paper["option_header"],
                                  ["text"] * len(paper["option_header"]))
    return script


def digest(data):
    return hashlib.sha256(data).hexdigest()[:12]


class Whole:
    def __init__(self, bench):
        self.bench = bench
        self.cluster = Cluster(bench)
        self.exam = bench.manifest["exam"]
        self.seconds = {}
        self.told = {}
        self.loading = pathlib.Path(bench.scratch) / "load.sql"
        self.loading.write_text(loading_script(bench.manifest), encoding="utf-8")

    def note(self, name, seconds):
        self.seconds.setdefault(name, []).append(seconds)

    def wuji(self, name, *arguments):
        """Runs and notes the command; `name` is its line in the report."""
        _, seconds, peak_kb = run([self.bench.wuji, *arguments, "--quiet"], env=self.bench.env)
        self.note(name, seconds)
        self.told[name + "_peak_kb"] = max(peak_kb, self.told.get(name + "_peak_kb", 0))

    def run_whole(self):
        uri = self.cluster.fresh("bench_run", True)
        self.wuji("run", "run", self.bench.package, "--db", uri, "--threads", str(self.bench.threads))
        self.told["database_bytes"] = int(self.cluster.sql("select pg_database_size('bench_run')"))
        return uri

    def load_plainly(self):
        uri = self.cluster.fresh("bench_plain", False)
        self.note("psql_copy", self.cluster.script(uri, self.loading))
        self.cluster.sql("drop database bench_plain with (force)")

    def halves(self):
        uri = self.cluster.fresh("bench_halves", True)
        self.wuji("ingest", "ingest", self.bench.package, "--db", uri, "--threads", str(self.bench.threads))
        self.cluster.sql("checkpoint")
        self.wuji("analyze", "analyze", self.exam, "--db", uri, "--threads", str(self.bench.threads))
        self.cluster.sql("drop database bench_halves with (force)")

    def files(self):
        out = pathlib.Path(self.bench.scratch) / "out"
        shutil.rmtree(out, ignore_errors=True)
        self.wuji("files", "run", self.bench.package, "--db", "none", "--out", out, "--threads", str(self.bench.threads))
        self.told["file_bytes"] = sum(f.stat().st_size for f in out.iterdir())
        self.told["files_checksum"] = digest((out / "paper_stat.csv").read_bytes())
        shutil.rmtree(out)

    def marks_alone(self, published):
        """The marks of the exam into the indexed table: ours on one connection, then the very same rows by psql."""
        rows = pathlib.Path(self.bench.scratch) / "marks.copy"
        if not rows.exists():
            self.cluster.sql(f"\\copy (select * from wuji_store.marks order by run, paper, chunk) to {quoted(rows)} (format binary)\n", published)
        uri = self.cluster.fresh("bench_marks", True)
        out, _, _ = run([self.bench.program("marks"), self.bench.package, uri], env=self.bench.env)
        self.note("marks_ours", float(out))
        uri = self.cluster.fresh("bench_marks", True)
        self.note("marks_psql", self.cluster.copy_in(uri, f"\\copy wuji_store.marks from {quoted(rows)} (format binary)"))
        self.cluster.sql("drop database bench_marks with (force)")

    def check(self, uri):
        """The published table is the file's, byte for byte."""
        copy = pathlib.Path(self.bench.scratch) / "paper_stat.csv"
        run([self.bench.wuji, "export", self.exam, "paper_stat", "--db", uri, "--out", copy], env=self.bench.env)
        self.told["database_checksum"] = digest(copy.read_bytes())
        if self.told["database_checksum"] != self.told["files_checksum"]:
            raise Failed("paper_stat of the database is not paper_stat of --out")

    def round(self):
        uri = self.run_whole()
        self.load_plainly()
        self.files()
        self.halves()
        self.marks_alone(uri)
        return uri

    def result(self):
        return {**self.told, "seconds": self.seconds}


def measure(bench):
    whole = Whole(bench)
    uri = None
    for number in range(bench.reps):
        tell(f"whole: round {number + 1} of {bench.reps}")
        uri = whole.round()
    whole.check(uri)
    return {"whole": whole.result()}
