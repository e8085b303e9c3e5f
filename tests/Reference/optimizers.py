#!/usr/bin/python3
"""Writes optimizers.json: 50 steps of each optimizer by PyTorch, the facts that OptimizerFactTests checks.

How it was made: Debian 12's python3-torch (1.13.1), `/usr/bin/python3 tests/Reference/optimizers.py`.
The problem is a function of w alone, so no network is needed: f(w) = sum_i c_i (w_i - t_i)^2 / 2 + a * sum_i sin(3 w_i), whose gradient
c (w - t) + 3 a cos(3 w) is computed in float64 and handed over as the optimizer's gradient. All in float64, so the facts are exact to 15 digits.
Stored are w after steps 1, 2, 10 and 50. LBFGS, which computes the loss several times in a step, has a problem of its own (run_closure).
"""
import json, os
import torch

W0 = [0.5, -1.25, 2.0, 0.01, -3.0, 1.5]
C = [1.0, 0.2, 3.0, 0.05, 1.5, 0.7]
T = [-0.3, 0.8, 1.0, -2.0, 0.25, 1.4]
A = 0.1

def normalised(make):
    """The optimizer on gradients divided by their 2-norm, by PyTorch's functions."""
    def start(parameters, **settings):
        optimizer = make(parameters, **settings)
        step = optimizer.step
        def normalised_step():
            for p in parameters:
                p.grad /= p.grad.norm()
            step()
        optimizer.step = normalised_step
        return optimizer
    return start

CASES = [
    ("SGD", {}, torch.optim.SGD, dict(lr=1e-3)),
    ("SGD", dict(LearningRate=0.1, Momentum=0.9), torch.optim.SGD, dict(lr=0.1, momentum=0.9)),
    ("SGD", dict(LearningRate=0.05, Momentum=0.8, Nesterov=True, WeightDecay=0.01), torch.optim.SGD, dict(lr=0.05, momentum=0.8, nesterov=True, weight_decay=0.01)),
    ("SGD", dict(LearningRate=0.1, Momentum=0.9, Dampening=0.5), torch.optim.SGD, dict(lr=0.1, momentum=0.9, dampening=0.5)),
    ("SGD", dict(LearningRate=0.05, NormaliseGradient=True), normalised(torch.optim.SGD), dict(lr=0.05)),
    ("SGD", dict(LearningRate=0.02, Momentum=0.7, Nesterov=True, NormaliseGradient=True), normalised(torch.optim.SGD), dict(lr=0.02, momentum=0.7, nesterov=True)),
    ("Adagrad", {}, torch.optim.Adagrad, {}),
    ("Adagrad", dict(LearningRate=0.3, LearningRateDecay=0.02, InitialAccumulator=0.1, WeightDecay=0.05), torch.optim.Adagrad,
     dict(lr=0.3, lr_decay=0.02, initial_accumulator_value=0.1, weight_decay=0.05)),
    ("RMSprop", {}, torch.optim.RMSprop, {}),
    ("RMSprop", dict(LearningRate=0.02, Alpha=0.9, Momentum=0.5, Centered=True, WeightDecay=0.01), torch.optim.RMSprop,
     dict(lr=0.02, alpha=0.9, momentum=0.5, centered=True, weight_decay=0.01)),
    ("RMSprop", dict(Centered=True, Eps=1e-4), torch.optim.RMSprop, dict(centered=True, eps=1e-4)),
    ("Adadelta", {}, torch.optim.Adadelta, {}),
    ("Adadelta", dict(LearningRate=0.5, Rho=0.95, Eps=1e-4, WeightDecay=0.02), torch.optim.Adadelta, dict(lr=0.5, rho=0.95, eps=1e-4, weight_decay=0.02)),
    ("Adam", {}, torch.optim.Adam, {}),
    ("Adam", dict(LearningRate=0.05, Beta1=0.8, Beta2=0.95, Eps=1e-6, WeightDecay=0.1), torch.optim.Adam,
     dict(lr=0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)),
    ("Adam", dict(LearningRate=0.05, AmsGrad=True), torch.optim.Adam, dict(lr=0.05, amsgrad=True)),
    ("NAdam", {}, "nadam", {}),
    ("NAdam", dict(LearningRate=0.02, Beta1=0.8, Beta2=0.99, Eps=1e-6, WeightDecay=0.1, MomentumDecay=0.02), "nadam",
     dict(lr=0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1, momentum_decay=0.02)),
    ("RAdam", {}, torch.optim.RAdam, {}),
    ("RAdam", dict(LearningRate=0.05, Beta1=0.8, Beta2=0.95, Eps=1e-6, WeightDecay=0.1), torch.optim.RAdam,
     dict(lr=0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)),
    ("AdamW", {}, torch.optim.AdamW, {}),
    ("AdamW", dict(LearningRate=0.05, WeightDecay=0.2, AmsGrad=True), torch.optim.AdamW, dict(lr=0.05, weight_decay=0.2, amsgrad=True)),
]

def nadam(parameters, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, momentum_decay=4e-3):
    """NAdam as PyTorch documents it (its documentation's algorithm). 1.13 itself multiplies the last mu twice into the product; 2.0 mended that."""
    class NAdam:
        t, product, m, v = 0, 1.0, None, None
        def step(self):
            p = parameters[0]
            g = p.grad + weight_decay * p.detach()
            self.t += 1
            mu, after = (betas[0] * (1 - 0.5 * 0.96 ** (t * momentum_decay)) for t in (self.t, self.t + 1))
            self.product *= mu
            self.m = (1 - betas[0]) * g if self.m is None else betas[0] * self.m + (1 - betas[0]) * g
            self.v = (1 - betas[1]) * g * g if self.v is None else betas[1] * self.v + (1 - betas[1]) * g * g
            mean = after * self.m / (1 - self.product * after) + (1 - mu) * g / (1 - self.product)
            with torch.no_grad():
                p -= lr * mean / ((self.v / (1 - betas[1] ** self.t)).sqrt() + eps)
    return NAdam()

CLOSURE_CASES = [
    (dict(), dict(line_search_fn="strong_wolfe")),
    (dict(MaxIterations=1), dict(line_search_fn="strong_wolfe", max_iter=1)),
    (dict(MaxIterations=3, HistorySize=4, LearningRate=0.5), dict(line_search_fn="strong_wolfe", max_iter=3, history_size=4, lr=0.5)),
    (dict(LearningRate=0.02, LineSearch="None", MaxIterations=2, HistorySize=5), dict(lr=0.02, max_iter=2, history_size=5)),
    (dict(LearningRate=0.05, LineSearch="None", MaxIterations=6, MaxEvaluations=4, ChangeTolerance=1e-7), dict(lr=0.05, max_iter=6, max_eval=4, tolerance_change=1e-7)),
]

def rosenbrock(w):
    return (100 * (w[1:] - w[:-1] ** 2) ** 2 + (1 - w[:-1]) ** 2).sum()

def run_closure(settings):
    """50 steps of LBFGS down Rosenbrock's function of six numbers; stored are w and the number of evaluations after steps 1, 2, 10 and 50."""
    w = torch.tensor(W0, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([w], **settings)
    at, count = {}, [0]
    def closure():
        optimizer.zero_grad()
        loss = rosenbrock(w)
        loss.backward()
        count[0] += 1
        return loss
    for step in range(1, 51):
        optimizer.step(closure)
        if step in (1, 2, 10, 50):
            at[str(step)] = dict(weights=w.detach().tolist(), evaluations=count[0])
    return at

def run(make, settings):
    w = torch.tensor(W0, dtype=torch.float64, requires_grad=True)
    c, t = torch.tensor(C, dtype=torch.float64), torch.tensor(T, dtype=torch.float64)
    optimizer = (nadam if make == "nadam" else make)([w], **settings)
    at = {}
    for step in range(1, 51):
        w.grad = (c * (w - t) + 3 * A * torch.cos(3 * w)).detach()
        optimizer.step()
        if step in (1, 2, 10, 50):
            at[str(step)] = w.detach().tolist()
    return at

facts = {
    "made": f"PyTorch {torch.__version__}, float64",
    "start": W0, "curvature": C, "target": T, "ripple": A,
    "cases": [dict(optimizer=name, settings=ours, weights=run(make, theirs)) for name, ours, make, theirs in CASES],
    "closureCases": [dict(optimizer="LBFGS", settings=ours, steps=run_closure(theirs)) for ours, theirs in CLOSURE_CASES],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "optimizers.json"), "w") as f:
    json.dump(facts, f, indent=1)
    f.write("\n")
