"""The job resample by methods that compare rows, on a Delta table of normal numbers in clusters, with three classes of 80, 15 and 5 %:
seconds of the job, and its peak resident memory, each in a fresh JVM of local[2]. No peer: imbalanced-learn has all rows in one process.

bench/run resample [--rows 1000000] [--columns 16] [--methods smote,enn,...]
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile

os.environ.setdefault("LAKEWRIGHT_MEMORY", "2g")
import lakewright

METHODS = "smote,borderline_smote_1,adasyn,kmeans_smote,near_miss_1,near_miss_2,near_miss_3,tomek,enn,one_sided,neighbourhood_cleaning,smote_enn"

parser = argparse.ArgumentParser()
parser.add_argument("--rows", type=int, default=1_000_000)
parser.add_argument("--columns", type=int, default=16)
parser.add_argument("--methods", default=METHODS)
options = parser.parse_args()

# any job builds what is not built
subprocess.run([str(lakewright.HOME / "lakewright"), "help"], stdout=subprocess.DEVNULL, check=True)
names = ", ".join(f"x{i}" for i in range(options.columns))
result = {"bench": "resample", "rows": options.rows, "columns": options.columns, "methods": {}}
with tempfile.TemporaryDirectory() as folder:
    table = pathlib.Path(folder) / "table"
    lakewright.java("Sample.java", "numbers", options.rows, table, options.columns)
    for method in options.methods.split(","):
        out = pathlib.Path(folder) / method
        done, _, megabytes = lakewright.run_measured(
            folder, "resample", "--master", "local[2]", "--set", f"data.table={table}", "--set", "data.id=id",
            "--set", f"data.numeric=[{names}]", "--set", f"sampling.method={method}", "--set", f"resample.output={out}")
        result["methods"][method] = {"seconds": done["seconds"]["resample"], "after": done["after"], "megabytes": round(megabytes)}
        print(method, result["methods"][method], flush=True)
        subprocess.run(["rm", "-rf", str(out)], check=True)
print(json.dumps(result))
