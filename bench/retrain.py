"""What retraining costs: one per cent of new rows, incremental, against the full refit on all rows; a refit after ten
per cent of new rows, from the champion's weights, against one from zero; a run that finds nothing new, also with table
and registry on an S3 server on loopback; and rounds of processes that stay, incremental ones against full ones over the same
commits of one per cent each.

bench/run retrain --data tweeteval-emoji-train.jsonl.gz [--rows 1000000] [--commits 5] [--s3-alone | --resident-alone]

The rows are the texts multiplied, with a tenth of the words of every copy replaced at random.
"""
import argparse
import gzip
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time

os.environ.setdefault("LAKEWRIGHT_MEMORY", "8g")
import lakewright

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--rows", type=int, default=1_000_000)
parser.add_argument("--commits", type=int, default=5, help="that rounds of a process that stays learn; the first is to warm up")
parts = parser.add_mutually_exclusive_group()
parts.add_argument("--s3-alone", action="store_true", help="only the run on S3 that finds nothing new")
parts.add_argument("--resident-alone", action="store_true", help="only the rounds of processes that stay")
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


def ingest(folder, table, start, count, sets=()):
    with tempfile.TemporaryDirectory() as here:
        path = pathlib.Path(here) / f"{table}-{start}.jsonl"
        write(path, start, count)
        land(here, f"{folder}/{table}", path, sets)


def land(here, table, path, sets=()):
    lakewright.run(here, "ingest", "--set", f"data.table={table}", "--set", "data.id=id",
                   "--set", f"ingest.input={path}", "--set", "ingest.format=jsonl", *sets)


def run(folder, job, model, *sets):
    here = tempfile.gettempdir() if "://" in folder else folder
    result, wall, megabytes = lakewright.run_measured(
        here, job, "--set", f"model.name={model}", "--set", f"registry.path={folder}/models", *sets)
    return {**result, "wall": round(wall, 1), "megabytes": round(megabytes)}


def train(folder, table, model, sets=()):
    return run(folder, "train", model, *sets, "--set", f"data.table={folder}/{table}", "--set", "data.id=id",
               "--set", "data.text=[text]", "--set", "features.words={ngrams: [1, 1], hash_bits: 18}",
               "--set", "learner.l2=1e-5", "--set", "evaluation.bootstrap=0")


def told(result):
    origin = json.loads((pathlib.Path(result["path"]) / "model.json").read_text())["provenance"]
    return {"status": result["status"], "wall": result["wall"], "seconds": result["seconds"],
            "macro_f1": result.get("metrics", {}).get("macro_f1"),
            "iterations": origin["trial"]["iterations"], "retraining": result.get("retraining")}


def nothing_new_on_s3(folder):
    """Wall seconds of three runs, on the texts as they are."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([str(lakewright.HOME / "deploy/s3/serve"), f"{folder}/s3", str(port)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        os.environ |= {"AWS_ACCESS_KEY_ID": "trial", "AWS_SECRET_ACCESS_KEY": "trial-trial"}
        settings = {"endpoint": f"http://127.0.0.1:{port}", "endpoint.region": "us-east-1",
                    "path.style.access": "true", "connection.ssl.enabled": "false"}
        s3 = ["--set", "spark={" + ", ".join(f"spark.hadoop.fs.s3a.{key}: '{value}'" for key, value in settings.items()) + "}"]
        for attempt in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        ingest("s3a://lake", "tweets", 0, len(records), s3)
        train("s3a://lake", "tweets", "tweets", s3)
        runs = [run("s3a://lake", "retrain", "tweets", *s3) for _ in range(3)]
        assert all(one["status"] == "unchanged" for one in runs), runs
        return [one["wall"] for one in runs]
    finally:
        os.killpg(server.pid, signal.SIGTERM)


def rounds(folder, mode, commits):
    """What a process that stays did with each commit. A round begins long enough after one that no job that lands rows is left."""
    os.makedirs(f"{folder}/{mode}")
    shutil.copytree(f"{folder}/stay", f"{folder}/{mode}/stay")
    shutil.copytree(f"{folder}/models", f"{folder}/{mode}/models")
    table = f"{folder}/{mode}/stay"
    done = []
    with lakewright.Resident(f"{folder}/{mode}", "retrain", "--set", "retrain.every=30", "--set", "model.name=stay",
                             "--set", f"registry.path={folder}/{mode}/models", "--set", f"data.table={table}",
                             "--set", f"retrain.mode={mode}") as process:
        assert process.result()["status"] == "unchanged"
        for commit in commits:
            land(folder, table, commit)
            result = process.result()
            assert result["status"] in ("published", "rejected"), result
            done.append({"status": result["status"], "seconds": result["seconds"], "macro_f1": result["metrics"]["macro_f1"],
                         "learnt": result["retraining"]["mode"]})
            assert process.result()["status"] == "unchanged"
    shutil.rmtree(f"{folder}/{mode}")
    return done


def resident(folder):
    """Rounds of two processes, one that learns incrementally and one that trains on all rows, over the same commits."""
    ingest(folder, "stay", 0, options.rows)
    train(folder, "stay", "stay")
    commits = [pathlib.Path(folder) / f"commit-{number}.jsonl" for number in range(options.commits)]
    for number, commit in enumerate(commits):
        write(commit, options.rows + number * options.rows // 100, options.rows // 100)
    done = {mode: rounds(folder, mode, commits) for mode in ("incremental", "full")}
    warm = {mode: statistics.median(one["seconds"]["total"] for one in some[1:]) for mode, some in done.items()}
    return {**done, "warm_seconds": warm, "ratio": round(warm["incremental"] / warm["full"], 3),
            "macro_f1_below": [round(full["macro_f1"] - one["macro_f1"], 4)
                               for one, full in zip(done["incremental"], done["full"])]}


with tempfile.TemporaryDirectory() as folder:
    found = {"rows": options.rows}
    if not options.resident_alone:
        found["nothing_new_on_s3"] = nothing_new_on_s3(folder)
        print(json.dumps(found), flush=True)
    if not options.s3_alone:
        found["resident"] = resident(folder)
        print(json.dumps(found), flush=True)
    alone = options.s3_alone or options.resident_alone
    for name, added in () if alone else (("one", options.rows // 100), ("ten", options.rows // 10)):
        ingest(folder, name, 0, options.rows)
        train(folder, name, name)
        if name == "one":
            found["nothing_new"] = told(run(folder, "retrain", name))
        ingest(folder, name, options.rows, added)
        mode = "incremental" if name == "one" else "full"
        found[mode] = told(run(folder, "retrain", name, "--set", f"retrain.mode={mode}"))
        found[f"from_zero_{name}"] = told(train(folder, name, f"{name}-anew"))
        print(json.dumps(found), flush=True)
