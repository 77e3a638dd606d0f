"""The whole job at several scales: does a mark cost the same in a small exam and in a large one?"""

import data
from child import run, tell
from database import Cluster


def measure(bench, scales, seed):
    cluster = Cluster(bench)
    packages = {scale: data.package(bench.wuji, bench.data, scale, seed) for scale in scales}
    marks = {scale: data.size(data.manifest(package)[1])[0] for scale, package in packages.items()}
    found = {scale: {"marks": marks[scale], "peak_kb": 0, "seconds": {"run": []}} for scale in scales}
    for number in range(bench.reps):
        for scale, package in packages.items():
            tell(f"scale {scale}: round {number + 1} of {bench.reps}")
            uri = cluster.fresh("bench_scale", True)
            _, seconds, peak_kb = run([bench.wuji, "run", package, "--db", uri, "--threads", str(bench.threads), "--quiet"], env=bench.env)
            found[scale]["seconds"]["run"].append(seconds)
            found[scale]["peak_kb"] = max(peak_kb, found[scale]["peak_kb"])
    cluster.sql("drop database bench_scale with (force)")
    return {"scales": found}
