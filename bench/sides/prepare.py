"""Does with scikit-learn what prepare.ts does: prepare.py TABLE; prints the same figure."""

import json
import sys
import time

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, PowerTransformer, QuantileTransformer, StandardScaler

SHAPES = {
    "log1p": lambda: FunctionTransformer(np.log1p),
    "box-cox": lambda: PowerTransformer("box-cox", standardize=False),
    "yeo-johnson": lambda: PowerTransformer("yeo-johnson", standardize=False),
    "quantile-normal": lambda: QuantileTransformer(output_distribution="normal", subsample=None),
}

with open(sys.argv[1], encoding="utf-8") as file:
    table = json.load(file)
plan = table["plan"]
X = np.array([table["columns"][p["name"]] for p in plan], dtype=float).T
started = time.perf_counter()
steps = [
    (p["name"], make_pipeline(SimpleImputer(strategy="median"), SHAPES[p["transform"]](), StandardScaler()), [j])
    for j, p in enumerate(plan)
]
prepared = ColumnTransformer(steps).fit_transform(X)
fit = time.perf_counter() - started
print(json.dumps({"fit": fit, "first": float(prepared[0, 0])}))
