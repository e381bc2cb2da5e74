"""Clusters a matrix with scipy or scikit-learn: density_and_trees.py METHOD MATRIX; the figures of density-and-trees.ts"""

import json
import sys
import time

import numpy as np

method, path = sys.argv[1:]
with open(path) as file:
    rows = np.array(json.load(file))

if method == "ward":
    from scipy.cluster.hierarchy import linkage

    def cluster():
        return {"heights": float(linkage(rows, "ward")[:, 2].sum())}
else:
    from sklearn.cluster import DBSCAN, HDBSCAN

    if method == "dbscan":
        model = DBSCAN(eps=1.5, min_samples=10)
    else:
        model = HDBSCAN(min_cluster_size=15, min_samples=5, copy=True)

    def cluster():
        labels = model.fit_predict(rows)
        return {"clusters": int(labels.max()) + 1, "noise": int((labels < 0).sum())}


used_before = time.process_time()
started = time.perf_counter()
found = cluster()
print(json.dumps({"fit": time.perf_counter() - started, "cpu": time.process_time() - used_before, **found}))
