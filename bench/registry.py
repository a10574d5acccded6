"""The registry under many writers and under kills, on a local disk and on an S3 server of its own on loopback: 16 publishers in two
processes, 200 publishes; 500 processes that die in a random operation of a publish, an alias move or a removal (inside one process, seeded,
a fifth of them on S3); 20 real processes ended by SIGKILL; 100 small retrainings that die in a random operation on the registry, and 20 processes of
them ended by SIGKILL while Spark starts, while they learn and while they publish. Runs the tests that do less of the same in the build; they fail where a version is
lost, torn or half visible, the champion does not load, or the next run does not complete.

bench/run registry [--publishes 200] [--kills 500] [--processes 20] [--retrainings 100] [--retraining-processes 20]
"""
import argparse
import json
import pathlib
import subprocess
import tempfile

HOME = pathlib.Path(__file__).resolve().parent.parent
TESTS = "ManyPublishersTest,KilledInsideTest,KilledProcessTest,KilledRetrainTest"

parser = argparse.ArgumentParser()
parser.add_argument("--publishes", type=int, default=200)
parser.add_argument("--kills", type=int, default=500)
parser.add_argument("--processes", type=int, default=20)
parser.add_argument("--retrainings", type=int, default=100)
parser.add_argument("--retraining-processes", type=int, default=20)
options = parser.parse_args()

with tempfile.TemporaryDirectory() as folder:
    figures = pathlib.Path(folder) / "figures"
    subprocess.run(
        ["mvn", "-B", "-ntp", "-q", "-Dquick", "-pl", "jobs", "-am", "test", f"-Dtest={TESTS}",
         "-Dsurefire.failIfNoSpecifiedTests=false", f"-Dlakewright.figures={figures}",
         f"-Dlakewright.publishes={options.publishes}", f"-Dlakewright.kills={options.kills}",
         # a test kills one more, which is still running when it has killed enough
         f"-Dlakewright.killed_processes={options.processes // 2 - 1}",
         f"-Dlakewright.retrain_kills={options.retrainings}",
         f"-Dlakewright.killed_retrainings={options.retraining_processes}"],
        cwd=HOME, check=True, stdout=2)
    lines = [json.loads(line) for line in figures.read_text().splitlines()]
print(json.dumps({"benchmark": "registry", "runs": lines}))
