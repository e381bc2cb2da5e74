"""Sweeps K-Means, mixtures and Ward over K = 2..24 with scikit-learn: sweep.py MATRIX MODE, MODE usual or careful

usual fits every model and computes every silhouette afresh, as notebooks do; careful links Ward once, and computes the
distances once for all silhouettes. Prints the seconds of the work and the sums of the objectives over K.
"""

import json
import sys
import time

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.metrics import pairwise_distances, silhouette_score
from sklearn.mixture import GaussianMixture

path, mode = sys.argv[1:]
with open(path) as file:
    rows = np.array(json.load(file))

used_before = time.process_time()
started = time.perf_counter()
is_careful = mode == "careful"
distances = pairwise_distances(rows) if is_careful else None
merges = linkage(rows, "ward") if is_careful else None
inertia = 0.0
log_likelihood = 0.0
separation = 0.0
for k in range(2, 25):
    kmeans = KMeans(n_clusters=k, n_init=10, random_state=42).fit(rows)
    mixture = GaussianMixture(n_components=k, random_state=42).fit(rows)
    if is_careful:
        ward = fcluster(merges, k, "maxclust")
    else:
        ward = AgglomerativeClustering(n_clusters=k, linkage="ward").fit_predict(rows)
    for labels in (kmeans.labels_, mixture.predict(rows), ward):
        if is_careful:
            separation += silhouette_score(distances, labels, metric="precomputed")
        else:
            separation += silhouette_score(rows, labels)
    inertia += kmeans.inertia_
    log_likelihood += mixture.score(rows)
figures = {
    "sweep": time.perf_counter() - started,
    "cpu": time.process_time() - used_before,
    "inertia": float(inertia),
    "logLikelihood": float(log_likelihood),
    "silhouettes": float(separation),
}
print(json.dumps(figures))
