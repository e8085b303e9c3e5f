"""A small MLP in scikit-learn: MLPClassifier or MLPRegressor with 32-bit numbers, one thread. Reads one request a line, answers with one."""
import json
import os
import sys
import time
import warnings

import numpy
import sklearn
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.filterwarnings("ignore")


def run(request):
    sizes, epochs = request["sizes"], request["epochs"]
    x = numpy.fromfile(request["x"], dtype=numpy.float32).reshape(-1, sizes[0])
    y = numpy.fromfile(request["y"], dtype=numpy.float32)
    settings = dict(
        hidden_layer_sizes=tuple(sizes[1:-1]), solver=request["optimizer"].lower(), alpha=0.0, batch_size=request["batch"],
        learning_rate_init=request["rate"], max_iter=epochs, tol=0.0, n_iter_no_change=epochs + 1, momentum=0.9,
        nesterovs_momentum=False, random_state=0)
    classify = request["classify"]
    model = MLPClassifier(**settings) if classify else MLPRegressor(**settings)
    y = y.astype(int) if classify else y
    start, processor = time.perf_counter(), time.process_time()
    model.fit(x, y)
    seconds = time.perf_counter() - start
    processor = time.process_time() - processor
    steps = epochs * ((len(x) + request["batch"] - 1) // request["batch"])
    # The regressor's own loss is half the mean square.
    loss = model.loss_ if classify else float(((model.predict(x) - y) ** 2).mean())
    return {"wall": seconds / steps * 1e6, "cpu": processor / steps * 1e6, "loss": loss, "accuracy": model.score(x, y) if classify else None}


def blas():
    """The library that serves BLAS: Debian's reference implementation is many times slower than OpenBLAS, and the ratios must say so."""
    numpy.ones((4, 4)) @ numpy.ones((4, 4))
    files = {os.path.basename(line.split()[-1]) for line in open("/proc/self/maps") if "blas" in line or "mkl" in line}
    fast = sorted(name for name in files if "openblas" in name or "mkl" in name)
    return fast[0] if fast else "the reference BLAS (slow; install libopenblas0)" if files else "a BLAS of its own"


print(json.dumps({"version": "scikit-learn " + sklearn.__version__, "blas": blas()}), flush=True)
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
