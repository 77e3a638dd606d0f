"""Nanoseconds a mark of every loop (bench/kernels.c), for each level of instruction sets that is asked for."""

import json

from child import Failed, run, tell


def measure(bench, levels):
    """`levels`: values of WUJI_ISA, "" for what the processor has."""
    found = {}
    for level in levels:
        tell(f"kernels{' with WUJI_ISA=' + level if level else ''}")
        env = {**bench.env, "WUJI_ISA": level} if level else bench.env
        found[level or "best"] = json.loads(run([bench.program("kernels"), bench.reps], env=env)[0])
    checksums = {kernel["checksum"] for kernel in found.values()}
    if len(checksums) > 1:
        raise Failed(f"the levels of WUJI_ISA compute different sums: {', '.join(sorted(checksums))}")
    return {"kernels": found}
