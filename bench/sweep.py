"""A cross-validated sweep of regularization strengths: ours against Spark's CrossValidator (over the
pipeline, and over features cached beforehand) and scikit-learn's GridSearchCV. Hashed TF-IDF words
of 2^16, multinomial logistic regression, the same 3 folds and 7 values, weighted F1; every side
also refits the best on all rows, which is where the clock stops: what ours then still writes to its
tables goes on beside calibration, and is part of its total. Ours runs as a job, and as a library in Spark's own program.

bench/run sweep --data tweeteval-emoji-train.jsonl.gz [--rounds 3] [--without spark-pipeline,...]
"""
import argparse
import gzip
import json
import pathlib
import statistics
import subprocess
import tempfile
import time
import zlib

import lakewright

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--rounds", type=int, default=3, help="runs of ours, whose median counts")
parser.add_argument("--without", default="", help="to be left out: spark-pipeline, spark-cached, scikit-learn, library")
options = parser.parse_args()
left_out = options.without.split(",")
VALUES = [1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5]


def ours(folder, rows):
    settings = ["--set", f"data.table={folder}/table", "--set", "data.id=id", "--set", "data.text=[text]",
                "--set", "data.split.test=0", "--set", "features.words={ngrams: [1, 1], hash_bits: 16}",
                "--set", "tune.by=column", "--set", "tune.column=fold", "--set", "tune.folds=3",
                "--set", "tune.metric=weighted_f1", "--set", f"tune.space.learner.l2={VALUES}",
                "--set", "learner.max_iterations=50", "--set", "learner.tolerance=1e-4"]
    lakewright.run(folder, "quickstart")  # the README's first command, which makes later starts faster
    lakewright.run(folder, "ingest", *settings, "--set", f"ingest.input={rows}", "--set", "ingest.format=jsonl")
    runs = []
    for i in range(options.rounds):
        result, wall, megabytes = lakewright.run_measured(folder, "train", *settings, "--set", f"model.name=m{i}")
        runs.append({"seconds": result["seconds"]["sweep"], "total": result["seconds"]["total"], "wall": round(wall, 1), "megabytes": round(megabytes),
                     "best": round(result["sweep"]["best"], 4), "parameters": result["sweep"]["best_parameters"],
                     "spark": result["sweep"].get("spark")})
        print("ours", runs[-1], flush=True)
    return {**runs[-1], "seconds": statistics.median(r["seconds"] for r in runs),
            "wall": statistics.median(r["wall"] for r in runs)}


def spark(rows, mode):
    built = lakewright.HOME / "target/launcher"
    classpath = f"{built}/jobs.jar:{built}/common.jar:" + (built / "class-path.txt").read_text().strip()
    opens = [line for line in (lakewright.HOME / "jobs/java.options").read_text().split() if line.startswith("--add")]
    out = subprocess.run(
        ["java", "-Xmx8g", *opens, "--add-modules=jdk.incubator.vector", "-cp", classpath,
         str(lakewright.HOME / "bench" / "SparkSweep.java"), str(rows), mode, ",".join(map(str, VALUES))],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True).stdout
    return json.loads(out.splitlines()[-1])


def scikit_learn(records):
    import numpy
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV, PredefinedSplit
    from sklearn.pipeline import make_pipeline
    pipeline = make_pipeline(
        HashingVectorizer(n_features=2**16, alternate_sign=False, norm=None, token_pattern=r"(?u)\b\w+\b"),
        TfidfTransformer(), LogisticRegression(max_iter=50))
    search = GridSearchCV(
        pipeline, {"logisticregression__C": [1 / (len(records) * 2 / 3 * l2) for l2 in VALUES]},
        scoring="f1_weighted", cv=PredefinedSplit([r["fold"] for r in records]), n_jobs=-1)
    started = time.monotonic()
    search.fit([r["text"] for r in records], numpy.array([r["label"] for r in records]))
    return {"seconds": round(time.monotonic() - started, 2), "best": round(float(search.best_score_), 4)}


with tempfile.TemporaryDirectory() as folder:
    records = [json.loads(line) for line in gzip.open(options.data, "rt", encoding="utf-8")]
    for r in records:
        r["fold"] = zlib.crc32(str(r["id"]).encode()) % 3
        r["label"] = str(r["label"])
    rows = pathlib.Path(folder) / "rows.jsonl"
    rows.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    own = ours(folder, rows)
    peers = {}
    if "scikit-learn" not in left_out:
        peers["scikit-learn"] = scikit_learn(records)
        print("scikit-learn", peers["scikit-learn"], flush=True)
    if "library" not in left_out:
        own["library"] = spark(rows, "library")
        print("ours as a library", own["library"], flush=True)
    for mode in ("cached", "pipeline"):
        if f"spark-{mode}" not in left_out:
            peers[f"spark-{mode}"] = spark(rows, mode)
            print(f"spark-{mode}", peers[f"spark-{mode}"], flush=True)

print(json.dumps({
    "bench": "sweep", "rows": len(records), "values": VALUES, "ours": own, "peers": peers,
    "ratios": {name: round(peer["seconds"] / own["seconds"], 1) for name, peer in peers.items()}}))
