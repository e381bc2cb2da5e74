"""Embeds a matrix with scikit-learn or umap-learn: embed.py METHOD MATRIX MODE [SCORES], MODE once, check or warm

METHOD is pca, tsne, umap (seeded, and so in one thread) or umap-threads (without a seed, in all threads). Prints the
figures of embed.ts; with SCORES those of our principal components too, as the largest gap to scikit-learn's.
"""

import json
import sys
import time

import numpy as np

method, path, mode, *rest = sys.argv[1:]
with open(path) as file:
    rows = np.array(json.load(file))

if method == "pca":
    from sklearn.decomposition import PCA

    model = PCA(svd_solver="full")
elif method == "tsne":
    from sklearn.manifold import TSNE

    model = TSNE(max_iter=1000, random_state=42)
else:
    from umap import UMAP

    seed = 42 if method == "umap" else None
    model = UMAP(n_neighbors=15, min_dist=0.1, n_epochs=500, random_state=seed)

if mode == "warm":
    model.fit_transform(rows)
used_before = time.process_time()
started = time.perf_counter()
embedding = model.fit_transform(rows)
figures = {"fit": time.perf_counter() - started, "cpu": time.process_time() - used_before}
if mode != "once":
    from sklearn.manifold import trustworthiness

    figures["trustworthiness"] = float(trustworthiness(rows, embedding, n_neighbors=15))
if rest:
    with open(rest[0]) as file:
        figures["largestGap"] = float(np.abs(embedding.ravel() - np.array(json.load(file))).max())
print(json.dumps(figures))
