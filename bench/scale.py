"""How a sweep grows with rows (texts multiplied, with noise of words) and with models, in a heap that
keeps driver and executor, one process, below 2 GiB resident: its own time at ten and a hundred times the size against its time at once the size.

bench/run scale --data tweeteval-offensive-train.jsonl.gz [--factors 1,10,100] [--plan auto]
"""
import argparse
import gzip
import json
import os
import pathlib
import random
import tempfile

os.environ.setdefault("LAKEWRIGHT_MEMORY", "1400m")
import lakewright

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--factors", default="1,10,100")
parser.add_argument("--plan", default="auto")
options = parser.parse_args()
factors = [int(f) for f in options.factors.split(",")]
records = [json.loads(line) for line in gzip.open(options.data, "rt", encoding="utf-8")]
words = sorted({w for r in records for w in r["text"].split()})


def write(path, factor):
    noise = random.Random(7)
    with open(path, "w", encoding="utf-8") as out:
        for copy in range(factor):
            for r in records:
                text = [noise.choice(words) if copy and noise.random() < 0.1 else w for w in r["text"].split()]
                out.write(json.dumps({"id": f"{copy}-{r['id']}", "text": " ".join(text), "label": str(r["label"])}) + "\n")


def sweep(folder, name, values):
    result, wall, megabytes = lakewright.run_measured(
        folder, "tune", "--set", f"data.table={folder}/{name}", "--set", "data.id=id", "--set", "data.text=[text]",
        "--set", "features.words={ngrams: [1, 1], hash_bits: 18}", "--set", "tune.folds=3",
        "--set", f"tune.space.learner.l2={values}", "--set", f"tune.plan={options.plan}",
        "--set", f"model.name={name}-{len(values)}-{values[0]:g}".replace("0.", "p"))
    return {"seconds": result["seconds"]["sweep"], "wall": round(wall, 1), "megabytes": round(megabytes),
            "best": round(result["sweep"]["best"], 4), "plans": result["sweep"]["plans"], "spark": result["sweep"]["spark"]}


VALUES = [1e-2, 1e-3, 1e-4, 1e-5]
MANY = [float(f"{10 ** (-1 - 5 * i / 39):.3g}") for i in range(40)]
rows, models = {}, {}
with tempfile.TemporaryDirectory() as folder:
    for factor in factors:
        path = pathlib.Path(folder) / f"rows{factor}.jsonl"
        write(path, factor)
        lakewright.run(folder, "ingest", "--set", f"data.table={folder}/t{factor}", "--set", "data.id=id",
                       "--set", f"ingest.input={path}", "--set", "ingest.format=jsonl")
        path.unlink()
        rows[factor] = sweep(folder, f"t{factor}", VALUES)
        print("rows", factor * len(records), rows[factor], flush=True)
    middle = f"t{factors[len(factors) // 2]}"
    models = {1: sweep(folder, middle, [1e-3, 1e-4, 1e-5, 1e-6]), 10: sweep(folder, middle, MANY)}
    print("models", models, flush=True)
print(json.dumps({
    "bench": "scale", "base_rows": len(records), "plan": options.plan, "rows": rows, "models": models,
    "ratios": {**{f"rows x{f}, against linear": round(rows[f]["seconds"] / rows[factors[0]]["seconds"] / (f / factors[0]), 3)
                  for f in factors[1:]},
               "models x10": round(models[10]["seconds"] / models[1]["seconds"], 2)}}))
