"""Mean squared errors of ridge regression on held-out folds: scikit-learn's numbers for tests/DLExperiments.Core.Tests/Sweeps/RidgeSelectionTests.cs.

python3 ridge.py <housing.csv> > ridge.json     (Debian: python3-sklearn)
"""
import json
import sys

import numpy
import sklearn
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold

table = numpy.loadtxt(sys.argv[1], delimiter=",")
table = (table - table.mean(0)) / table.std(0)
x, y = table[:, :-1], table[:, -1]
# 506 rows are 11 folds of 46: consecutive ones are the same wherever they are made.
errors = {}
for penalty in (1e-3, 1e-2, 1e-1, 1.0):
    errors[str(penalty)] = []
    for train, held in KFold(11).split(x):
        # The training loss here is a mean and scikit-learn's a sum: alpha = n lambda.
        model = Ridge(alpha=len(train) * penalty).fit(x[train], y[train])
        errors[str(penalty)].append(float(((model.predict(x[held]) - y[held]) ** 2).mean()))
json.dump({"sklearn": sklearn.__version__, "errors": errors}, sys.stdout, indent=1)
