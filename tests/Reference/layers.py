#!/usr/bin/env python3
"""Writes layers.json beside this file: outputs of PyTorch's layers for given settings, weights and inputs.

Made with Debian 12's python3-torch 1.13.1:  /usr/bin/python3 tests/Reference/layers.py
Each case: the layer's type and settings in the words of DLExperiments, the sample shape, the batch that goes in, the parameters and
buffers before, the output, and the buffers after (training mode). Everything row-major.
"""
import json
import math
import os

import torch
from torch import nn
import torch.nn.functional as F

torch.manual_seed(20240607)
cases = []


class Call(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *x):
        return self.function(*x)


def numbers(tensor):
    return [float(f"{v:.8g}") for v in tensor.detach().double().flatten().tolist()]


def case(kind, module, shape, settings=None, training=False, batch=2, shift=0.0):
    shapes = shape if isinstance(shape, tuple) else (shape,)
    x = [torch.randn(batch, *s) + shift for s in shapes]
    for name, p in list(module.named_parameters()):
        p.data = torch.randn_like(p) * 0.5
    for name, b in list(module.named_buffers()):
        if name == "running_mean":
            b.copy_(torch.randn_like(b) * 0.3)
        if name == "running_var":
            b.copy_(torch.rand_like(b) + 0.5)
    before = {**{n: numbers(p) for n, p in module.named_parameters()}, **{n: numbers(b) for n, b in module.named_buffers()}}
    module.train(training)
    with torch.no_grad():
        y = module(*x)
    after = {n: numbers(b) for n, b in module.named_buffers()} if training else {}
    cases.append({"type": kind, "settings": settings or {}, "training": training, "batch": batch,
                  "shapes": [list(s) for s in shapes], "inputs": [numbers(v) for v in x], "parameters": before,
                  "outputShape": list(y.shape), "output": numbers(y), "after": after})


case("Linear", nn.Linear(5, 3), [5], {"outFeatures": 3})
case("Linear", nn.Linear(5, 3, bias=False), [4, 5], {"outFeatures": 3, "bias": False})

case("Conv1d", nn.Conv1d(2, 3, 3), [2, 8], {"outChannels": 3, "kernelSize": 3})
case("Conv1d", nn.Conv1d(4, 4, 4, padding="same", dilation=2, groups=2), [4, 9],
     {"outChannels": 4, "kernelSize": 4, "padding": "same", "dilation": 2, "groups": 2})
case("Conv1d", nn.Conv1d(2, 3, 3, stride=2, padding=2, padding_mode="circular"), [2, 7],
     {"outChannels": 3, "kernelSize": 3, "stride": 2, "padding": 2, "paddingMode": "Circular"})
case("Conv2d", nn.Conv2d(2, 3, 3), [2, 6, 5], {"outChannels": 3, "kernelSize": 3})
case("Conv2d", nn.Conv2d(2, 3, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), bias=False), [2, 7, 6],
     {"outChannels": 3, "kernelSize": [3, 2], "stride": [2, 1], "padding": [1, 0], "dilation": [1, 2], "bias": False})
case("Conv2d", nn.Conv2d(2, 3, (4, 3), padding="same"), [2, 6, 5], {"outChannels": 3, "kernelSize": [4, 3], "padding": "same"})
case("Conv2d", nn.Conv2d(2, 3, 4, padding="same", padding_mode="reflect"), [2, 6, 5],
     {"outChannels": 3, "kernelSize": 4, "padding": "same", "paddingMode": "Reflect"})
case("Conv2d", nn.Conv2d(4, 8, 3, padding=(2, 1), groups=4, padding_mode="replicate"), [4, 5, 6],
     {"outChannels": 8, "kernelSize": 3, "padding": [2, 1], "groups": 4, "paddingMode": "Replicate"})
case("Conv3d", nn.Conv3d(2, 3, (2, 3, 3), stride=(1, 2, 1), padding=(0, 1, 1)), [2, 4, 5, 4],
     {"outChannels": 3, "kernelSize": [2, 3, 3], "stride": [1, 2, 1], "padding": [0, 1, 1]})
case("ConvTranspose2d", nn.ConvTranspose2d(3, 2, 4, stride=2, padding=1), [3, 4, 5], {"outChannels": 2, "kernelSize": 4, "stride": 2, "padding": 1})
case("ConvTranspose2d", nn.ConvTranspose2d(4, 6, (3, 2), stride=(2, 3), padding=(1, 0), output_padding=(1, 2), groups=2, dilation=(2, 1), bias=False),
     [4, 3, 4], {"outChannels": 6, "kernelSize": [3, 2], "stride": [2, 3], "padding": [1, 0], "outputPadding": [1, 2], "groups": 2,
                 "dilation": [2, 1], "bias": False})

case("MaxPool2d", nn.MaxPool2d(2), [2, 5, 6], {"kernelSize": 2})
case("MaxPool2d", nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True), [2, 6, 7], {"kernelSize": 3, "stride": 2, "padding": 1, "ceilMode": True})
case("MaxPool2d", nn.MaxPool2d((2, 3), stride=(1, 2), dilation=(2, 1)), [2, 6, 7],
     {"kernelSize": [2, 3], "stride": [1, 2], "dilation": [2, 1]})
case("MinPool2d", Call(lambda x: -F.max_pool2d(-x, 2)), [2, 4, 6], {"kernelSize": 2})
case("AvgPool2d", nn.AvgPool2d(3, stride=2, padding=1), [2, 6, 7], {"kernelSize": 3, "stride": 2, "padding": 1})
case("AvgPool2d", nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False), [2, 6, 7],
     {"kernelSize": 3, "stride": 2, "padding": 1, "ceilMode": True, "countIncludePad": False})
case("AdaptiveAvgPool2d", nn.AdaptiveAvgPool2d(1), [3, 5, 7])
case("AdaptiveAvgPool2d", nn.AdaptiveAvgPool2d((2, 3)), [3, 5, 7], {"outputSize": [2, 3]})
case("GlobalAvgPool2d", Call(lambda x: x.mean((2, 3))), [3, 4, 5])
case("GlobalMaxPool2d", Call(lambda x: x.amax((2, 3))), [3, 4, 5])
case("Upsample", nn.Upsample(scale_factor=2), [2, 3, 4], {"scaleFactor": 2})
case("Upsample", nn.Upsample(scale_factor=2, mode="bilinear"), [2, 3, 4], {"scaleFactor": 2, "mode": "Bilinear"})
case("Upsample", nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True), [2, 3, 4],
     {"scaleFactor": 2, "mode": "Bilinear", "alignCorners": True})
case("Upsample", nn.Upsample(size=(5, 7), mode="nearest"), [2, 3, 4], {"size": [5, 7]})

case("Flatten", nn.Flatten(), [2, 3, 4])
case("Flatten", nn.Flatten(2, 3), [2, 3, 4], {"startDim": 1, "endDim": 2})
case("Unflatten", nn.Unflatten(1, (2, 3)), [6, 2], {"sizes": [2, 3]})
case("Reshape", Call(lambda x: x.reshape(-1, 2, 6)), [3, 4], {"shape": [2, 6]})

for training in (False, True):
    case("BatchNorm1d", nn.BatchNorm1d(3), [3], training=training, batch=5)
    case("BatchNorm1d", nn.BatchNorm1d(3, eps=1e-3, momentum=0.3), [3, 4], {"eps": 1e-3, "momentum": 0.3}, training=training, batch=3)
    case("BatchNorm2d", nn.BatchNorm2d(3), [3, 2, 4], training=training)
    case("BatchNorm2d", nn.BatchNorm2d(3, affine=False, track_running_stats=False), [3, 2, 4],
         {"affine": False, "trackRunningStats": False}, training=training)
    case("InstanceNorm2d", nn.InstanceNorm2d(3), [3, 3, 4], training=training)
    case("InstanceNorm2d", nn.InstanceNorm2d(3, affine=True, track_running_stats=True, momentum=0.2), [3, 3, 4],
         {"affine": True, "trackRunningStats": True, "momentum": 0.2}, training=training)
case("LayerNorm", nn.LayerNorm(5), [3, 5])
case("LayerNorm", nn.LayerNorm([3, 5], eps=1e-2), [2, 3, 5], {"normalizedShape": [3, 5], "eps": 1e-2})
case("LayerNorm", nn.LayerNorm(5, elementwise_affine=False), [5], {"elementwiseAffine": False})
case("GroupNorm", nn.GroupNorm(2, 4), [4, 3, 2], {"numGroups": 2})
case("GroupNorm", nn.GroupNorm(1, 4, affine=False), [4, 3], {"numGroups": 1, "affine": False})

for kind, module, settings in [
    ("ReLU", nn.ReLU(), {}), ("LeakyReLU", nn.LeakyReLU(), {}), ("LeakyReLU", nn.LeakyReLU(0.3), {"negativeSlope": 0.3}),
    ("Sigmoid", nn.Sigmoid(), {}), ("Tanh", nn.Tanh(), {}), ("GELU", nn.GELU(), {}), ("GELU", nn.GELU("tanh"), {"tanhApproximation": True}),
    ("SiLU", nn.SiLU(), {}), ("ELU", nn.ELU(), {}), ("ELU", nn.ELU(0.5), {"alpha": 0.5}), ("SELU", nn.SELU(), {}),
    ("Softplus", nn.Softplus(), {}), ("Softplus", nn.Softplus(3, 2), {"beta": 3, "threshold": 2}), ("Hardswish", nn.Hardswish(), {}),
    ("Mish", nn.Mish(), {}), ("ReLU6", nn.ReLU6(), {}), ("Identity", nn.Identity(), {}), ("Sign", Call(torch.sign), {}), ("PReLU", nn.PReLU(), {}),
    ("PReLU", nn.PReLU(3), {"numParameters": 3}), ("Softmax", nn.Softmax(-1), {}), ("Softmax", nn.Softmax(1), {"dim": 0}),
    ("LogSoftmax", nn.LogSoftmax(-1), {}),
]:
    case(kind, module, [3, 4], settings)

case("Add", Call(lambda a, b, c: a + b + c), ([3, 2], [3, 2], [3, 2]))
case("Multiply", Call(lambda a, b: a * b), ([3, 2, 2], [3, 1, 1]))
case("Average", Call(lambda a, b: (a + b) / 2), ([3, 2], [3, 2]))
case("Concat", Call(lambda a, b: torch.cat([a, b], 1)), ([3, 2, 2], [1, 2, 2]))
case("Concat", Call(lambda a, b: torch.cat([a, b], -1)), ([3, 2], [3, 4]), {"dim": -1})


class Scale(nn.Module):
    def __init__(self, *shape):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(*shape))

    def forward(self, x):
        return x * self.weight


class ChannelNorm(nn.LayerNorm):
    def forward(self, x):
        return super().forward(x.movedim(1, -1)).movedim(-1, 1)


case("Scale", Scale(3, 1, 1), [3, 2, 2])
case("Scale", Scale(3), [2, 3], {"dim": -1})
case("LayerNorm2d", ChannelNorm(3, eps=1e-3), [3, 2, 4], {"eps": 1e-3})
case("Permute", Call(lambda x: x.permute(0, 3, 1, 2)), [2, 3, 4], {"dims": [2, 0, 1]})
case("Slice", Call(lambda x: x[:, 1:3]), [4, 2], {"start": 1, "length": 2})
case("Slice", Call(lambda x: x[:, :, -1]), [2, 3], {"start": -1, "dim": 1, "squeeze": True})
case("Mean", Call(lambda x: x.mean(1)), [3, 4])
case("Mean", Call(lambda x: x.mean(-1)), [3, 4], {"dim": -1})
case("AbsoluteDifference", Call(lambda a, b: (a - b).abs()), ([3, 2], [3, 2]))
case("GaussianSample", Call(lambda mean, log_variance: mean), ([4], [4]))


def time_encoding(t):
    rates = torch.exp(torch.arange(4).float() * (-math.log(10000) / 3))
    angles = t * rates[None, :]
    return torch.cat([torch.sin(angles), torch.cos(angles)], dim=-1)


case("SinusoidalTimeEncoding", Call(time_encoding), [1], {"dim": 8}, batch=5, shift=3.0)


class Recurrent(nn.Module):
    """PyTorch's layer on [B,T,F]; the states of all steps, or the last states of the top layer's directions side by side."""

    def __init__(self, layer, every):
        super().__init__()
        self.layer, self.every = layer, every

    def named_parameters(self, *_):
        return self.layer.named_parameters()

    def forward(self, x):
        y, h = self.layer(x)
        h = h[0] if isinstance(h, tuple) else h
        return y if self.every else torch.cat(list(h[-(2 if self.layer.bidirectional else 1):]), dim=-1)


for kind, layer in [("RNN", nn.RNN), ("LSTM", nn.LSTM), ("GRU", nn.GRU)]:
    case(kind, Recurrent(layer(3, 4, batch_first=True), False), [5, 3], {"hiddenSize": 4})
    case(kind, Recurrent(layer(3, 2, num_layers=3, bidirectional=True, batch_first=True), True), [4, 3],
         {"hiddenSize": 2, "numLayers": 3, "bidirectional": True, "steps": "All"})
    case(kind, Recurrent(layer(3, 2, num_layers=2, bidirectional=True, bias=False, batch_first=True), False), [4, 3],
         {"hiddenSize": 2, "numLayers": 2, "bidirectional": True, "bias": False})
case("RNN", Recurrent(nn.RNN(3, 4, nonlinearity="relu", batch_first=True), True), [5, 3], {"hiddenSize": 4, "nonlinearity": "ReLU", "steps": "All"})


class Attention(nn.MultiheadAttention):
    def forward(self, *x, mask=None):
        query, key, value = x[0], x[min(1, len(x) - 1)], x[-1]
        return super().forward(query, key, value, need_weights=False, attn_mask=mask)[0]


class CausalAttention(Attention):
    def forward(self, x):
        return super().forward(x, mask=nn.Transformer.generate_square_subsequent_mask(x.shape[1]))


class CausalEncoder(nn.TransformerEncoderLayer):
    def forward(self, x):
        return super().forward(x, nn.Transformer.generate_square_subsequent_mask(x.shape[1]))


case("MultiheadAttention", Attention(6, 2, batch_first=True), [4, 6], {"numHeads": 2})
case("MultiheadAttention", CausalAttention(6, 3, bias=False, batch_first=True), [4, 6], {"numHeads": 3, "bias": False, "causal": True})
case("MultiheadAttention", Attention(4, 2, batch_first=True), ([3, 4], [5, 4]), {"numHeads": 2})
case("MultiheadAttention", Attention(4, 2, batch_first=True), ([3, 4], [5, 4], [5, 4]), {"numHeads": 2})
case("TransformerEncoderLayer", nn.TransformerEncoderLayer(6, 2, 5, batch_first=True), [4, 6], {"numHeads": 2, "dimFeedforward": 5})
case("TransformerEncoderLayer", CausalEncoder(6, 3, 5, activation="gelu", norm_first=True, layer_norm_eps=1e-3, batch_first=True), [4, 6],
     {"numHeads": 3, "dimFeedforward": 5, "nonlinearity": "GELU", "normFirst": True, "layerNormEps": 1e-3, "causal": True})
case("TransformerDecoderLayer", nn.TransformerDecoderLayer(6, 2, 5, batch_first=True), ([4, 6], [3, 6]), {"numHeads": 2, "dimFeedforward": 5})
case("TransformerDecoderLayer", nn.TransformerDecoderLayer(6, 2, 5, norm_first=True, batch_first=True), ([4, 6], [3, 6]),
     {"numHeads": 2, "dimFeedforward": 5, "normFirst": True})


def positions(x):
    steps, width = x.shape[1:]
    waves = torch.zeros(steps, width)
    angles = torch.arange(steps).float()[:, None] * torch.exp(torch.arange(0, width, 2).float() * (-math.log(10000.0) / width))
    waves[:, 0::2] = torch.sin(angles)
    waves[:, 1::2] = torch.cos(angles)
    return x + waves


class Learnt(nn.Module):
    def __init__(self, function, *shape):
        super().__init__()
        self.function, self.weight = function, nn.Parameter(torch.ones(*shape))

    def forward(self, x):
        return self.function(x, self.weight)


case("PositionalEncoding", Call(positions), [7, 6])
case("PositionEmbedding", Learnt(lambda x, w: x + w, 3, 2), [3, 2])
case("ClassToken", Learnt(lambda x, w: torch.cat([w.expand(len(x), 1, -1), x], dim=1), 1, 2), [3, 2])
case("RMSNorm", Learnt(lambda x, w: x / torch.sqrt((x ** 2).mean(-1, keepdim=True) + 1e-6) * w, 4), [3, 4])

embedding = nn.Embedding(6, 3, padding_idx=2)
embedding.weight.data = torch.randn(6, 3)
indices = torch.tensor([[0, 2, 5, 1], [2, 2, 3, 4]])
cases.append({"type": "Embedding", "settings": {"numEmbeddings": 6, "embeddingDim": 3, "paddingIdx": 2}, "training": False, "batch": 2,
              "shapes": [[4]], "inputs": [numbers(indices)], "parameters": {"weight": numbers(embedding.weight)},
              "outputShape": [2, 4, 3], "output": numbers(embedding(indices)), "after": {}})

# Cases from here on came later; those above keep their numbers.
for kind, module, shape, settings in [
    ("MaxPool1d", nn.MaxPool1d(3, stride=2, padding=1, dilation=2, ceil_mode=True), [2, 9], {"kernelSize": 3, "stride": 2, "padding": 1, "dilation": 2, "ceilMode": True}),
    ("MaxPool3d", nn.MaxPool3d(2), [2, 4, 5, 2], {"kernelSize": 2}),
    ("MaxPool3d", nn.MaxPool3d((2, 3, 1), stride=(1, 2, 1), padding=(0, 1, 0), dilation=(1, 1, 2)), [2, 4, 5, 3],
     {"kernelSize": [2, 3, 1], "stride": [1, 2, 1], "padding": [0, 1, 0], "dilation": [1, 1, 2]}),
    ("AvgPool1d", nn.AvgPool1d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False), [2, 8],
     {"kernelSize": 3, "stride": 2, "padding": 1, "ceilMode": True, "countIncludePad": False}),
    ("AvgPool3d", nn.AvgPool3d((2, 3, 1), stride=(1, 2, 1), padding=(1, 0, 0)), [2, 3, 5, 2], {"kernelSize": [2, 3, 1], "stride": [1, 2, 1], "padding": [1, 0, 0]}),
    ("AvgPool3d", nn.AvgPool3d(2, padding=1, count_include_pad=False), [1, 4, 4, 2], {"kernelSize": 2, "padding": 1, "countIncludePad": False}),
    ("AdaptiveAvgPool1d", nn.AdaptiveAvgPool1d(3), [2, 7], {"outputSize": 3}),
    ("AdaptiveAvgPool3d", nn.AdaptiveAvgPool3d((2, 1, 3)), [2, 3, 4, 5], {"outputSize": [2, 1, 3]}),
    ("AdaptiveMaxPool1d", nn.AdaptiveMaxPool1d(3), [2, 7], {"outputSize": 3}),
    ("AdaptiveMaxPool2d", nn.AdaptiveMaxPool2d((2, 3)), [2, 5, 4], {"outputSize": [2, 3]}),
    ("AdaptiveMaxPool3d", nn.AdaptiveMaxPool3d((2, 1, 3)), [2, 3, 4, 5], {"outputSize": [2, 1, 3]}),
    ("GlobalAvgPool1d", Call(lambda x: x.mean(2)), [3, 5], {}),
    ("GlobalMaxPool1d", Call(lambda x: x.amax(2)), [3, 5], {}),
    ("GlobalAvgPool3d", Call(lambda x: x.mean((2, 3, 4))), [3, 2, 3, 2], {}),
    ("GlobalMaxPool3d", Call(lambda x: x.amax((2, 3, 4))), [3, 2, 3, 2], {}),
    ("ConvTranspose1d", nn.ConvTranspose1d(4, 6, 3, stride=3, padding=1, output_padding=2, groups=2, dilation=2), [4, 5],
     {"outChannels": 6, "kernelSize": 3, "stride": 3, "padding": 1, "outputPadding": 2, "groups": 2, "dilation": 2}),
    ("ConvTranspose3d", nn.ConvTranspose3d(2, 4, (3, 2, 1), stride=(2, 1, 3), padding=(1, 0, 0), output_padding=(1, 0, 2), groups=2, bias=False), [2, 3, 2, 2],
     {"outChannels": 4, "kernelSize": [3, 2, 1], "stride": [2, 1, 3], "padding": [1, 0, 0], "outputPadding": [1, 0, 2], "groups": 2, "bias": False}),
    ("Upsample", nn.Upsample(scale_factor=2, mode="linear"), [2, 5], {"scaleFactor": 2, "mode": "Linear"}),
    ("Upsample", nn.Upsample(size=7), [2, 4], {"size": 7}),
    ("Upsample", nn.Upsample(scale_factor=2, mode="trilinear", align_corners=True), [2, 2, 3, 2], {"scaleFactor": 2, "mode": "Trilinear", "alignCorners": True}),
    ("Upsample", nn.Upsample(scale_factor=1.5, mode="bicubic"), [1, 3, 4], {"scaleFactor": 1.5, "mode": "Bicubic"}),
    ("InstanceNorm1d", nn.InstanceNorm1d(3), [3, 5], {}),
    ("InstanceNorm3d", nn.InstanceNorm3d(2, affine=True), [2, 2, 3, 2], {"affine": True}),
    ("PaddingMask", Call(lambda x: (x == 2).float()), [4], {"paddingIdx": 2}),
]:
    case(kind, module, shape, settings)
for training in (False, True):
    case("BatchNorm3d", nn.BatchNorm3d(2), [2, 2, 3, 2], training=training)
case("Bilinear", nn.Bilinear(3, 4, 2), ([3], [4]), {"outFeatures": 2})
case("Bilinear", nn.Bilinear(3, 2, 4, bias=False), ([5, 3], [5, 2]), {"outFeatures": 4, "bias": False})


class Masked(nn.Module):
    """A layer whose last inputs are masks of 0 and 1 for keys, as PyTorch takes them by name."""

    def __init__(self, layer, function, masks=1):
        super().__init__()
        self.layer, self.function, self.masks = layer, function, masks

    def named_parameters(self, *_):
        return self.layer.named_parameters()

    def forward(self, *x):
        return self.function(self.layer, *x[:-self.masks], *[m > 0.5 for m in x[-self.masks:]])


for kind, module, shape, settings in [
    ("MultiheadAttention", Masked(nn.MultiheadAttention(4, 2, batch_first=True), lambda l, x, m: l(x, x, x, key_padding_mask=m, need_weights=False)[0]), ([4, 4], [4]),
     {"numHeads": 2}),
    ("MultiheadAttention", Masked(nn.MultiheadAttention(4, 2, batch_first=True), lambda l, x, y, m: l(x, y, y, key_padding_mask=m, need_weights=False)[0]),
     ([2, 4], [5, 4], [5]), {"numHeads": 2}),
    ("TransformerEncoderLayer", Masked(nn.TransformerEncoderLayer(6, 2, 5, batch_first=True), lambda l, x, m: l(x, src_key_padding_mask=m)), ([4, 6], [4]),
     {"numHeads": 2, "dimFeedforward": 5}),
    ("TransformerDecoderLayer", Masked(nn.TransformerDecoderLayer(6, 2, 5, batch_first=True),
                                       lambda l, x, y, m, own: l(x, y, memory_key_padding_mask=m, tgt_key_padding_mask=own), 2), ([4, 6], [3, 6], [3], [4]),
     {"numHeads": 2, "dimFeedforward": 5}),
    ("Mean", Masked(nn.Module(), lambda l, x, m: (x * ~m[:, :, None]).sum(1) / (~m).sum(1, keepdim=True)), ([4, 3], [4]), {}),
]:
    # A first key that nobody masks: PyTorch gives NaN where all are masked.
    torch.manual_seed(len(cases))
    draw = torch.randn
    torch.randn = lambda batch, *s: draw(batch, *s) if len(s) == 2 else torch.cat([torch.zeros(batch, 1), (draw(batch, s[0] - 1) > 0).float()], 1)
    case(kind, module, shape, settings)
    torch.randn = draw

torch.manual_seed(len(cases))
for kind, function, shape, settings in [
    ("MinPool1d", lambda x: -F.max_pool1d(-x, 3, stride=2, padding=1, dilation=2, ceil_mode=True), [2, 9],
     {"kernelSize": 3, "stride": 2, "padding": 1, "dilation": 2, "ceilMode": True}),
    ("MinPool2d", lambda x: -F.max_pool2d(-x, (2, 3), stride=(1, 2), padding=(1, 0), dilation=(2, 1)), [2, 6, 7],
     {"kernelSize": [2, 3], "stride": [1, 2], "padding": [1, 0], "dilation": [2, 1]}),
    ("MinPool3d", lambda x: -F.max_pool3d(-x, (2, 3, 1), stride=(1, 2, 1), padding=(0, 1, 0), dilation=(1, 1, 2)), [2, 4, 5, 3],
     {"kernelSize": [2, 3, 1], "stride": [1, 2, 1], "padding": [0, 1, 0], "dilation": [1, 1, 2]}),
]:
    case(kind, Call(function), shape, settings)

facts = {"madeBy": "tests/Reference/layers.py", "torch": torch.__version__, "cases": cases}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "layers.json"), "w", encoding="utf-8") as file:
    file.write('{"madeBy": ' + json.dumps(facts["madeBy"]) + ', "torch": ' + json.dumps(facts["torch"]) + ', "cases": [\n')
    file.write(",\n".join(json.dumps(c) for c in cases))
    file.write("\n]}\n")
