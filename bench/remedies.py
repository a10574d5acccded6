"""Remedies for rare classes on tweets: ours against no remedy, and against imbalanced-learn's. Hashed TF-IDF words 1-2, logistic
regression, the same three folds of train + val and the same values of l2 for every remedy of either side. A side's remedy, and its l2,
is the one with the best macro-F1 out of fold; it is trained on all of train + val and measured on test. Test rows decide nothing.
Intervals of differences are those of a paired bootstrap of the test rows.

Ours: the job compare-imbalance with the remedies it takes by itself, but those named after --without; "no remedy" is our learner with the
best l2. imbalanced-learn: those of the same remedies that it has, with scikit-learn's features and learner. A remedy of which
a fold takes it more than --limit seconds of a processor is left out.

bench/run remedies --data FOLDER [--sets offensive,emoji] [--bits 18] [--without easy_ensemble] [--limit 300] [--kept FOLDER]
FOLDER holds tweeteval-SET-{train,val,test}.jsonl.gz with text and label. With --kept a run that was ended goes on where it was.
"""
import os

# numpy's BLAS chooses what is fastest here
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)
# folds run side by side, and threads that wait for each other would take their cores
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import collections
import gzip
import json
import multiprocessing
import pathlib
import resource
import signal
import tempfile
import time
import warnings
import zlib

import deltalake
import lakewright
import numpy

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--sets", default="offensive,emoji")
parser.add_argument("--limit", type=float, default=300, help="seconds of a processor for a fold of a remedy of the peer, all values together")
parser.add_argument("--bits", type=int, default=18)
parser.add_argument("--without", default="", help="remedies that neither side tries")
parser.add_argument("--kept", help="folder for what was measured, which is not measured again")
parser.add_argument("--draws", type=int, default=2000)
options = parser.parse_args()
FOLDS, MEMBERS, ITERATIONS = 3, 10, 100
# what compare-imbalance takes of texts by itself, as far as the rows allow
USUAL = ["balanced_weights", "effective_number", "focal", "logit_adjusted", "random_over", "smote", "borderline_smote_1", "smote_enn",
         "random_under", "near_miss_1", "balanced_bagging", "easy_ensemble", "augmentation", "thresholds"]
NEIGHBOURS_OF_EVERY_ROW, MOST_ROWS = {"borderline_smote_1", "smote_enn", "near_miss_1"}, 20_000
VALUES = [3e-4, 1e-4, 3e-5, 1e-5, 3e-6]


def read(name, part):
    file = pathlib.Path(options.data) / f"tweeteval-{name}-{part}.jsonl.gz"
    return [json.loads(line) for line in gzip.open(file, "rt", encoding="utf-8")]


def rows_of(name):
    rows = []
    for part in ("train", "val", "test"):
        for i, record in enumerate(read(name, part)):
            key = f"{part}{i}"
            rows.append({"id": key, "text": record["text"], "label": str(record["label"]), "fold": zlib.crc32(key.encode()) % FOLDS,
                         "side": "test" if part == "test" else "training"})
    return rows


# ---- ours


def ours(rows, folder):
    """Labels of the test rows by remedy, and what was found out of fold."""
    write(folder / "rows.jsonl", rows)
    test = [r for r in rows if r["side"] == "test"]
    write(folder / "test.jsonl", test)
    settings = {
        "data.table": folder / "table", "data.id": "id", "data.text": "[text]", "data.split": "{by: column, column: side}",
        "features.words": f"{{ngrams: [1, 2], hash_bits: {options.bits}}}", "tune.by": "column", "tune.column": "fold", "tune.folds": FOLDS,
        "tune.metric": "macro_f1", "tune.space.learner.l2": VALUES, "tune.table": folder / "sweep"}
    job(folder, "ingest", settings, {"ingest.input": folder / "rows.jsonl", "ingest.format": "jsonl"})
    found = job(folder, "compare-imbalance", settings, {"model.name": "remedies", "compare.remedies": chosen(rows)})
    remedies = {r["name"]: r for r in found["remedies"] if "failure" not in r}
    labels = {}
    for name in dict.fromkeys(["none", found["best"]]):
        one = remedies[name]
        goal = {"thresholds.goal": "macro_f1"} if name == "thresholds" else {}
        # the trials are there already, so that this trains the chosen one alone
        job(folder, "train", settings | one["settings"] | goal,
            {"tune.space.learner.l2": [one["parameters"]["learner.l2"]], "model.name": name})
        job(folder, "score", settings, {"model.name": name, "score.input": folder / "test.jsonl", "score.format": "jsonl",
                                        "score.output": folder / f"scored-{name}"})
        scored = deltalake.DeltaTable(str(folder / f"scored-{name}")).to_pyarrow_table(columns=["id", "prediction"]).to_pydict()
        of = dict(zip(scored["id"], scored["prediction"]))
        labels[name] = [of[r["id"]] for r in test]
    table = {name: {"out_of_fold": round(r["out_of_fold"]["macro_f1"]["value"], 4), "test": round(r["test"]["macro_f1"]["value"], 4),
                    "minority_recall": round(r["out_of_fold"]["minority_recall"]["value"], 4), "l2": r["parameters"]["learner.l2"], "seconds": round(r["seconds"])}
             for name, r in remedies.items()}
    return labels, {"best": found["best"], "seconds": round(found["seconds"]["total"]), "remedies": table}


def chosen(rows):
    many = sum(r["side"] == "training" for r in rows) > MOST_ROWS
    without = set(options.without.split(",")) | (NEIGHBOURS_OF_EVERY_ROW if many else set())
    return [name for name in USUAL if name not in without]


def kept(name, measure):
    """What measure returns, from a file where it is known."""
    if not options.kept:
        return measure()
    file = pathlib.Path(options.kept) / f"{name}.json"
    if not file.exists():
        found = measure()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(found), encoding="utf-8")
    return json.loads(file.read_text(encoding="utf-8"))


def write(file, rows):
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")


def job(folder, name, *settings):
    words = [word for some in settings for key, value in some.items() for word in ("--set", f"{key}={value}")]
    return lakewright.run(folder, name, *words)


# ---- the peer: a way to fit gives the models of all values, one after another, from the strongest penalty to the weakest


def path(features, labels, values, **more):
    from sklearn.linear_model import LogisticRegression
    model = LogisticRegression(max_iter=ITERATIONS, warm_start=True, **more)
    for l2 in values:
        yield model.set_params(C=1 / (l2 * len(labels))).fit(features, labels)


def resampled(sampler):
    return lambda features, labels, values: path(*sampler.fit_resample(features, labels), values)


def single(l2, labels):
    """For a member of an ensemble, which learns from as many rows of each class as the smallest has."""
    from sklearn.linear_model import LogisticRegression
    counts = collections.Counter(labels)
    return LogisticRegression(C=1 / (l2 * len(counts) * min(counts.values())), max_iter=ITERATIONS)


def bagging(features, labels, values):
    from imblearn.ensemble import BalancedBaggingClassifier
    for l2 in values:
        yield BalancedBaggingClassifier(single(l2, labels), n_estimators=MEMBERS, random_state=7).fit(features, labels)


def easy(features, labels, values):
    from imblearn.ensemble import EasyEnsembleClassifier
    from sklearn.ensemble import AdaBoostClassifier
    for l2 in values:
        boosted = AdaBoostClassifier(single(l2, labels), n_estimators=MEMBERS, algorithm="SAMME", random_state=7)
        yield EasyEnsembleClassifier(n_estimators=MEMBERS, estimator=boosted, random_state=7).fit(features, labels)


def peers():
    """The remedies that imbalanced-learn or scikit-learn has."""
    from imblearn import combine, over_sampling, under_sampling
    return {
        "none": path,
        "balanced_weights": lambda features, labels, values: path(features, labels, values, class_weight="balanced"),
        "random_over": resampled(over_sampling.RandomOverSampler(random_state=7)),
        "smote": resampled(over_sampling.SMOTE(random_state=7)),
        "borderline_smote_1": resampled(over_sampling.BorderlineSMOTE(random_state=7)),
        "smote_enn": resampled(combine.SMOTEENN(random_state=7)),
        "random_under": resampled(under_sampling.RandomUnderSampler(random_state=7)),
        "near_miss_1": resampled(under_sampling.NearMiss(version=1)),
        "balanced_bagging": bagging,
        "easy_ensemble": easy}


def features(texts):
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
    from sklearn.pipeline import make_pipeline
    return make_pipeline(
        HashingVectorizer(n_features=2**options.bits, ngram_range=(1, 2), alternate_sign=False, norm=None, token_pattern=r"(?u)\b\w+\b"),
        TfidfTransformer(sublinear_tf=True)).fit(texts)


FORK = multiprocessing.get_context("fork")


def in_processes(works, seconds):
    """What each work returns, all at once in processes of their own; None when one takes more seconds of a processor."""
    def limited(work, out):
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        out.send(work())

    ends = [FORK.Pipe(duplex=False) for _ in works]
    processes = [FORK.Process(target=limited, args=(work, out)) for work, (_, out) in zip(works, ends)]
    for process, (_, out) in zip(processes, ends):
        process.start()
        out.close()
    found = []
    try:
        for process, (end, _) in zip(processes, ends):
            try:
                found.append(end.recv())
            except EOFError:
                process.join()
                if process.exitcode in (-signal.SIGXCPU, -signal.SIGKILL):
                    return None
                raise
        return found
    finally:
        for process in processes:
            process.kill()
            process.join()


class Peer:
    """Features of folds and of the whole, and what ways to fit reach on them."""

    def __init__(self, rows):
        training = [r for r in rows if r["side"] == "training"]
        self.labels = numpy.array([r["label"] for r in training])
        self.folds = []
        for fold in range(FOLDS):
            at = numpy.array([r["fold"] == fold for r in training])
            inner = [r["text"] for r in training if r["fold"] != fold]
            fitted = features(inner)
            outer = fitted.transform(r["text"] for r in training if r["fold"] == fold)
            self.folds.append((fitted.transform(inner), self.labels[~at], outer, at))
        texts = [r["text"] for r in training]
        fitted = features(texts)
        self.whole, self.test = fitted.transform(texts), fitted.transform(r["text"] for r in rows if r["side"] == "test")
        self.truth = [r["label"] for r in rows if r["side"] == "test"]

    def measure(self, fit, seconds):
        """Macro-F1 of the value that is best out of fold, and labels of the test rows; None when it takes longer."""
        from sklearn.metrics import f1_score
        warnings.filterwarnings("ignore")
        started = time.monotonic()

        def fold(inner, labels, outer):
            return lambda: [model.predict(outer) for model in fit(inner, labels, VALUES)]

        found = in_processes([fold(*each[:3]) for each in self.folds], seconds)
        if found is None:
            return None
        scores = []
        for place in range(len(VALUES)):
            predicted = numpy.empty(len(self.labels), dtype=object)
            for (*_, at), of_fold in zip(self.folds, found):
                predicted[at] = of_fold[place]
            scores.append(f1_score(self.labels, predicted, average="macro"))
        best = int(numpy.argmax(scores))
        labels = [model.predict(self.test) for model in fit(self.whole, self.labels, VALUES[:best + 1])][-1].tolist()
        return {"out_of_fold": round(scores[best], 4), "test": round(f1_score(self.truth, labels, average="macro"), 4), "l2": VALUES[best],
                "seconds": round(time.monotonic() - started), "labels": labels}


def peer(name, rows):
    """As ours."""
    of = Peer(rows)
    table, left_out, labels = {}, [], {}
    for remedy, fit in peers().items():
        if remedy != "none" and remedy not in chosen(rows):
            continue
        measured = kept(f"{name}-peer-{remedy}", lambda: of.measure(fit, options.limit))
        if measured is None:
            left_out.append(remedy)
        else:
            labels[remedy] = measured.pop("labels")
            table[remedy] = measured
        print("imbalanced-learn", remedy, measured or "left out", flush=True)
    best = max(table, key=lambda remedy: table[remedy]["out_of_fold"])
    return labels[best], {"best": best, "remedies": table, "left_out": left_out}


# ---- macro-F1 over the same draws of rows


def macro_f1(truth, predicted, weights, classes):
    counts = numpy.bincount(truth * classes + predicted, weights, classes * classes).reshape(classes, classes)
    either = counts.sum(axis=0) + counts.sum(axis=1)
    return float(numpy.mean(2 * numpy.diag(counts)[either > 0] / either[either > 0]))


def compared(truth, predictions):
    """Macro-F1 with its interval, and the interval of every difference of ours to the others."""
    classes = sorted(set(truth))
    code = {label: i for i, label in enumerate(classes)}
    truth = numpy.array([code[label] for label in truth])
    coded = {name: numpy.array([code[label] for label in labels]) for name, labels in predictions.items()}
    random = numpy.random.default_rng(7)
    draws = collections.defaultdict(list)
    for _ in range(options.draws):
        weights = numpy.bincount(random.integers(0, len(truth), len(truth)), minlength=len(truth))
        for name, labels in coded.items():
            draws[name].append(macro_f1(truth, labels, weights, len(classes)))
    values = {name: macro_f1(truth, labels, numpy.ones(len(truth)), len(classes)) for name, labels in coded.items()}
    result = {name: {"macro_f1": round(values[name], 4), "interval": interval(draws[name])} for name in coded}
    for other in coded:
        if other != "ours, best remedy":
            result[other]["ours is above by"] = round(values["ours, best remedy"] - values[other], 4)
            result[other]["interval of that"] = interval(numpy.subtract(draws["ours, best remedy"], draws[other]))
    return result


def interval(values):
    return [round(float(end), 4) for end in numpy.quantile(values, [0.025, 0.975])]


def measure(name):
    rows = rows_of(name)
    with tempfile.TemporaryDirectory() as folder:
        labels, own = kept(f"{name}-ours", lambda: ours(rows, pathlib.Path(folder)))
    print(name, "ours", json.dumps(own), flush=True)
    theirs, other = peer(name, rows)
    test = compared([r["label"] for r in rows if r["side"] == "test"], {
        "ours, best remedy": labels[own["best"]], "ours, no remedy": labels["none"], "imbalanced-learn, best remedy": theirs})
    print(name, json.dumps(test, indent=1), flush=True)
    return {"rows": collections.Counter(r["side"] for r in rows), "ours": own, "imbalanced-learn": other, "test": test}


print(json.dumps({"bench": "remedies", "bits": options.bits, "values": VALUES,
                  **{name: measure(name) for name in options.sets.split(",")}}))
