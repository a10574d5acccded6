"""The best loss after 100 trials, median of 20 seeds: our tree-structured Parzen sampler against Optuna's, by
default, with multivariate=True, group=True and with multivariate=False, on four functions. The same functions are in SearchQuality.java.

bench/run tpe [--seeds 20] [--first-seed 0] [--trials 100] [--sampler tpe]
"""
import argparse
import json
import math
import statistics
import subprocess
import time
import warnings

import lakewright
import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")

parser = argparse.ArgumentParser()
parser.add_argument("--seeds", type=int, default=20)
parser.add_argument("--first-seed", type=int, default=0)
parser.add_argument("--trials", type=int, default=100)
parser.add_argument("--sampler", default="tpe")
options = parser.parse_args()


def branin(trial):
    x, y = trial.suggest_float("x0", -5, 10), trial.suggest_float("x1", 0, 15)
    bend = y - 5.1 / (4 * math.pi ** 2) * x * x + 5 / math.pi * x - 6
    return bend ** 2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


ALPHA = [1, 1.2, 3, 3.2]
A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [[0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
     [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381]]


def hartmann6(trial):
    x = [trial.suggest_float(f"x{i}", 0, 1) for i in range(6)]
    return -sum(ALPHA[i] * math.exp(-sum(A[i][j] * (x[j] - P[i][j]) ** 2 for j in range(6))) for i in range(4))


def rosenbrock4(trial):
    x = [trial.suggest_float(f"x{i}", -5, 10) for i in range(4)]
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(3))


def mixed(trial):
    learner = trial.suggest_categorical("learner", ["linear", "trees", "kernel"])
    common = ((math.log10(trial.suggest_float("rate", 1e-5, 1, log=True)) + 2.3) ** 2 / 4
              + (trial.suggest_float("smooth", 0, 1, step=0.05) - 0.35) ** 2)
    if learner == "linear":
        return 0.3 + common + (math.log10(trial.suggest_float("l2", 1e-6, 1e2, log=True)) + 3) ** 2 / 10
    if learner == "trees":
        return (common + (trial.suggest_int("depth", 1, 12) - 7) ** 2 / 20
                + (math.log10(trial.suggest_int("trees", 1, 1000, log=True)) - 2.2) ** 2 / 2)
    return (0.1 + common + (math.log10(trial.suggest_float("width", 1e-3, 1e3, log=True)) - 0.5) ** 2 / 3
            + (0 if trial.suggest_categorical("kind", ["rbf", "poly", "sigmoid", "laplace"]) == "laplace" else 0.2))


def peer(function, seed, **settings):
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, **settings))
    study.optimize(function, n_trials=options.trials)
    return study.best_value


def ours():
    # any job builds what is not built
    subprocess.run([str(lakewright.HOME / "lakewright"), "help"], stdout=subprocess.DEVNULL, check=True)
    launcher = lakewright.HOME / "target/launcher"
    path = [str(launcher / "common.jar"), str(launcher / "jobs.jar"), (launcher / "class-path.txt").read_text().strip()]
    out = subprocess.run(
        ["java", "-XX:+UseSerialGC", "-cp", ":".join(path), str(lakewright.HOME / "bench" / "SearchQuality.java"),
         options.sampler, str(options.first_seed), str(options.seeds), str(options.trials)],
        stdout=subprocess.PIPE, check=True, text=True).stdout
    return json.loads(out.splitlines()[-1])


started = time.monotonic()
bests = {"ours": ours()}
seeds = range(options.first_seed, options.first_seed + options.seeds)
functions = [branin, hartmann6, rosenbrock4, mixed]
for name, settings in {"default": {}, "multivariate+group": {"multivariate": True, "group": True},
                       "independent": {"multivariate": False}}.items():
    bests[f"optuna {name}"] = {f.__name__: [peer(f, seed, **settings) for seed in seeds] for f in functions}

medians = {who: {f: statistics.median(values) for f, values in of.items()} for who, of in bests.items()}
print(f"{'median best loss':>16}  " + "  ".join(f"{who:>26}" for who in medians) + "  verdict")
verdicts = {}
for function in functions:
    f = function.__name__
    own, *others = [of[f] for of in medians.values()]
    verdicts[f] = "not worse" if own <= min(others) else "worse"
    print(f"{f:>16}  " + "  ".join(f"{of[f]:26.5f}" for of in medians.values()) + f"  {verdicts[f]}")
print(json.dumps({"bench": "tpe", "seeds": [seeds.start, seeds.stop - 1], "trials": options.trials, "optuna": optuna.__version__,
                  "medians": medians, "verdicts": verdicts, "seconds": round(time.monotonic() - started, 1)}))
