"""What the streaming learner takes in: tweet-sized rows per second over commits that came since the champion, while it
learns, and of the whole process with JVM, Spark, the estimate at the start, and publishing.

bench/run stream --data tweeteval-emoji-train.jsonl.gz [--rows 1000000] [--commits 20]

The rows are the texts multiplied, with a tenth of the words of every copy replaced at random.
"""
import argparse
import gzip
import json
import os
import pathlib
import random
import tempfile

os.environ.setdefault("LAKEWRIGHT_MEMORY", "4g")
import lakewright

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--rows", type=int, default=1_000_000)
parser.add_argument("--commits", type=int, default=20)
options = parser.parse_args()
records = [json.loads(line) for line in gzip.open(options.data, "rt", encoding="utf-8")]
words = sorted({w for r in records for w in r["text"].split()})
noise = random.Random(7)


def ingest(folder, start, count):
    path = pathlib.Path(folder) / f"rows-{start}.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for i in range(start, start + count):
            r = records[i % len(records)]
            text = [noise.choice(words) if noise.random() < 0.1 else w for w in r["text"].split()]
            out.write(json.dumps({"id": f"{i}", "text": " ".join(text), "label": str(r["label"])}) + "\n")
    lakewright.run(folder, "ingest", "--set", f"data.table={folder}/tweets", "--set", "data.id=id",
                   "--set", f"ingest.input={path}", "--set", "ingest.format=jsonl")
    path.unlink()


with tempfile.TemporaryDirectory() as folder:
    names = ["--set", "model.name=tweets", "--set", f"registry.path={folder}/models"]
    ingest(folder, 0, len(records))
    lakewright.run(folder, "train", *names, "--set", f"data.table={folder}/tweets", "--set", "data.id=id",
                   "--set", "data.text=[text]", "--set", "features.words={ngrams: [1, 1], hash_bits: 18}",
                   "--set", "learner.l2=1e-5", "--set", "evaluation.bootstrap=0")
    step = options.rows // options.commits
    for commit in range(options.commits):
        ingest(folder, len(records) + commit * step, step)
    result, wall, megabytes = lakewright.run_measured(folder, "learn-stream", *names)
    found = {"rows": result["rows"], "micro_batches": result["batches"], "learnt": result["learnt_rows"],
             "rows_per_second_learning": round(result["rows"] / result["seconds"]["learn"]),
             "rows_per_second_whole": round(result["rows"] / wall), "wall": round(wall, 1),
             "megabytes": round(megabytes), "seconds": result["seconds"], "prequential": result["prequential"]}
    print(json.dumps(found), flush=True)
