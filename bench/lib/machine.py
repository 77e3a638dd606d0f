"""What the numbers were measured on."""

import os
import platform
import re
import subprocess


def first_line(*command):
    try:
        told = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout
        return told.splitlines()[0] if told else None
    except OSError:
        return None


def field(path, name):
    try:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.startswith(name):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return None


def describe(root):
    memory = re.match(r"\d+", field("/proc/meminfo", "MemTotal") or "0")
    return {
        "cpu": field("/proc/cpuinfo", "model name"),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(int(memory.group()) / 1e6, 1),
        "kernel": platform.release(),
        "compiler": first_line("cc", "--version"),
        "postgresql": first_line("psql", "--version"),
        "python": platform.python_version(),
        "commit": first_line("git", "-C", str(root), "rev-parse", "--short", "HEAD"),
        "changed": bool(first_line("git", "-C", str(root), "status", "--porcelain", "--", "engine", "sql", "bench")),
        "load": os.getloadavg()[0],
    }
