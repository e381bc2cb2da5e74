"""Clusters a matrix with scikit-learn: cluster.py METHOD MATRIX, METHOD kmeans or gmm; the figures of cluster.ts"""

import json
import sys
import time

import numpy as np

method, path = sys.argv[1:]
with open(path) as file:
    rows = np.array(json.load(file))

if method == "kmeans":
    from sklearn.cluster import KMeans

    def cluster():
        return {"inertia": float(KMeans(n_clusters=8, n_init=10, random_state=42).fit(rows).inertia_)}
else:
    from sklearn.mixture import GaussianMixture

    def cluster():
        mixture = GaussianMixture(n_components=8, random_state=42).fit(rows)
        return {"logLikelihood": float(mixture.score(rows))}


used_before = time.process_time()
started = time.perf_counter()
found = cluster()
print(json.dumps({"fit": time.perf_counter() - started, "cpu": time.process_time() - used_before, **found}))
