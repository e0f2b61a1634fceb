#!/usr/bin/env python3
"""Times ALS and the top 100 of each user in implicit (pip install implicit), and prints a line of JSON.

    scripts/bench als-fit --users 50000 --beside implicit='scripts/peers/als.py 50000'

The pairs follow the same law as those of AlsBench, which draws its own: users are uniform, an item is
the third power of a uniform number, doubles are merged, each pair counts once.
"""
import json
import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # implicit has threads of its own

import numpy
from implicit.cpu.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix

users = int(sys.argv[1])
items, events = users // 5, 40 * users
draw = numpy.random.default_rng(1)
pairs = csr_matrix(
    (numpy.ones(events, numpy.float32),
     (draw.integers(0, users, events), (draw.random(events) ** 3 * items).astype(int))),
    shape=(users, items))
pairs.data[:] = 1
model = AlternatingLeastSquares(
    factors=64, regularization=1, alpha=1, iterations=10, num_threads=os.cpu_count())
begun = time.monotonic()
model.fit(pairs, show_progress=False)
fitted = time.monotonic()
model.recommend(numpy.arange(users), pairs, N=100, filter_already_liked_items=False)
print(json.dumps({
    "engine": "implicit", "users": users, "items": items, "pairs": pairs.nnz, "rank": 64,
    "fit_s": round(fitted - begun, 2), "top_s": round(time.monotonic() - fitted, 2)}))
