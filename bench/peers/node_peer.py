"""A peer that lives in node: its statements are made here, an engine.mjs beside `peer` runs and times them."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


def run(folder, package, statements, out, reps):
    """`statements`: load, statistics and results (pairs of a file and a query)."""
    modules = os.environ.get("WUJI_BENCH_NPM", "")
    if shutil.which("node") is None or not (pathlib.Path(modules) / package).is_dir():
        print(f"missing: node, or its package {package} (bench/peers/install)", file=sys.stderr)
        sys.exit(77)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as script:
        json.dump({**statements, "out": out, "reps": int(reps)}, script, ensure_ascii=False)
        script.flush()
        # The engine's own memory, not node's heap, holds the data.
        return subprocess.run(["node", folder / "engine.mjs", script.name], check=False).returncode
