"""Our stages, timed inside bench_stages, and the peers beside their statistics, one round after the other."""

import json
import tempfile

import checksum
import data
from database import Cluster
from child import Failed, Missing, run, tell

PEERS = ["postgres", "numpy", "datatable", "duckdb", "clickhouse"]


def merge(into, seconds):
    for name, values in seconds.items():
        into.setdefault(name, []).extend(values)


class Stages:
    """Rounds of bench_stages; what it tells beside its seconds is that of the last round."""

    def __init__(self, bench):
        self.bench = bench
        self.shuffled = data.shuffled(bench.package)
        self.seconds = {}
        self.told = {}
        self.checksum = None

    def round(self):
        with tempfile.NamedTemporaryFile(dir=self.bench.scratch) as sums:
            command = [self.bench.program("stages"), "--random", self.shuffled, self.bench.package, 1, self.bench.threads]
            out, _, _ = run(command if self.checksum else command + [sums.name])
            if not self.checksum:
                self.checksum = checksum.of_lines(sums.name)
        self.told = json.loads(out)
        merge(self.seconds, self.told.pop("seconds"))
        out, _, _ = run([self.bench.program("stages"), "--growth", self.bench.growth_package, 1, self.bench.threads])
        growth = json.loads(out)["seconds"]
        merge(self.seconds, {name: growth[name] for name in growth if name.startswith("growth")})

    def result(self):
        return {**self.told, "checksum": self.checksum, "seconds": self.seconds}


class Peer:
    def __init__(self, bench, name):
        self.bench = bench
        self.name = name
        self.told = {"version": None, "seconds": {}}
        self.missing = None

    def environment(self):
        """PostgreSQL gets an empty database of ours."""
        if self.name != "postgres":
            return self.bench.env
        return {**self.bench.env, "WUJI_BENCH_DB": Cluster(self.bench).fresh("bench_peer", False)}

    def round(self):
        """One process of the peer: it loads the files once and computes twice, so that it is warm once as well."""
        if self.missing:
            return
        tell(f"  {self.name}")
        try:
            with tempfile.TemporaryDirectory(dir=self.bench.scratch) as folder:
                first = "checksum" not in self.told
                command = [self.bench.root / "bench/peers" / self.name / "peer", self.bench.manifest_path, folder if first else "-", 2]
                out, _, peak_kb = run(command, env=self.environment())
                told = json.loads(out.splitlines()[-1])
                if first:
                    self.told["checksum"] = checksum.of_lines(checksum.finish(folder, self.bench.manifest))
        except Missing as missing:
            self.missing = str(missing)
            tell(f"  {self.name} is skipped: {missing}")
            return
        except (Failed, OSError, ValueError) as failure:
            self.missing = "failed"
            tell(f"  {self.name} is skipped, it failed: {failure}")
            return
        self.told["version"] = told["version"]
        self.told["peak_kb"] = peak_kb
        merge(self.told["seconds"], {"load": told["load"], "statistics": told["statistics"]})

    def result(self):
        return {"missing": self.missing} if self.missing else self.told


def measure(bench, with_peers):
    """Stages, and with them the peers: one round of each after the other, so that a machine that changes its pace while
    it is measured does so for all."""
    ours = Stages(bench)
    peers = [Peer(bench, name) for name in bench.peers if with_peers and (bench.root / "bench/peers" / name / "peer").exists()]
    for number in range(bench.reps):
        tell(f"stages{' and peers' if peers else ''}: round {number + 1} of {bench.reps}")
        ours.round()
        for peer in peers:
            peer.round()
    found = {"stages": ours.result()}
    if with_peers:
        found["peers"] = {peer.name: peer.result() for peer in peers}
    return found
