#!/usr/bin/python3
"""Writes losses.json: values and gradients of each loss by PyTorch, the facts that LossFactTests checks.

How it was made: Debian 12's python3-torch (1.13.1), `/usr/bin/python3 tests/Reference/losses.py`. All in float64.
Losses that PyTorch lacks are written out with its element-wise functions: logistic log(1 + exp(-t x)), hinge max(0, 1 - t x),
MAPE 100 |x - t| / max(|t|, epsilon), and those below.
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

# Two images of one channel for the losses on images, large enough for four scales; smooth with noise, from a fixed formula.
def image(phase, size=96):
    y, x = torch.meshgrid(torch.arange(size, dtype=torch.float64), torch.arange(size, dtype=torch.float64), indexing="ij")
    return 0.5 + 0.3 * torch.sin(0.21 * x + phase) * torch.cos(0.17 * y - phase) + 0.1 * torch.sin(7.3 * x * y + phase)

PROBABILITIES = [[0.8, 0.3, 0.6], [0.1, 0.55, 0.9], [0.5, 0.99, 0.2], [0.7, 0.4, 0.35]]
# Maps of classes: two rows of 3 classes on 2 x 2 positions.
MAPS = [1.2, -0.7, 0.3, 0.5, -2.0, 0.4, 1.1, 0.0, 0.0, 3.0, -1.5, 0.2, 0.6, 0.5, -0.2, 1.0, -0.4, 0.9, 0.1, -1.1, 2.0, 0.3, -0.6, 0.8]
MAP_CLASSES = [0, 2, 1, 1, 2, 0, 0, 1]

def focal(x, t, gamma, weight=None):
    p = F.softmax(x, 1)
    pt = p.gather(1, t.unsqueeze(1)).squeeze(1)
    losses = (1 - pt) ** gamma * F.nll_loss(p.log(), t, weight=weight, reduction="none")
    return losses.mean() if weight is None else losses.sum() / weight[t].sum()

def sigmoid_focal(x, t, gamma, alpha):
    p = torch.sigmoid(x)
    pt, a = torch.where(t == 1, p, 1 - p), torch.where(t == 1, torch.tensor(alpha).double(), torch.tensor(1 - alpha).double())
    return ((a if alpha >= 0 else 1) * (1 - pt) ** gamma * -pt.log()).mean()

def dice(x, t, smooth=1.0, weight=None):
    p, t = F.softmax(x, 1).flatten(2), F.one_hot(t, x.shape[1]).movedim(-1, 1).flatten(2).double()
    c = 1 - (2 * (p * t).sum(2) + smooth) / ((p + t).sum(2) + smooth)
    return c.mean() if weight is None else ((c * weight).sum(1) / weight.sum()).mean()

def binary_dice(x, t, smooth=1.0):
    p, t = torch.sigmoid(x).flatten(1), t.flatten(1)
    return (1 - (2 * (p * t).sum(1) + smooth) / ((p + t).sum(1) + smooth)).mean()

def berhu(x, t, d):
    e = (x - t).abs()
    return torch.where(e <= d, e, (e ** 2 + d ** 2) / (2 * d)).mean()

def ssim_parts(x, t, r):
    """Similarity and structure of Wang et al. 2004 by windows taken out one by one (unfold), not by convolution."""
    g = torch.exp(-torch.tensor([(i - 5) ** 2 for i in range(11)], dtype=torch.float64) / 4.5)
    w = torch.outer(g, g).flatten()
    w = w / w.sum()
    a, b = (F.unfold(z, 11) for z in (x, t))
    w = w.view(1, -1, 1)
    ma, mb = (w * a).sum(1, keepdim=True), (w * b).sum(1, keepdim=True)
    va, vb, cov = (w * (a - ma) ** 2).sum(1), (w * (b - mb) ** 2).sum(1), (w * (a - ma) * (b - mb)).sum(1)
    ma, mb, c1, c2 = ma.squeeze(1), mb.squeeze(1), (0.01 * r) ** 2, (0.03 * r) ** 2
    s = (2 * cov + c2) / (va + vb + c2)
    return ((2 * ma * mb + c1) / (ma ** 2 + mb ** 2 + c1) * s).mean(1), s.mean(1)

def msssim(x, t, scales, r=1.0):
    e = torch.tensor([0.0448, 0.2856, 0.3001, 0.2363, 0.1333][:scales], dtype=torch.float64)
    e = e / e.sum() * (0.0448 + 0.2856 + 0.3001 + 0.2363 + 0.1333)
    value = 1
    for i in range(scales):
        similarity, structure = ssim_parts(x, t, r)
        value = value * (similarity if i == scales - 1 else structure) ** e[i]
        x, t = F.avg_pool2d(x, 2), F.avg_pool2d(t, 2)
    return 1 - value.mean()

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
    ("Focal", {}, CLASSES, lambda x, t: focal(x, t, 2)),
    ("Focal", dict(Gamma=0), CLASSES, lambda x, t: F.cross_entropy(x, t)),
    ("Focal", dict(Gamma=1.5, ClassWeights=WEIGHTS), CLASSES, lambda x, t: focal(x, t, 1.5, w)),
    ("BinaryFocal", {}, BITS, lambda x, t: sigmoid_focal(x, t, 2, 0.25)),
    ("BinaryFocal", dict(Gamma=0.5, Alpha=-1), BITS, lambda x, t: sigmoid_focal(x, t, 0.5, -1)),
    ("Dice", {}, CLASSES, lambda x, t: dice(x.unsqueeze(2), t.unsqueeze(1))),
    ("BinaryDice", {}, BITS, lambda x, t: binary_dice(x, t)),
    ("BinaryDice", dict(Smooth=0.1), BITS, lambda x, t: binary_dice(x, t, 0.1)),
    ("BerHu", {}, NUMBERS, lambda x, t: berhu(x, t, 1.0)),
    ("BerHu", dict(Delta=0.4), NUMBERS, lambda x, t: berhu(x, t, 0.4)),
    ("L0", {}, NUMBERS, lambda x, t: ((x - t).abs() + 1e-8).sqrt().mean()),
    ("L0", dict(Gamma=1.7, Eps=1e-3), NUMBERS, lambda x, t: (((x - t).abs() + 1e-3) ** 1.7).mean()),
    ("PSNR", {}, NUMBERS, lambda x, t: (10 * torch.log10(((x - t) ** 2).mean(1) + 1e-10)).mean()),
    ("PSNR", dict(DataRange=4, Eps=1e-3), NUMBERS, lambda x, t: (10 * torch.log10(((x - t) ** 2).mean(1) / 16 + 1e-3)).mean()),
    ("MSE", dict(Reduction="BatchMean"), NUMBERS, lambda x, t: F.mse_loss(x, t, reduction="sum") / 4),
    ("BCEWithLogits", dict(Reduction="BatchMean"), BITS, lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="sum") / 4),
    ("CrossEntropy", dict(Reduction="BatchMean", ClassWeights=WEIGHTS), CLASSES, lambda x, t: F.cross_entropy(x, t, weight=w, reduction="sum") / 4),
    ("MSE", dict(Reduction="Sum"), NUMBERS, lambda x, t: F.mse_loss(x, t, reduction="sum")),
    ("MAE", dict(Reduction="Sum"), NUMBERS, lambda x, t: F.l1_loss(x, t, reduction="sum")),
    ("Huber", dict(Reduction="Sum", Delta=0.4), NUMBERS, lambda x, t: F.huber_loss(x, t, reduction="sum", delta=0.4)),
    ("SmoothL1", dict(Reduction="Sum"), NUMBERS, lambda x, t: F.smooth_l1_loss(x, t, reduction="sum")),
    ("MAPE", dict(Reduction="Sum"), NUMBERS, lambda x, t: (100 * (x - t).abs() / t.abs().clamp_min(1e-12)).sum()),
    ("BerHu", dict(Reduction="Sum"), NUMBERS, lambda x, t: berhu(x, t, 1.0) * x.numel()),
    ("L0", dict(Reduction="Sum"), NUMBERS, lambda x, t: ((x - t).abs() + 1e-8).sqrt().sum()),
    ("PSNR", dict(Reduction="Sum"), NUMBERS, lambda x, t: (10 * torch.log10(((x - t) ** 2).mean(1) + 1e-10)).sum()),
    ("Logistic", dict(Reduction="Sum"), SIGNS, lambda x, t: torch.log1p(torch.exp(-t * x)).sum()),
    ("Hinge", dict(Reduction="Sum"), SIGNS, lambda x, t: (1 - t * x).clamp_min(0).sum()),
    ("BCEWithLogits", dict(Reduction="Sum", PositiveWeight=2.5), BITS, lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="sum", pos_weight=torch.tensor(2.5, dtype=torch.float64))),
    ("BCE", dict(Reduction="Sum"), BITS, lambda x, t: F.binary_cross_entropy(x, t, reduction="sum"), PROBABILITIES),
    ("BinaryFocal", dict(Reduction="Sum"), BITS, lambda x, t: sigmoid_focal(x, t, 2, 0.25) * x.numel()),
    ("BinaryDice", dict(Reduction="Sum"), BITS, lambda x, t: binary_dice(x, t) * 4),
    ("CrossEntropy", dict(Reduction="Sum"), CLASSES, lambda x, t: F.cross_entropy(x, t, reduction="sum")),
    ("CrossEntropy", dict(Reduction="Sum", ClassWeights=WEIGHTS, LabelSmoothing=0.2), CLASSES, lambda x, t: F.cross_entropy(x, t, weight=w, label_smoothing=0.2, reduction="sum")),
    ("CrossEntropy", dict(Reduction="Sum", ClassWeights=WEIGHTS), SOFT, lambda x, t: F.cross_entropy(x, t, weight=w, reduction="sum")),
    ("CrossEntropy", dict(Reduction="Sum", ClassWeights=WEIGHTS), MAP_CLASSES, lambda x, t: F.cross_entropy(x, t, weight=w, reduction="sum"), MAPS, [2, 3, 2, 2]),
    ("NLL", dict(Reduction="Sum", ClassWeights=WEIGHTS), CLASSES, lambda x, t: F.nll_loss(x, t, weight=w, reduction="sum")),
    ("Focal", dict(Reduction="Sum"), CLASSES, lambda x, t: focal(x, t, 2) * 4),
    ("Dice", dict(Reduction="Sum"), MAP_CLASSES, lambda x, t: dice(x, t) * 2, MAPS, [2, 3, 2, 2]),
    ("BCE", {}, BITS, lambda x, t: F.binary_cross_entropy(x, t), PROBABILITIES),
    ("CrossEntropy", dict(ClassWeights=WEIGHTS), MAP_CLASSES, lambda x, t: F.cross_entropy(x, t, weight=w), MAPS, [2, 3, 2, 2]),
    ("CrossEntropy", dict(Reduction="BatchMean"), MAP_CLASSES, lambda x, t: F.cross_entropy(x, t, reduction="sum") / 2, MAPS, [2, 3, 2, 2]),
    ("Focal", {}, MAP_CLASSES, lambda x, t: focal(x, t, 2), MAPS, [2, 3, 2, 2]),
    ("Dice", {}, MAP_CLASSES, lambda x, t: dice(x, t), MAPS, [2, 3, 2, 2]),
    ("Dice", dict(Smooth=0.5, ClassWeights=WEIGHTS), MAP_CLASSES, lambda x, t: dice(x, t, 0.5, w), MAPS, [2, 3, 2, 2]),
]

# Losses on images: value, and the gradient at some places only.
IMAGE_CASES = [
    ("SSIM", {}, lambda x, t: 1 - ssim_parts(x, t, 1.0)[0].mean()),
    ("SSIM", dict(DataRange=2), lambda x, t: 1 - ssim_parts(x, t, 2.0)[0].mean()),
    ("MSSSIM", dict(Scales=1), lambda x, t: msssim(x, t, 1)),
    ("MSSSIM", dict(Scales=4), lambda x, t: msssim(x, t, 4)),
]
PLACES = [0, 700, 4000, 9215]

def run_image(name, settings, f):
    x, t = image(0.0).view(1, 1, 96, 96).requires_grad_(True), image(0.6).view(1, 1, 96, 96)
    loss = f(x, t)
    loss.backward()
    return dict(loss=name, settings=settings, value=loss.item(), gradient=x.grad.flatten()[PLACES].tolist())

def run(name, settings, target, f, outputs=X, shape=[4, 3]):
    x = torch.tensor(outputs, dtype=torch.float64).view(shape).requires_grad_(True)
    index = target is CLASSES or target is MAP_CLASSES
    t = torch.tensor(target) if index else torch.tensor(target, dtype=torch.float64)
    loss = f(x, t.view([shape[0]] + shape[2:]) if index else t)
    loss.backward()
    return dict(loss=name, settings=settings, outputs=torch.tensor(outputs, dtype=torch.float64).flatten().tolist(),
                shape=shape, target=target, value=loss.item(), gradient=x.grad.flatten().tolist())

facts = {"made": f"PyTorch {torch.__version__}, float64", "cases": [run(*case) for case in CASES],
         "places": PLACES, "imageCases": [run_image(*case) for case in IMAGE_CASES]}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "losses.json"), "w") as f:
    json.dump(facts, f, indent=1)
    f.write("\n")
