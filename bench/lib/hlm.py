"""Mixed models of a province's size (bench/hlm.c), and lme4 on the very same data where R has it."""

import json

from child import Missing, run, tell

PEER = "lme4"


def measure(bench):
    tell("mixed models")
    data = f"{bench.scratch}/hlm.csv"
    found = json.loads(run([bench.program("hlm"), bench.reps, bench.threads, data])[0])
    found["peer"] = peer(bench, data)
    return {"hlm": found}


def peer(bench, data):
    tell(f"mixed models by {PEER}")
    try:
        return json.loads(run([bench.root / "bench/peers" / PEER / "peer", data], env=bench.env)[0])
    except (Missing, OSError) as missing:
        return {"missing": str(missing)}


def differs(found):
    """Whether the peer has found another maximum of the likelihood."""
    ours, theirs = found.get("hlm", {}).get("loglik", {}), found.get("hlm", {}).get("peer", {}).get("loglik", {})
    return any(abs(ours[name] - value) > 1e-7 * abs(value) for name, value in theirs.items())
