#!/usr/bin/env python3
"""Times both sets of trees in xgboost (pip install xgboost scikit-learn), and prints a line of JSON.

    scripts/bench intent-fit --users 1000 --beside xgboost='scripts/peers/trees.py 1000'

The matrix follows the same law as that of IntentBench, which draws its own, and the trees have the
defaults of the settings under intent.
"""
import json
import os
import sys
import time

import numpy
import xgboost

CANDIDATES, FEATURES, TREES = 100, 75, 100

users = int(sys.argv[1])
rows = users * CANDIDATES
draw = numpy.random.default_rng(1)
values = draw.random((rows, FEATURES), dtype=numpy.float32)
odds = values[:, 0] + 2 * values[:, 1] - values[:, 2] - 4
labels = (draw.random(rows) < 1 / (1 + numpy.exp(-odds))).astype(numpy.float32)
parameters = {
    "max_depth": 5, "eta": 0.1, "min_child_weight": 5, "lambda": 1, "subsample": 0.8,
    "colsample_bytree": 0.4, "tree_method": "hist", "nthread": os.cpu_count(), "seed": 1}
begun = time.monotonic()
probabilities = xgboost.train(
    {**parameters, "objective": "binary:logistic"},
    xgboost.QuantileDMatrix(values, labels), TREES)
order = xgboost.train(
    {**parameters, "objective": "rank:ndcg"},
    xgboost.QuantileDMatrix(values, labels, qid=numpy.arange(rows) // CANDIDATES), TREES)
fitted = time.monotonic()
matrix = xgboost.DMatrix(values)
probabilities.predict(matrix)
order.predict(matrix)
print(json.dumps({
    "engine": "xgboost", "rows": rows, "features": FEATURES, "trees": TREES,
    "fit_s": round(fitted - begun, 2), "score_s": round(time.monotonic() - fitted, 2)}))
