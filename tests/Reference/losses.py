#!/usr/bin/python3
"""Writes losses.json: values and gradients of each loss by PyTorch, the facts that LossFactTests checks.

How it was made: Debian 12's python3-torch (1.13.1), `/usr/bin/python3 tests/Reference/losses.py`. All in float64.
Losses that PyTorch lacks are written out with its element-wise functions: logistic log(1 + exp(-t x)), hinge max(0, 1 - t x),
MAPE 100 |x - t| / max(|t|, epsilon).
"""
import json, os
import torch
import torch.nn.functional as F

X = [[1.2, -0.7, 0.3], [-2.0, 0.4, 1.1], [0.0, 3.0, -1.5], [0.6, 0.5, -0.2]]
CLASSES = [0, 2, 1, 1]
SOFT = [[0.7, 0.2, 0.1], [0.0, 0.5, 0.5], [0.1, 0.8, 0.1], [1.0, 0.0, 0.0]]
NUMBERS = [[1.0, -0.5, 2.5], [-2.2, 0.1, -1.0], [0.4, 1.0, -1.2], [0.9, -3.0, 0.7]]
BITS = [[1, 0, 1], [0, 1, 1], [0, 0, 1], [1, 1, 0]]
SIGNS = [[2 * b - 1 for b in row] for row in BITS]
WEIGHTS = [0.5, 2.0, 1.25]

w = torch.tensor(WEIGHTS, dtype=torch.float64)
CASES = [
    ("CrossEntropy", {}, CLASSES, lambda x, t: F.cross_entropy(x, t)),
    ("CrossEntropy", dict(ClassWeights=WEIGHTS), CLASSES, lambda x, t: F.cross_entropy(x, t, weight=w)),
    ("CrossEntropy", dict(LabelSmoothing=0.1), CLASSES, lambda x, t: F.cross_entropy(x, t, label_smoothing=0.1)),
    ("CrossEntropy", dict(LabelSmoothing=0.2, ClassWeights=WEIGHTS), CLASSES, lambda x, t: F.cross_entropy(x, t, weight=w, label_smoothing=0.2)),
    ("CrossEntropy", {}, SOFT, lambda x, t: F.cross_entropy(x, t)),
    ("CrossEntropy", dict(LabelSmoothing=0.1, ClassWeights=WEIGHTS), SOFT, lambda x, t: F.cross_entropy(x, t, weight=w, label_smoothing=0.1)),
    ("NLL", {}, CLASSES, lambda x, t: F.nll_loss(x, t)),
    ("NLL", dict(ClassWeights=WEIGHTS), CLASSES, lambda x, t: F.nll_loss(x, t, weight=w)),
    ("BCEWithLogits", {}, BITS, lambda x, t: F.binary_cross_entropy_with_logits(x, t)),
    ("BCEWithLogits", dict(PositiveWeight=2.5), BITS, lambda x, t: F.binary_cross_entropy_with_logits(x, t, pos_weight=torch.tensor(2.5, dtype=torch.float64))),
    ("MSE", {}, NUMBERS, lambda x, t: F.mse_loss(x, t)),
    ("MAE", {}, NUMBERS, lambda x, t: F.l1_loss(x, t)),
    ("Huber", {}, NUMBERS, lambda x, t: F.huber_loss(x, t)),
    ("Huber", dict(Delta=0.4), NUMBERS, lambda x, t: F.huber_loss(x, t, delta=0.4)),
    ("SmoothL1", {}, NUMBERS, lambda x, t: F.smooth_l1_loss(x, t)),
    ("SmoothL1", dict(Beta=0.4), NUMBERS, lambda x, t: F.smooth_l1_loss(x, t, beta=0.4)),
    ("MAPE", {}, NUMBERS, lambda x, t: (100 * (x - t).abs() / t.abs().clamp_min(1e-12)).mean()),
    ("MAPE", dict(Epsilon=0.8), NUMBERS, lambda x, t: (100 * (x - t).abs() / t.abs().clamp_min(0.8)).mean()),
    ("Logistic", {}, SIGNS, lambda x, t: torch.log1p(torch.exp(-t * x)).mean()),
    ("Hinge", {}, SIGNS, lambda x, t: (1 - t * x).clamp_min(0).mean()),
]

def run(name, settings, target, f):
    x = torch.tensor(X, dtype=torch.float64, requires_grad=True)
    t = torch.tensor(target) if target is CLASSES else torch.tensor(target, dtype=torch.float64)
    loss = f(x, t)
    loss.backward()
    return dict(loss=name, settings=settings, target=target, value=loss.item(), gradient=x.grad.tolist())

facts = {"made": f"PyTorch {torch.__version__}, float64", "outputs": X, "cases": [run(*case) for case in CASES]}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "losses.json"), "w") as f:
    json.dump(facts, f, indent=1)
    f.write("\n")
