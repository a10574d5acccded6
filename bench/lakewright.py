"""Runs the launcher and reads its result. Not a benchmark by itself."""
import json
import os
import pathlib
import signal
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


class Resident:
    """A job that stays, as a source of its results; ended in order at the end of a with statement."""

    def __init__(self, folder, *words):
        self.process = subprocess.Popen(
            [str(HOME / "lakewright"), *words], cwd=folder, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def result(self):
        """The next one."""
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the resident job ended with code {self.process.wait()}")
        return json.loads(line)

    def __exit__(self, *failure):
        self.process.send_signal(signal.SIGTERM)
        self.process.stdout.close()
        code = self.process.wait()
        if code != 128 + signal.SIGTERM and failure == (None, None, None):
            raise SystemExit(f"the resident job ended with code {code}")


def java(program, *words):
    """The JSON result of a program of this folder, in a JVM of its own with the jobs' classes."""
    launcher = HOME / "target/launcher"
    path = [str(launcher / "common.jar"), str(launcher / "jobs.jar"), (launcher / "class-path.txt").read_text().strip()]
    done = subprocess.run(
        ["java", f"-Xmx{os.environ['LAKEWRIGHT_MEMORY']}", "-XX:+UseParallelGC", f"@{HOME / 'jobs/java.options'}",
         "-cp", ":".join(path), str(HOME / "bench" / program), *map(str, words)],
        stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])
