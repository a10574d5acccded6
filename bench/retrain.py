"""What retraining costs: one per cent of new rows, incremental, against the full refit on all rows; a refit after ten
per cent of new rows, from the champion's weights, against one from zero; and a run that finds nothing new.

bench/run retrain --data tweeteval-emoji-train.jsonl.gz [--rows 1000000]

The rows are the texts multiplied, with a tenth of the words of every copy replaced at random.
"""
import argparse
import gzip
import json
import os
import pathlib
import random
import tempfile

os.environ.setdefault("LAKEWRIGHT_MEMORY", "8g")
import lakewright

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--rows", type=int, default=1_000_000)
options = parser.parse_args()
records = [json.loads(line) for line in gzip.open(options.data, "rt", encoding="utf-8")]
words = sorted({w for r in records for w in r["text"].split()})
noise = random.Random(7)


def write(path, start, count):
    with open(path, "w", encoding="utf-8") as out:
        for i in range(start, start + count):
            r = records[i % len(records)]
            text = [noise.choice(words) if noise.random() < 0.1 else w for w in r["text"].split()]
            out.write(json.dumps({"id": f"{i}", "text": " ".join(text), "label": str(r["label"])}) + "\n")


def ingest(folder, table, start, count):
    path = pathlib.Path(folder) / f"{table}-{start}.jsonl"
    write(path, start, count)
    lakewright.run(folder, "ingest", "--set", f"data.table={folder}/{table}", "--set", "data.id=id",
                   "--set", f"ingest.input={path}", "--set", "ingest.format=jsonl")
    path.unlink()


def run(folder, job, model, *sets):
    result, wall, megabytes = lakewright.run_measured(
        folder, job, "--set", f"model.name={model}", "--set", f"registry.path={folder}/models", *sets)
    return {**result, "wall": round(wall, 1), "megabytes": round(megabytes)}


def train(folder, table, model):
    return run(folder, "train", model, "--set", f"data.table={folder}/{table}", "--set", "data.id=id",
               "--set", "data.text=[text]", "--set", "features.words={ngrams: [1, 1], hash_bits: 18}",
               "--set", "learner.l2=1e-5", "--set", "evaluation.bootstrap=0")


def told(result):
    origin = json.loads((pathlib.Path(result["path"]) / "model.json").read_text())["provenance"]
    return {"status": result["status"], "wall": result["wall"], "seconds": result["seconds"],
            "macro_f1": result.get("metrics", {}).get("macro_f1"),
            "iterations": origin["trial"]["iterations"], "retraining": result.get("retraining")}


with tempfile.TemporaryDirectory() as folder:
    found = {"rows": options.rows}
    for name, added in (("one", options.rows // 100), ("ten", options.rows // 10)):
        ingest(folder, name, 0, options.rows)
        train(folder, name, name)
        if name == "one":
            found["nothing_new"] = told(run(folder, "retrain", name))
        ingest(folder, name, options.rows, added)
        mode = "incremental" if name == "one" else "full"
        found[mode] = told(run(folder, "retrain", name, "--set", f"retrain.mode={mode}"))
        found[f"from_zero_{name}"] = told(train(folder, name, f"{name}-anew"))
        print(json.dumps(found), flush=True)
