"""A command, timed from outside."""

import os
import subprocess
import sys
import tempfile
import time


class Failed(Exception):
    pass


class Missing(Failed):
    """It said (by exit status 77) that something it needs is not installed."""


def run(command, env=None, stdin=None):
    """Runs it to the end. Gives its standard output, the seconds it took and the most memory it held (kB)."""
    begun = time.monotonic()
    # Standard error into a file: nothing that is said there can fill a pipe while we read the other.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        process = subprocess.Popen([str(c) for c in command], env=env, text=True, stdout=subprocess.PIPE, stderr=said,
                                   stdin=subprocess.PIPE if stdin else subprocess.DEVNULL)
        if stdin:
            process.stdin.write(stdin)
            process.stdin.close()
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)  # of this child alone, unlike getrusage
        seconds = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        said.seek(0)
        err = said.read()
    if process.returncode == 77:
        raise Missing(err.strip())
    if process.returncode != 0:
        raise Failed(f"{' '.join(str(c) for c in command)}: exit status {process.returncode}\n{err[-2000:]}")
    return out, seconds, usage.ru_maxrss


def tell(text):
    print(text, file=sys.stderr, flush=True)
