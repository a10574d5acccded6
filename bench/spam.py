"""Held-out spam F1 on the quickstart's mail: ours against scikit-learn's TfidfVectorizer(1,2) +
LogisticRegression, tuned over the same regularization values on the same split.

bench/run spam
"""
import json
import tempfile
import time

import deltalake
import lakewright
import numpy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline

with tempfile.TemporaryDirectory() as folder:
    ours = lakewright.run(folder, "quickstart")
    table = deltalake.DeltaTable(f"{folder}/lake/mail").to_pyarrow_table(["id", "subject", "body", "label"])
    rows = {r["id"]: r for r in table.to_pylist()}
    # the training rows are those with out-of-fold scores; all others were held out
    scores = deltalake.DeltaTable(f"{folder}/{ours['sweep']['out_of_fold_table']}")
    training = set(scores.to_pyarrow_table(["id"]).column("id").to_pylist())

text = lambda r: f"{r['subject'] or ''}\n{r['body'] or ''}"
train = [rows[i] for i in sorted(training)]
test = [r for i, r in sorted(rows.items()) if i not in training]
assert len(test) == sum(ours["data"]["test_rows"].values()), (len(test), ours["data"])

peers = {}
for name, options in {"default": {}, "sublinear_tf": {"sublinear_tf": True}}.items():
    started = time.monotonic()
    search = GridSearchCV(
        make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), **options),
            LogisticRegression(class_weight="balanced", max_iter=1000)),
        # the same values: C = 1 / (rows * l2), with the rows of a fold's training part
        {"logisticregression__C": [1 / (len(train) * 2 / 3 * l2) for l2 in (1e-1, 1e-2, 1e-3, 1e-4)]},
        scoring="f1_macro", cv=StratifiedKFold(3, shuffle=True, random_state=7), n_jobs=-1)
    search.fit([text(r) for r in train], [r["label"] for r in train])
    predicted = search.predict([text(r) for r in test])
    peers[f"scikit-learn {name}"] = {
        "spam_f1": f1_score([r["label"] for r in test], predicted, pos_label="spam"),
        "C": search.best_params_["logisticregression__C"],
        "seconds": round(time.monotonic() - started, 1)}

own = {"spam_f1": ours["metrics"]["per_class"]["spam"]["f1"],
       "interval": ours["metrics"]["per_class"]["spam"]["f1_interval"],
       "parameters": ours["sweep"]["best_parameters"],
       "seconds": ours["seconds"]["train"]["total"]}
print("ours", own)
for name, peer in peers.items():
    print(name, peer)
print(json.dumps({
    "bench": "spam", "rows": {"training": len(train), "test": len(test)}, "ours": own, "peers": peers,
    "ratios": {name: own["spam_f1"] / peer["spam_f1"] for name, peer in peers.items()}}))
