"""SMOTE of 100,000 rows of 64 columns, as many synthetic rows, 5 neighbours: ours through Spark (local[2], from reading Parquet
to the last synthetic row, heap of 2 GB, with Java's vector module as Spark starts executors) against imbalanced-learn with all cores, from arrays in memory; and whether the neighbours
are the same. Beside wall seconds it tells those of all processors (ours with Spark's start, per round), which other work on the machine
disturbs less. With --million also 1,000,000 rows, approximate, on clusters and on one Gaussian, the hardest case, in a heap of 1,400 MB.

bench/run smote [--rows 100000] [--rounds 3] [--million] [--plain] [--without-peer]
"""
import os

# numpy's BLAS chooses what is fastest here
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)

import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile
import time

import lakewright
import numpy
import pyarrow
import pyarrow.parquet

COLUMNS, K = 64, 5
parser = argparse.ArgumentParser()
parser.add_argument("--rows", type=int, default=100_000)
parser.add_argument("--rounds", type=int, default=3, help="runs of ours, whose median counts; the first runs in a cold JVM")
parser.add_argument("--million", action="store_true")
parser.add_argument("--plain", action="store_true", help="without Java's vector module, as the launcher starts")
parser.add_argument("--without-peer", action="store_true")
options = parser.parse_args()


def gaussian(rows):
    return numpy.random.default_rng(0).standard_normal((rows, COLUMNS), dtype=numpy.float32)


def clusters(rows):
    """50 groups, each of its own width and of 4 to 31 dimensions with a little noise in all."""
    random = numpy.random.default_rng(0)
    parts = []
    for _ in range(50):
        inner, count = random.integers(4, 32), rows // 50
        shape = random.standard_normal((inner, COLUMNS), dtype=numpy.float32) / inner ** 0.5
        points = random.standard_normal((count, inner), dtype=numpy.float32) @ shape
        points += 0.1 * random.standard_normal((count, COLUMNS), dtype=numpy.float32)
        parts.append(random.uniform(-3, 3, COLUMNS) + numpy.exp(random.uniform(-1.5, 1)) * points)
    return random.permutation(numpy.concatenate(parts)).astype(numpy.float32)


def write(rows, folder):
    folder.mkdir()
    vectors = pyarrow.FixedSizeListArray.from_arrays(pyarrow.array(rows.ravel()), COLUMNS).cast(pyarrow.list_(pyarrow.float32()))
    table = pyarrow.table({"key": numpy.arange(len(rows)), "vector": vectors})
    for part in range(4):
        size = -(-len(rows) // 4)
        pyarrow.parquet.write_table(table.slice(part * size, size), folder / f"part-{part}.parquet", compression="none")


def ours(rows, method, rounds, folder, heap="2g"):
    write(rows, folder)
    launcher = lakewright.HOME / "target/launcher"
    path = [str(launcher / "common.jar"), str(launcher / "jobs.jar"), (launcher / "class-path.txt").read_text().strip()]
    classes, out = folder.with_suffix(".classes"), folder.with_suffix(".neighbours")
    # compiled, since Spark finds no functions of a class that only the launching JVM has in memory
    subprocess.run(["javac", "-d", str(classes), "-cp", ":".join(path), str(lakewright.HOME / "bench" / "Smote.java")], check=True)
    process = subprocess.Popen(
        ["java", f"-Xmx{heap}", *(["--add-modules=jdk.incubator.vector"] if not options.plain else []), f"@{lakewright.HOME / 'jobs/java.options'}", f"-Dspark.local.dir={folder}", "-cp", ":".join([str(classes), *path]),
         "Smote", str(folder), str(K), method, str(rounds), str(out)],
        stdout=subprocess.PIPE, text=True)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit("Smote.java failed")
    result = json.loads(text.splitlines()[-1])["rounds"]
    found = numpy.fromfile(out, dtype=">i8").reshape(-1, K + 1)
    cpu = (usage.ru_utime + usage.ru_stime) / rounds
    return {"seconds": statistics.median(r["seconds"] for r in result), "cpu": round(cpu, 1), "recall": round(result[0]["recall"], 4), "rounds": result,
            "megabytes": round(usage.ru_maxrss / 1024)}, found[numpy.argsort(found[:, 0]), 1:]


def peer(rows):
    from imblearn.over_sampling import SMOTE
    from sklearn.neighbors import NearestNeighbors
    all_rows = numpy.concatenate([rows, numpy.zeros((2 * len(rows), COLUMNS), dtype=rows.dtype)])
    labels = numpy.repeat([1, 0], [len(rows), 2 * len(rows)])
    smote = SMOTE(k_neighbors=NearestNeighbors(n_neighbors=K + 1, n_jobs=-1), random_state=0)
    started, cpu = time.monotonic(), time.process_time()
    made, _ = smote.fit_resample(all_rows, labels)
    seconds, cpu = time.monotonic() - started, time.process_time() - cpu
    assert len(made) == 4 * len(rows)
    exact = NearestNeighbors(n_neighbors=K + 1, n_jobs=-1, algorithm="brute").fit(rows).kneighbors(rows, return_distance=False)
    return seconds, cpu, exact[:, 1:]


# any job builds what is not built
subprocess.run([str(lakewright.HOME / "lakewright"), "help"], stdout=subprocess.DEVNULL, check=True)
result = {"bench": "smote", "rows": options.rows, "columns": COLUMNS, "k": K}
with tempfile.TemporaryDirectory() as place:
    for name, make in {"gaussian": gaussian, "clusters": clusters}.items():
        rows = make(options.rows)
        own, found = ours(rows, "exact", options.rounds, pathlib.Path(place) / name)
        print(name, own, flush=True)
        result[name] = {"ours": own}
        if not options.without_peer:
            seconds, cpu, exact = peer(rows)
            result[name] |= {"imbalanced-learn": {"seconds": round(seconds, 2), "cpu": round(cpu, 1)},
                             "ratio": round(seconds / own["seconds"], 1), "ratio of cpu": round(cpu / own["cpu"], 1),
                             "rows with the same neighbours": int((found == exact).all(axis=1).sum())}
            print(name, result[name], flush=True)
        if options.million:
            large, _ = ours(make(1_000_000), "approximate", 1, pathlib.Path(place) / f"{name}-million", "1400m")
            result[name]["million"] = {"ours": large, "growth": round(large["seconds"] / own["seconds"], 1)}
            print(name, result[name]["million"], flush=True)
print(json.dumps(result))
