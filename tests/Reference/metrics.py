"""Writes metrics.json: what scikit-learn says of awkward predictions, scikit-image of images and NLTK of sentences.

Debian: apt install python3-sklearn python3-skimage python3-nltk; run: python3 metrics.py
"""
import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from sklearn import metrics as m

warnings.simplefilter("ignore")
rng = np.random.default_rng(7)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def classes(name, p, y):
    p, y = np.asarray(p, float), np.asarray(y)
    k = p.shape[1]
    labels, predicted = np.arange(k), p.argmax(axis=1)
    out = {"Accuracy": m.accuracy_score(y, predicted), "LogLoss": m.log_loss(y, p, labels=labels)}
    for average in ("macro", "weighted", "micro"):
        for metric, f in (("Precision", m.precision_score), ("Recall", m.recall_score), ("F1", m.f1_score)):
            out[f"{metric} {average.title()}"] = f(y, predicted, labels=labels, average=average, zero_division=0)
    if k == 2:
        out["Brier"] = m.brier_score_loss(y, p[:, 1])
        if len(set(y)) == 2:
            out["RocAuc Macro"] = m.roc_auc_score(y, p[:, 1])
        if 1 in y:
            out["AveragePrecision Macro"] = m.average_precision_score(y, p[:, 1])
    elif len(set(y)) == k:
        one = np.eye(k)[y]
        for average in ("macro", "weighted", "micro"):
            out[f"RocAuc {average.title()}"] = m.roc_auc_score(one, p, average=average)
            out[f"AveragePrecision {average.title()}"] = m.average_precision_score(one, p, average=average)
        out["TopK"] = m.top_k_accuracy_score(y, p, k=2, labels=labels)
    each = m.precision_recall_fscore_support(y, predicted, labels=labels, zero_division=0)
    per_class = {metric: values.tolist() for metric, values in zip(("Precision", "Recall", "F1"), each)}
    return {"name": name, "perClass": per_class, "probabilities": p.tolist(), "actual": y.tolist(), "expected": out}


def values(name, actual, predicted):
    out = {"MSE": m.mean_squared_error(actual, predicted), "MAE": m.mean_absolute_error(actual, predicted),
           "RMSE": m.mean_squared_error(actual, predicted, squared=False)}
    if len(actual) > 1 and len(set(actual)) > 1:
        out["R2"] = m.r2_score(actual, predicted)
    if all(a != 0 for a in actual):
        out["MAPE"] = 100 * m.mean_absolute_percentage_error(actual, predicted)
    return {"name": name, "actual": list(actual), "predicted": list(predicted), "expected": out}


def similarity(a, b):
    """The maps of scikit-image, cut to the windows that lie inside the image."""
    whole = structural_similarity(a, b, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1, full=True)[1]
    # Without its luminance (K1 huge makes that factor one) the map is contrast and structure.
    part = structural_similarity(a, b, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1, full=True, K1=1e9)[1]
    return whole[5:-5, 5:-5].mean(), part[5:-5, 5:-5].mean()


def multiscale(a, b, scales):
    powers = np.array([.0448, .2856, .3001, .2363, .1333])[:scales]
    powers, product = powers * 1.0001 / powers.sum(), 1  # the sum of the paper's five
    for s, power in enumerate(powers):
        whole, part = similarity(a, b)
        product *= max(0, whole if s == scales - 1 else part) ** power
        a, b = (i[: i.shape[0] // 2 * 2, : i.shape[1] // 2 * 2].reshape(i.shape[0] // 2, 2, i.shape[1] // 2, 2).mean((1, 3)) for i in (a, b))
    return product


def image(name, size, noise, scales):
    a = rng.random(size)
    b = np.clip(a + noise * rng.normal(size=size), 0, 1)
    return {"name": name, "columns": size[1], "scales": scales, "actual": a.ravel().round(6).tolist(), "predicted": b.ravel().round(6).tolist(), "expected": {
        "SSIM": similarity(a.round(6), b.round(6))[0], "MSSSIM": multiscale(a.round(6), b.round(6), scales),
        "PSNR": peak_signal_noise_ratio(a.round(6), b.round(6), data_range=1)}}


def sentence(actual, predicted):
    smooth = SmoothingFunction().method1
    return {"actual": actual, "predicted": predicted, "expected": sentence_bleu([a.split() for a in actual], predicted.split(), smoothing_function=smooth)}


y3 = rng.integers(0, 3, 60)
p3 = softmax(rng.normal(size=(60, 3)) + 1.5 * np.eye(3)[y3])
y2 = rng.integers(0, 2, 40)
p1 = np.clip(.5 + .25 * rng.normal(size=40) + .2 * (y2 - .5), 0, 1)
mask_a, mask_b = rng.integers(0, 3, 200), rng.integers(0, 3, 200)
facts = {
    "source": f"scikit-learn {sklearn.__version__}",
    "classes": [
        classes("three classes", p3, y3),
        classes("two classes, some certain", np.stack([1 - p1, p1], 1), y2),
        classes("ties", np.round(np.stack([1 - p1, p1], 1) * 4) / 4, y2),
        classes("all alike", np.full((6, 2), .5), [0, 1, 1, 0, 1, 1]),
        classes("a class absent", p3[y3 != 1], y3[y3 != 1]),
        classes("one class only", np.stack([1 - p1, p1], 1)[y2 == 1], y2[y2 == 1]),
        classes("single sample", [[.2, .5, .3]], [2]),
        classes("all wrong", [[.9, .1], [.8, .2], [.3, .7], [.1, .9]], [1, 1, 0, 0]),
        classes("certain and wrong", [[1, 0], [0, 1]], [1, 1]),
    ],
    "values": [
        values("some", [3, -.5, 2, 7], [2.5, 0, 2, 8]),
        values("single sample", [2], [2.5]),
        values("all alike", [4, 4, 4], [3, 4, 5]),
        values("far from zero", [1e8 + 1, 1e8 + 2, 1e8 + 4], [1e8 + 1, 1e8 + 3, 1e8 + 4]),
    ],
    "images": [image("one scale", (13, 17), .1, 1), image("two scales, odd sizes", (25, 31), .2, 2), image("three scales", (44, 46), .05, 3)],
    "sentences": [
        sentence(["the cat is on the mat"], "the the the cat mat"), sentence(["a b c d e f g"], "a b c d"), sentence(["a b c"], "c b a"),
        sentence(["it is a guide to action", "it is the guiding principle"], "it is a guide to the action which"), sentence(["a b c d e"], "a b c d e f"),
    ],
    "masks": {"actual": mask_a.tolist(), "predicted": mask_b.tolist(), "expected": {
        "PixelAccuracy": m.accuracy_score(mask_a, mask_b), "IoU": m.jaccard_score(mask_a, mask_b, average="macro"), "Dice": m.f1_score(mask_a, mask_b, average="macro")}},
}
# A line for each case: the pixels of an image on lines of their own would be most of the file.
lines = (f' "{key}": ' + ("[\n  " + ",\n  ".join(map(json.dumps, value)) + "\n ]" if isinstance(value, list) else json.dumps(value)) for key, value in facts.items())
Path(__file__).with_suffix(".json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
