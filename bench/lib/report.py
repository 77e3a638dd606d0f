"""The measured numbers as a table to read."""

from statistics import median

import hlm
import reads

# stage in bench_stages → what it is called, threads, and whether the peers' figure of that name is beside it
STAGES = {
    "read_1": ("read and check, 1 thread", None),
    "read_n": ("read and check, all threads", "load"),
    "random_1": ("the same in random order, 1 thread", None),
    "random_n": ("the same in random order, all threads", None),
    "statistics_1": ("statistics, 1 thread", "statistics"),
    "statistics_n": ("statistics, all threads", "statistics"),
    "items_1": ("every item's values, 1 thread", None),
    "items_n": ("every item's values, all threads", None),
    "digest_1": ("digest, 1 thread", None),
    "digest_n": ("digest, all threads", None),
    "emit_1": ("tables as CSV, 1 thread", None),
    "emit_n": ("tables as CSV, all threads", None),
    "growth_1": ("growth of 7 outcomes, 1 thread", None),
    "growth_n": ("growth of 7 outcomes, all threads", None),
}


def best(peers, figure):
    """The fastest peer's median of `figure`, and its name."""
    known = [(median(p["seconds"][figure]), name) for name, p in peers.items() if p.get("seconds", {}).get(figure)]
    return min(known) if known else (None, None)


def line(*cells):
    widths = (38, 10, 12, 12, 24)
    print("  ".join(f"{cell:<{w}}" if i == 0 else f"{cell:>{w}}" for i, (cell, w) in enumerate(zip(cells, widths))).rstrip())


def share(bytes_moved, seconds, limit):
    return f"{bytes_moved / seconds / limit:.0%}" if limit else ""


def show_stages(found):
    stages, limits = found["stages"], found.get("limits", {})
    marks = stages["marks"]
    line("stage", "seconds", "M marks/s", "of memory", "to the best peer")
    for key, (name, figure) in STAGES.items():
        values = stages["seconds"].get(key)
        if not values:
            continue
        seconds = median(values)
        one = key.endswith("_1")
        limit = limits.get("memory_1" if one else "memory_n")
        # Reading touches the files' bytes, statistics a byte a mark; of the others a share would mean nothing.
        moved = {"read": found["package_bytes"], "statistics": marks}.get(key.split("_")[0])
        peer, peer_name = best(found.get("peers", {}), figure) if figure else (None, None)
        line(name, f"{seconds:.4f}", f"{marks / seconds / 1e6:.0f}", share(moved, seconds, limit) if moved else "",
             f"{peer / seconds:.1f} × {peer_name}" if peer else "")
    print(f"\npeak memory of the stages {stages['peak_kb'] / 1e3:.0f} MB")


def show_peers(found):
    marks = found["stages"]["marks"]
    print()
    line("peer", "load s", "statistics s", "M marks/s", "checksum")
    line("wuji, 1 thread", f"{median(found['stages']['seconds']['read_1']):.3f}",
         f"{median(found['stages']['seconds']['statistics_1']):.3f}",
         f"{marks / median(found['stages']['seconds']['statistics_1']) / 1e6:.0f}", found["stages"]["checksum"])
    for name, peer in found["peers"].items():
        if peer.get("missing"):
            line(name, "", "", "", "skipped: " + peer["missing"][:60])
            continue
        statistics = median(peer["seconds"]["statistics"])
        verdict = "" if peer["checksum"] == found["stages"]["checksum"] else "  DIFFERS"
        line(name, f"{median(peer['seconds']['load']):.3f}", f"{statistics:.3f}", f"{marks / statistics / 1e6:.1f}",
             peer["checksum"] + verdict)


WHOLE = {
    "run": "wuji run, every table published",
    "psql_copy": "psql \\copy of the files, plain tables",
    "ingest": "wuji ingest, content alone",
    "analyze": "wuji analyze of it",
    "files": "wuji run --db none --out",
    "marks_ours": "marks into the indexed table",
    "marks_psql": "the same rows by psql \\copy binary",
}
# What is to be seen: a figure over another of the same rounds, and what it is to be at SF 1.
RATIOS = [("run", "psql_copy", 1.2), ("analyze", "run", 0.9), ("marks_ours", "marks_psql", 1.15)]


def show_whole(found):
    whole, disk = found["whole"], found.get("limits", {}).get("disk")
    seconds = {name: median(values) for name, values in whole["seconds"].items()}
    marks = found["marks"]
    print()
    line("whole job", "seconds", "M marks/s", "of disk", "peak memory")
    for name, told in WHOLE.items():
        moved = {"run": whole["database_bytes"], "files": whole["file_bytes"]}.get(name)
        peak = whole.get(name + "_peak_kb")
        line(told, f"{seconds[name]:.3f}", f"{marks / seconds[name] / 1e6:.1f}", share(moved, seconds[name], disk) if moved else "",
             f"{peak / 1e3:.0f} MB" if peak else "")
    print()
    for a, b, goal in RATIOS:
        print(f"{WHOLE[a]} ÷ {WHOLE[b]}: {seconds[a] / seconds[b]:.2f} (at most {goal})")
    beyond = max(0.0, whole["run_peak_kb"] * 1e3 - 200e6) / found["values"]
    print(f"wuji run held {beyond:.2f} bytes a mark or option beyond 200 MB (at most 3)")
    print(f"paper_stat: {whole['files_checksum']} in files, {whole['database_checksum']} in the database")


def show_kernels(found):
    levels = list(found["kernels"])
    print()
    line("kernel, ns a mark", *levels[:4])
    names = [name for name in found["kernels"][levels[0]] if name != "checksum"]
    for name in [n for n in names if n.endswith("_cold")] + [n for n in names if n.endswith("_warm")]:
        line(name.replace("_", " "), *(f"{median(found['kernels'][level][name]):.3f}" for level in levels[:4]))


def show_scales(found):
    print()
    line("wuji run by scale", "seconds", "M marks/s", "ns a mark", "peak memory")
    for scale, told in found["scales"].items():
        seconds = median(told["seconds"]["run"])
        line(f"SF {scale}", f"{seconds:.3f}", f"{told['marks'] / seconds / 1e6:.1f}", f"{seconds * 1e9 / told['marks']:.1f}",
             f"{told['peak_kb'] / 1e3:.0f} MB")


def show_reads(found):
    print()
    line("read, warm and prepared", "ms", "at most", "first ms", "rows")
    for name, answer in found["reads"].items():
        line(name.replace("_", " "), f"{median(answer['seconds']['warm']) * 1e3:.2f}", str(reads.LIMITS_MS[name]),
             f"{answer['first'] * 1e3:.1f}", str(answer["rows"]))


# What is fitted, and what it is to take at most on one thread.
MODELS = {"schools": ("400 schools in 90 counties", 0.06), "classes": ("and 8,000 classes", 0.10)}


def show_hlm(found):
    told = found["hlm"]
    theirs = told["peer"].get("seconds", {})
    print()
    line("mixed model, 300,000 students", "1 thread s", "at most", "all threads", "to lme4")
    for name, (title, goal) in MODELS.items():
        seconds = median(told["seconds"][f"{name}_1"])
        line(title, f"{seconds:.4f}", f"{goal:.2f}", f"{median(told['seconds'][f'{name}_n']):.4f}",
             f"{theirs[name]:.2f} s, {theirs[name] / seconds:.0f} ×" if name in theirs else "")
    if told["peer"].get("missing"):
        print(f"lme4 skipped: {told['peer']['missing'][:80]}")
    coverage = told["coverage"]
    quartiles = ", ".join(f"{share:.1%}" for share in coverage["quartiles"])
    print(f"95 % intervals of a school's effect hold it in {coverage['pooled']:.1%}; by size, smallest first: {quartiles}")


def show(found):
    machine = found["machine"]
    print(f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, Linux {machine['kernel']}, "
          f"{machine['postgresql']}, commit {machine['commit']}{' with changes' if machine['changed'] else ''}")
    print(f"SF {found['scale']}, seed {found['seed']}, medians of {found['reps']}\n")
    if "limits" in found:
        limits = found["limits"]
        print(f"limits: memory {limits['memory_1'] / 1e9:.1f} GB/s on one thread, {limits['memory_n'] / 1e9:.1f} on all; "
              f"disk {limits['disk'] / 1e9:.2f} GB/s with fsync\n")
    if "stages" in found:
        show_stages(found)
    if "peers" in found:
        show_peers(found)
    if "kernels" in found:
        show_kernels(found)
    if "whole" in found:
        show_whole(found)
    if "scales" in found:
        show_scales(found)
    if "reads" in found:
        show_reads(found)
    if "hlm" in found:
        show_hlm(found)


def failures(found):
    """Whoever computed something else."""
    ours = found.get("stages", {}).get("checksum")
    wrong = [name for name, peer in found.get("peers", {}).items() if not peer.get("missing") and peer["checksum"] != ours]
    return wrong + ([hlm.PEER] if hlm.differs(found) else [])
