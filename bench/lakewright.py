"""Runs the launcher and reads its result. Not a benchmark by itself."""
import json
import os
import pathlib
import subprocess

HOME = pathlib.Path(__file__).resolve().parent.parent


def run(folder, *words):
    """The JSON result of one job, run in a folder."""
    done = subprocess.run(
        [str(HOME / "lakewright"), *words], cwd=folder, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def run_measured(folder, *words):
    """The JSON result, with wall seconds and peak resident megabytes of the process."""
    import time
    started = time.monotonic()
    process = subprocess.Popen(
        [str(HOME / "lakewright"), *words], cwd=folder, stdout=subprocess.PIPE, text=True)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"lakewright {' '.join(words)} failed")
    return json.loads(out.splitlines()[-1]), time.monotonic() - started, usage.ru_maxrss / 1024
