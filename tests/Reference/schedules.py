#!/usr/bin/python3
"""Writes schedules.json: the learning rates of PyTorch's schedulers, the facts that ScheduleFactTests checks.

How it was made: Debian 12's python3-torch (1.13.1), `/usr/bin/python3 tests/Reference/schedules.py`.
Each case stores the rate in force during each of the first `count` places (epochs or steps), so the first is that before any scheduler.step().
Plateau cases also store the metric that was handed to scheduler.step() after each place.
"""
import json, os, warnings
import torch
from torch.optim.lr_scheduler import *

warnings.simplefilter("ignore")

def optimizer(rate):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate, momentum=0.9)

def rates(make, rate, count, metric=None):
    o = optimizer(rate)
    s = make(o)
    seen = []
    for i in range(count):
        seen.append(o.param_groups[0]["lr"])
        o.step()
        s.step(metric[i]) if metric else s.step()
    return seen

def momenta(make, rate, count):
    o = optimizer(rate)
    s = make(o)
    seen = []
    for i in range(count):
        seen.append(o.param_groups[0]["momentum"])
        o.step()
        s.step()
    return seen

def warm(count, factor, then):
    return lambda o: SequentialLR(o, [LinearLR(o, start_factor=factor, total_iters=count), then(o)], milestones=[count])

CASES = [
    # name, our settings, learning rate, total places of the training, theirs, places stored
    ("Step", dict(StepSize=3), 1e-3, 10, lambda o: StepLR(o, 3, gamma=0.1), 10),
    ("Step", dict(StepSize=5, Gamma=0.5), 0.2, 30, lambda o: StepLR(o, 5, gamma=0.5), 30),
    ("MultiStep", dict(Milestones=[3, 8, 8, 20], Gamma=0.3), 0.1, 30, lambda o: MultiStepLR(o, [3, 8, 8, 20], gamma=0.3), 30),
    ("Exponential", dict(Gamma=0.9), 0.05, 30, lambda o: ExponentialLR(o, 0.9), 30),
    ("Cosine", {}, 0.1, 20, lambda o: CosineAnnealingLR(o, 20), 20),
    ("Cosine", dict(Period=7, MinimumRate=0.01), 0.1, 30, lambda o: CosineAnnealingLR(o, 7, eta_min=0.01), 30),
    ("Cosine", dict(Period=7, MinimumRate=0.01, Restart=True), 0.1, 30, lambda o: CosineAnnealingWarmRestarts(o, 7, eta_min=0.01), 30),
    ("Cosine", dict(Period=3, PeriodFactor=2, Restart=True), 0.1, 50, lambda o: CosineAnnealingWarmRestarts(o, 3, T_mult=2), 50),
    ("Cosine", dict(WarmUp=5, WarmUpFactor=0.1), 0.1, 25, warm(5, 0.1, lambda o: CosineAnnealingLR(o, 20)), 25),
    ("Linear", dict(StartFactor=1 / 3, EndFactor=1.0, Period=5), 0.3, 12, lambda o: LinearLR(o), 12),
    ("Linear", dict(EndFactor=0.05), 0.3, 12, lambda o: LinearLR(o, start_factor=1, end_factor=0.05, total_iters=12), 12),
    ("Constant", dict(WarmUp=4, WarmUpFactor=0.25), 0.3, 12, lambda o: LinearLR(o, start_factor=0.25, total_iters=4), 12),
    ("OneCycle", {}, 0.1, 50, lambda o: OneCycleLR(o, 0.1, total_steps=50), 50),
    ("OneCycle", dict(Linear=True, RisingShare=0.4, DivisionFactor=10.0, FinalDivisionFactor=100.0), 0.1, 37,
     lambda o: OneCycleLR(o, 0.1, total_steps=37, pct_start=0.4, anneal_strategy="linear", div_factor=10, final_div_factor=100), 37),
    ("OneCycle", dict(ThreePhase=True), 0.1, 40, lambda o: OneCycleLR(o, 0.1, total_steps=40, three_phase=True), 40),
    ("Cyclic", dict(MaximumRate=0.1, Rise=5), 0.01, 40, lambda o: CyclicLR(o, 0.01, 0.1, step_size_up=5), 40),
    ("Cyclic", dict(MaximumRate=0.1, Rise=4, Fall=6, Shape="Triangular2"), 0.01, 40, lambda o: CyclicLR(o, 0.01, 0.1, step_size_up=4, step_size_down=6, mode="triangular2"), 40),
    ("Cyclic", dict(MaximumRate=0.1, Rise=4, Shape="ExponentialRange", Gamma=0.97), 0.01, 40, lambda o: CyclicLR(o, 0.01, 0.1, step_size_up=4, mode="exp_range", gamma=0.97), 40),
]

# Validation losses of the kind that a training of a classifier shows, and accuracies.
LOSS = [.161, .104, .0843, .0785, .0741, .0699, .0702, .0698, .0731, .0755, .0702, .0690, .0701, .0695, .0694, .0690, .0720, .0680, .0681, .0682]
RISE = [.90, .93, .95, .955, .954, .956, .956, .9561, .950, .957, .9572, .9573, .958, .957, .957, .956, .955, .954, .953, .952]
PLATEAU = [
    (dict(Factor=.2, Patience=1, Threshold=.01, MinimumRate=1e-5), 1e-3, LOSS, dict(factor=.2, patience=1, threshold=.01, min_lr=1e-5)),
    (dict(Patience=0, Cooldown=2, Factor=.5), .1, LOSS, dict(patience=0, cooldown=2, factor=.5)),
    (dict(Patience=1, Absolute=True, Threshold=.005, Factor=.5), .1, LOSS, dict(patience=1, threshold_mode="abs", threshold=.005, factor=.5)),
    (dict(Mode="Max", Patience=2, Factor=.3, Threshold=.001), .1, RISE, dict(mode="max", patience=2, factor=.3, threshold=.001)),
    (dict(Patience=0, Factor=.1, MinimumRate=1e-3, Eps=1e-3), .02, LOSS, dict(patience=0, factor=.1, min_lr=1e-3, eps=1e-3)),
]

facts = {
    "made": f"PyTorch {torch.__version__}",
    "cases": [dict(schedule=n, settings=s, rate=r, total=t, rates=rates(make, r, c)) for n, s, r, t, make, c in CASES],
    "momenta": [dict(schedule=n, settings=s, rate=r, total=t, momenta=momenta(make, r, c)) for n, s, r, t, make, c in CASES if n in ("OneCycle", "Cyclic")],
    "plateau": [dict(settings=s, rate=r, metric=m, rates=rates(lambda o: ReduceLROnPlateau(o, **theirs), r, len(m), m)) for s, r, m, theirs in PLATEAU],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "schedules.json"), "w") as f:
    json.dump(facts, f, indent=1)
    f.write("\n")
