"""Random over- and under-sampling of a Delta table with three classes of 80, 15 and 5 %: the job resample against Spark's sample,
sampleBy and union by hand. Both read the table, count, and write a Delta table, each in a fresh JVM of local[2]; starting Spark is
not counted. By hand the counts are near what was asked for and depend on how the rows are spread; ours are exact.

bench/run sample [--rows 10000000] [--rounds 3]
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile

os.environ.setdefault("LAKEWRIGHT_MEMORY", "2g")
import lakewright

parser = argparse.ArgumentParser()
parser.add_argument("--rows", type=int, default=10_000_000)
parser.add_argument("--rounds", type=int, default=3, help="runs of each, whose medians count")
options = parser.parse_args()


def ours(folder, table, method, out):
    result = lakewright.run(
        folder, "resample", "--master", "local[2]", "--set", f"data.table={table}", "--set", "data.id=id",
        "--set", f"sampling.method=random_{method}", "--set", f"resample.output={out}")
    return {"seconds": result["seconds"]["resample"], "after": result["after"]}


def megabytes(table):
    return round(sum(f.stat().st_size for f in pathlib.Path(table).glob("*.parquet")) / 2**20)


# any job builds what is not built
subprocess.run([str(lakewright.HOME / "lakewright"), "help"], stdout=subprocess.DEVNULL, check=True)
result = {"bench": "sample", "rows": options.rows, "ratios": {}}
with tempfile.TemporaryDirectory() as folder:
    table = pathlib.Path(folder) / "table"
    lakewright.java("Sample.java", "make", options.rows, table)
    for method in ["over", "under"]:
        runs = {"ours": [], "by hand": []}
        for round_ in range(options.rounds):
            out = {name: pathlib.Path(folder) / f"{method}-{name.replace(' ', '-')}-{round_}" for name in runs}
            runs["by hand"].append(lakewright.java("Sample.java", method, table, out["by hand"]) | {"megabytes": megabytes(out["by hand"])})
            runs["ours"].append(ours(folder, table, method, out["ours"]) | {"megabytes": megabytes(out["ours"])})
            print(method, {name: of[-1] for name, of in runs.items()}, flush=True)
            subprocess.run(["rm", "-rf", *map(str, out.values())], check=True)
        seconds = {name: statistics.median(r["seconds"] for r in of) for name, of in runs.items()}
        result[method] = {"seconds": seconds, "rounds": [r["seconds"] for r in runs["ours"]], "rounds by hand": [r["seconds"] for r in runs["by hand"]],
                          "after": {name: of[-1]["after"] for name, of in runs.items()},
                          "megabytes": {name: of[-1]["megabytes"] for name, of in runs.items()}}
        result["ratios"][method] = round(seconds["by hand"] / seconds["ours"], 2)
print(json.dumps(result))
