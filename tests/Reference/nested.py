"""Nested cross-validation of ridge regression: scikit-learn's numbers for tests/Module/Nested.Tests.ps1.

python3 nested.py <housing.csv> <folds.json> > nested.json     (Debian: python3-sklearn)

folds.json has the rows of Split-Dataset -Fold 5 -Seed 7 of the 506 rows, and of -Fold 4 -Seed 7 of each training part:
[{"train": [...], "test": [...], "inner": [[...], ...]}, ...], inner numbered as the table is. Scaling is fitted where the ridge is.
"""
import json
import sys

import numpy
import sklearn
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


class MeanRidge(Ridge):
    """Ridge whose loss is a mean and not a sum, so that one lambda means the same for parts of any size: alpha = n lambda."""

    def __init__(self, penalty=1.0):
        super().__init__()
        self.penalty = penalty

    def fit(self, x, y):
        self.alpha = len(y) * self.penalty
        return super().fit(x, y)


class Given:
    """Splits of a part by the numbers that its rows have in the table, which the last column holds."""

    def __init__(self, outer):
        self.outer = outer

    def split(self, x, y=None, groups=None):
        ids = x[:, -1].astype(int)
        fold = next(f for f in self.outer if set(f["train"]) == set(ids))
        for held in fold["inner"]:
            yield numpy.flatnonzero(~numpy.isin(ids, held)), numpy.flatnonzero(numpy.isin(ids, held))

    def get_n_splits(self, x=None, y=None, groups=None):
        return len(self.outer[0]["inner"])


class WithoutId(StandardScaler):
    def fit(self, x, y=None, sample_weight=None):
        return super().fit(x[:, :-1], y, sample_weight)

    def transform(self, x, copy=None):
        return super().transform(x[:, :-1], copy)


table = numpy.loadtxt(sys.argv[1], delimiter=",")
outer = json.load(open(sys.argv[2]))
x, y = numpy.column_stack([table[:, :-1], numpy.arange(len(table))]), table[:, -1]
lambdas = [1e-4, 1e-3, 1e-2, 1e-1, 1.0]
search = GridSearchCV(make_pipeline(WithoutId(), MeanRidge()), {"meanridge__penalty": lambdas}, scoring="neg_mean_squared_error", cv=Given(outer))
scores = -cross_val_score(search, x, y, scoring="neg_mean_squared_error", cv=[(f["train"], f["test"]) for f in outer])
chosen, selected = [], []
for fold in outer:
    search.fit(x[fold["train"]], y[fold["train"]])
    chosen.append(search.best_params_["meanridge__penalty"])
    selected.append(-search.best_score_)
json.dump({"sklearn": sklearn.__version__, "scores": list(scores), "chosen": chosen, "selected": selected, "mean": scores.mean(), "deviation": scores.std(ddof=1)}, sys.stdout, indent=1)
print()
