"""What a platform asks of a published exam (bench/reads.c), against what it may take at SF 1."""

import json

from child import run, tell
from database import Cluster

# At SF 1, warm and prepared; the first execution on a new connection may take FIRST_MS.
LIMITS_MS = {
    "paper_stat_of_county": 5,
    "paper_stat_of_school": 5,
    "item_point_stat_of_county": 10,
    "item_point_stat_of_school": 10,
    "student_score_of_school": 30,
    "record_of_candidate": 5,
    "item_stat_of_all_schools": 100,
}
FIRST_MS = 50


def measure(bench):
    tell("reads")
    cluster = Cluster(bench)
    uri = cluster.fresh("bench_reads", True)
    run([bench.wuji, "run", bench.package, "--db", uri, "--quiet"], env=bench.env)
    out, _, _ = run([bench.program("reads"), uri, bench.manifest["exam"], 30], env=bench.env)
    cluster.sql("drop database bench_reads with (force)")
    return {"reads": json.loads(out)}
