"""Short texts per second and core through a model in a plain JVM with only common on its class path,
against scikit-learn's pipeline on the same texts, one thread each.

bench/run score --data tweets.jsonl.gz      JSON lines of id, text, label
"""
import argparse
import gzip
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import lakewright
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline, make_union

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
data = pathlib.Path(parser.parse_args().data).resolve()

with tempfile.TemporaryDirectory() as folder:
    settings = ["--set", f"data.table={folder}/table", "--set", "data.id=id", "--set", "data.text=[text]",
                "--set", "features.words={ngrams: [1, 2], hash_bits: 18}",
                "--set", "features.chars={ngrams: [3, 5], hash_bits: 18}",
                "--set", "learner.max_iterations=15", "--set", "tune.folds=2", "--set", "model.name=short"]
    lakewright.run(folder, "ingest", *settings, "--set", f"ingest.input={data}", "--set", "ingest.format=jsonl")
    model = lakewright.run(folder, "train", *settings)["path"]
    java = lakewright.HOME / "bench" / "ScoringSpeed.java"
    classpath = (lakewright.HOME / "jobs/target/class-path.txt").read_text().split(":")
    needed = [j for j in classpath if any(n in pathlib.Path(j).name for n in ("jackson-", "lucene-", "icu4j", "snakeyaml-engine"))]
    common = next((lakewright.HOME / "common/target").glob("lakewright-common-*-SNAPSHOT.jar"))
    out = subprocess.run(
        ["java", "-XX:+UseSerialGC", "-cp", ":".join([str(common), *needed]), str(java), model, str(data)],
        stdout=subprocess.PIPE, check=True, text=True).stdout
    ours = json.loads(out.splitlines()[-1])

rows = [json.loads(line) for line in gzip.open(data, "rt", encoding="utf-8")]
texts, labels = [r["text"] for r in rows], [r["label"] for r in rows]
peer = make_pipeline(
    make_union(
        make_pipeline(HashingVectorizer(ngram_range=(1, 2), n_features=2**18, alternate_sign=False, norm=None), TfidfTransformer(sublinear_tf=True)),
        make_pipeline(HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), n_features=2**18, alternate_sign=False, norm=None), TfidfTransformer(sublinear_tf=True))),
    SGDClassifier(loss="log_loss", max_iter=3, tol=None, random_state=7))
peer.fit(texts, labels)
speeds = []
for _ in range(3):
    started = time.monotonic()
    peer.predict_proba(texts)
    speeds.append(len(texts) / (time.monotonic() - started))
theirs = {"texts_per_second": round(statistics.median(speeds))}
print(json.dumps({"bench": "score", "texts": len(texts), "ours": ours, "peers": {"scikit-learn": theirs},
                  "ratios": {"scikit-learn": ours["texts_per_second"] / theirs["texts_per_second"]}}))
