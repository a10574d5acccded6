"""Asynchronous successive halving against the full evaluation of the same 64 random configurations:
work (in full trials), wall time of the sweep, and the best score that either finds.

bench/run asha --data tweeteval-emoji-train.jsonl.gz [--trials 64]
"""
import argparse
import json
import tempfile

import lakewright

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--trials", type=int, default=64)
options = parser.parse_args()

with tempfile.TemporaryDirectory() as folder:
    settings = ["--set", f"data.table={folder}/table", "--set", "data.id=id", "--set", "data.text=[text]",
                "--set", "data.split.test=0", "--set", "features.words={ngrams: [1, 1], hash_bits: 16}",
                "--set", "tune.folds=3", "--set", "tune.metric=weighted_f1", "--set", "tune.sampler=random",
                "--set", f"tune.trials={options.trials}", "--set", "learner.max_iterations=50",
                "--set", "tune.space={learner.l2: {log_uniform: [1e-6, 1e-1]}, sampling.weights: [none, balanced]}"]
    lakewright.run(folder, "ingest", *settings, "--set", f"ingest.input={options.data}", "--set", "ingest.format=jsonl")
    results = {}
    for pruner in ("halving", "none"):
        sweep = lakewright.run(folder, "tune", *settings, "--set", f"tune.pruner={pruner}", "--set", f"model.name={pruner}")
        results[pruner] = {"effort": round(sweep["sweep"]["effort"], 2), "best": round(sweep["sweep"]["best"], 4),
                           "pruned": sweep["sweep"]["pruned"], "seconds": sweep["seconds"]["sweep"]}
        print(pruner, results[pruner], flush=True)
print(json.dumps({
    "bench": "asha", "trials": options.trials, "halving": results["halving"], "full": results["none"],
    "ratios": {"work": round(results["none"]["effort"] / results["halving"]["effort"], 2),
               "seconds": round(results["none"]["seconds"] / results["halving"]["seconds"], 2)},
    "best_difference": round(results["none"]["best"] - results["halving"]["best"], 4)}))
