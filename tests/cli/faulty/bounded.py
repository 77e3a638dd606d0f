"""Runs a command in bounded time and memory: bounded.py SECONDS MEBIBYTES COMMAND…; exit status of the command, 98 where it
took too long, 99 where its memory was more than that (0: any)."""
import resource
import subprocess
import sys

seconds, mebibytes = int(sys.argv[1]), int(sys.argv[2])
try:
    status = subprocess.run(sys.argv[3:], timeout=seconds, check=False).returncode
except subprocess.TimeoutExpired:
    sys.exit(98)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
if mebibytes and peak > mebibytes:
    print(f'{peak:.0f} MiB of memory', file=sys.stderr)
    sys.exit(99)
sys.exit(status)
