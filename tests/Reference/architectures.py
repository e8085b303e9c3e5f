#!/usr/bin/env python3
"""Writes architectures.json beside this file: what networks give that are written here once more, in plain PyTorch, from the papers and torchvision's layer names.

Made with Debian 12's python3-torch 1.13.1:  /usr/bin/python3 tests/Reference/architectures.py
Weights and inputs are not in the file: both sides compute them from their names (function `noise`), so equal names mean equal weights. In double precision, evaluation mode.
Each case: architecture and settings in the words of DLExperiments, input shapes, the number of trained parameters, and for each output its shape, its first
values and a weighted sum of all.
"""
import json
import math
import os

import numpy
import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
BATCH = 2
parameters = {}


def noise(name, count):
    """Numbers from -1 to 1 that look random and depend on the name and the place alone."""
    x = numpy.sin(numpy.arange(1, count + 1, dtype=numpy.float64) * 12.9898 + 0.1 * sum(name.encode())) * 43758.5453
    return 2 * (x - numpy.floor(x)) - 1


def weight(name, *shape):
    """A parameter or buffer by its full name; rounded to single precision, as weights are stored."""
    u = noise(name, math.prod(shape))
    if name.endswith("running_var"):
        u = 1 + 0.5 * u
    elif name.endswith("bias") or "bias_" in name or name.endswith("running_mean"):
        u = 0.1 * u
    elif len([s for s in shape if s != 1]) < 2:
        u = 1 + 0.2 * u
    else:
        u = u * math.sqrt(6 / math.prod(shape[1:]))
    if "running" not in name:
        parameters[name] = math.prod(shape)
    return torch.from_numpy(u.astype(numpy.float32).astype(numpy.float64)).reshape(shape)


def pair(k):
    return k if isinstance(k, tuple) else (k, k)


def conv(x, name, out, k, s=1, p=0, g=1, bias=True, reflect=False):
    if reflect:
        x, p = F.pad(x, (p, p, p, p), mode="reflect"), 0
    return F.conv2d(x, weight(name + ".weight", out, x.shape[1] // g, *pair(k)), weight(name + ".bias", out) if bias else None, s, p, 1, g)


def up(x, name, out, k, s, p, extra=0):
    return F.conv_transpose2d(x, weight(name + ".weight", x.shape[1], out, k, k), weight(name + ".bias", out), s, p, extra)


def bn(x, name, eps=1e-5):
    c = x.shape[1]
    return F.batch_norm(x, weight(name + ".running_mean", c), weight(name + ".running_var", c), weight(name + ".weight", c), weight(name + ".bias", c), False, 0, eps)


def ln(x, name, eps=1e-5):
    return F.layer_norm(x, x.shape[-1:], weight(name + ".weight", x.shape[-1]), weight(name + ".bias", x.shape[-1]), eps)


def ln2d(x, name, eps):
    return ln(x.permute(0, 2, 3, 1), name, eps).permute(0, 3, 1, 2)


def linear(x, name, out, bias=True):
    return F.linear(x, weight(name + ".weight", out, x.shape[-1]), weight(name + ".bias", out) if bias else None)


def leaky(x):
    return F.leaky_relu(x, 0.2)


def head(x, name, classes):
    return linear(x.mean((2, 3)), name, classes)


def resnet(depths, bottleneck, width, groups=1, per_group=64, small=False):
    def block(x, n, planes, stride):
        y, inner = x, planes * per_group // 64 * groups
        if bottleneck:
            y = F.relu(bn(conv(y, n + ".conv1", inner, 1, bias=False), n + ".bn1"))
            y = F.relu(bn(conv(y, n + ".conv2", inner, 3, stride, 1, groups, False), n + ".bn2"))
            y = bn(conv(y, n + ".conv3", 4 * planes, 1, bias=False), n + ".bn3")
        else:
            y = F.relu(bn(conv(y, n + ".conv1", planes, 3, stride, 1, bias=False), n + ".bn1"))
            y = bn(conv(y, n + ".conv2", planes, 3, 1, 1, bias=False), n + ".bn2")
        if stride > 1 or x.shape[1] != y.shape[1]:
            x = bn(conv(x, n + ".downsample.0", y.shape[1], 1, stride, bias=False), n + ".downsample.1")
        return F.relu(y + x)

    def net(x):
        x = conv(x, "conv1", width, 3, 1, 1, bias=False) if small else conv(x, "conv1", width, 7, 2, 3, bias=False)
        x = F.relu(bn(x, "bn1"))
        x = x if small else F.max_pool2d(x, 3, 2, 1)
        for stage, depth in enumerate(depths):
            for i in range(depth):
                x = block(x, f"layer{stage + 1}.{i}", width << stage, 2 if stage and i == 0 else 1)
        return head(x, "fc", 5)
    return net


def vgg(x):
    place = 0
    for stage, depth in enumerate([1, 1, 2, 2, 2]):
        for _ in range(depth):
            x = F.relu(bn(conv(x, f"features.{place}", 4 << min(stage, 3), 3, 1, 1), f"features.{place + 1}"))
            place += 3
        x, place = F.max_pool2d(x, 2), place + 1
    x = F.adaptive_avg_pool2d(x, 2).flatten(1)
    return linear(F.relu(linear(F.relu(linear(x, "classifier.0", 8)), "classifier.3", 8)), "classifier.6", 5)


def brick(x, n, out, k, s=1, p=0):
    return F.relu(bn(conv(x, n + ".conv", out, k, s, p, bias=False), n + ".bn", 1e-3))


def googlenet(x):
    def module(x, n, a, b1, b2, c1, c2, d):
        n += ".branch"
        return torch.cat([brick(x, n + "1", a, 1), brick(brick(x, n + "2.0", b1, 1), n + "2.1", b2, 3, 1, 1), brick(brick(x, n + "3.0", c1, 1), n + "3.1", c2, 3, 1, 1),
                          brick(F.max_pool2d(x, 3, 1, 1, ceil_mode=True), n + "4.1", d, 1)], 1)

    def side(x, n):
        x = brick(F.adaptive_avg_pool2d(x, 4), n + ".conv", 128, 1).flatten(1)
        return linear(F.relu(linear(x, n + ".fc1", 1024)), n + ".fc2", 5)

    x = F.max_pool2d(brick(x, "conv1", 64, 7, 2, 3), 3, 2, ceil_mode=True)
    x = F.max_pool2d(brick(brick(x, "conv2", 64, 1), "conv3", 192, 3, 1, 1), 3, 2, ceil_mode=True)
    x = module(module(x, "inception3a", 64, 96, 128, 16, 32, 32), "inception3b", 128, 128, 192, 32, 96, 64)
    x = module(F.max_pool2d(x, 3, 2, ceil_mode=True), "inception4a", 192, 96, 208, 16, 48, 64)
    first = side(x, "aux1")
    x = module(module(x, "inception4b", 160, 112, 224, 24, 64, 64), "inception4c", 128, 128, 256, 24, 64, 64)
    x = module(x, "inception4d", 112, 144, 288, 32, 64, 64)
    second = side(x, "aux2")
    x = F.max_pool2d(module(x, "inception4e", 256, 160, 320, 32, 128, 128), 2, 2, ceil_mode=True)
    x = module(module(x, "inception5a", 256, 160, 320, 32, 128, 128), "inception5b", 384, 192, 384, 48, 128, 128)
    return head(x, "fc", 5), first, second


def inception3(x):
    def avg(x, n, out):
        return brick(F.avg_pool2d(x, 3, 1, 1), n + ".branch_pool", out, 1)

    def a(x, n, pool):
        m = n + ".branch"
        return torch.cat([brick(x, m + "1x1", 64, 1), brick(brick(x, m + "5x5_1", 48, 1), m + "5x5_2", 64, 5, 1, 2),
                          brick(brick(brick(x, m + "3x3dbl_1", 64, 1), m + "3x3dbl_2", 96, 3, 1, 1), m + "3x3dbl_3", 96, 3, 1, 1), avg(x, n, pool)], 1)

    def c(x, n, w):
        m, row, column = n + ".branch", ((1, 7), 1, (0, 3)), ((7, 1), 1, (3, 0))
        y = brick(brick(brick(x, m + "7x7_1", w, 1), m + "7x7_2", w, *row), m + "7x7_3", 192, *column)
        z = brick(brick(brick(x, m + "7x7dbl_1", w, 1), m + "7x7dbl_2", w, *column), m + "7x7dbl_3", w, *row)
        z = brick(brick(z, m + "7x7dbl_4", w, *column), m + "7x7dbl_5", 192, *row)
        return torch.cat([brick(x, m + "1x1", 192, 1), y, z, avg(x, n, 192)], 1)

    def e(x, n):
        m, row, column = n + ".branch", ((1, 3), 1, (0, 1)), ((3, 1), 1, (1, 0))
        y = brick(x, m + "3x3_1", 384, 1)
        z = brick(brick(x, m + "3x3dbl_1", 448, 1), m + "3x3dbl_2", 384, 3, 1, 1)
        return torch.cat([brick(x, m + "1x1", 320, 1), brick(y, m + "3x3_2a", 384, *row), brick(y, m + "3x3_2b", 384, *column),
                          brick(z, m + "3x3dbl_3a", 384, *row), brick(z, m + "3x3dbl_3b", 384, *column), avg(x, n, 192)], 1)

    x = brick(brick(brick(x, "Conv2d_1a_3x3", 32, 3, 2), "Conv2d_2a_3x3", 32, 3), "Conv2d_2b_3x3", 64, 3, 1, 1)
    x = brick(brick(F.max_pool2d(x, 3, 2), "Conv2d_3b_1x1", 80, 1), "Conv2d_4a_3x3", 192, 3)
    x = a(a(a(F.max_pool2d(x, 3, 2), "Mixed_5b", 32), "Mixed_5c", 64), "Mixed_5d", 64)
    m = "Mixed_6a.branch3x3"
    x = torch.cat([brick(x, m, 384, 3, 2), brick(brick(brick(x, m + "dbl_1", 64, 1), m + "dbl_2", 96, 3, 1, 1), m + "dbl_3", 96, 3, 2), F.max_pool2d(x, 3, 2)], 1)
    x = c(c(c(c(x, "Mixed_6b", 128), "Mixed_6c", 160), "Mixed_6d", 160), "Mixed_6e", 192)
    m = "Mixed_7a.branch"
    y = brick(brick(brick(x, m + "7x7x3_1", 192, 1), m + "7x7x3_2", 192, (1, 7), 1, (0, 3)), m + "7x7x3_3", 192, (7, 1), 1, (3, 0))
    x = torch.cat([brick(brick(x, m + "3x3_1", 192, 1), m + "3x3_2", 320, 3, 2), brick(y, m + "7x7x3_4", 192, 3, 2), F.max_pool2d(x, 3, 2)], 1)
    return head(e(e(x, "Mixed_7b"), "Mixed_7c"), "fc", 5)


def densenet(x):
    x = F.max_pool2d(F.relu(bn(conv(x, "features.conv0", 8, 7, 2, 3, bias=False), "features.norm0")), 3, 2, 1)
    for b, depth in enumerate([6, 12, 24, 16], 1):
        for i in range(1, depth + 1):
            n = f"features.denseblock{b}.denselayer{i}."
            y = conv(F.relu(bn(x, n + "norm1")), n + "conv1", 16, 1, bias=False)
            x = torch.cat([x, conv(F.relu(bn(y, n + "norm2")), n + "conv2", 4, 3, 1, 1, bias=False)], 1)
        if b < 4:
            n = f"features.transition{b}."
            x = F.avg_pool2d(conv(F.relu(bn(x, n + "norm")), n + "conv", x.shape[1] // 2, 1, bias=False), 2)
    return head(F.relu(bn(x, "features.norm5")), "classifier", 5)


def convnext(x):
    x = ln2d(conv(x, "features.0.0", 96, 4, 4), "features.0.1", 1e-6)
    for stage, (width, depth) in enumerate([(96, 3), (192, 3), (384, 9), (768, 3)]):
        if stage:
            x = conv(ln2d(x, f"features.{2 * stage}.0", 1e-6), f"features.{2 * stage}.1", width, 2, 2)
        for i in range(depth):
            n = f"features.{2 * stage + 1}.{i}."
            y = ln(conv(x, n + "block.0", width, 7, 1, 3, width).permute(0, 2, 3, 1), n + "block.2", 1e-6)
            y = linear(F.gelu(linear(y, n + "block.3", 4 * width)), n + "block.5", width).permute(0, 3, 1, 2)
            x = x + y * weight(n + "layer_scale.weight", width, 1, 1)
    return linear(ln2d(x.mean((2, 3), keepdim=True), "classifier.0", 1e-6).flatten(1), "classifier.2", 5)


def mobilenet(x):
    def part(x, n, out, k, s=1, g=1):
        return F.relu6(bn(conv(x, n + ".0", out, k, s, k // 2, g, False), n + ".1"))
    x, place = part(x, "features.0", 8, 3, 2), 1
    # Widths of table 2 times 1/4, to multiples of 8.
    for t, c, count, stride in [(1, 8, 1, 1), (6, 8, 2, 2), (6, 8, 3, 2), (6, 16, 4, 2), (6, 24, 3, 1), (6, 40, 3, 2), (6, 80, 1, 1)]:
        for i in range(count):
            n, y, s, j = f"features.{place}.conv.", x, stride if i == 0 else 1, 0
            if t > 1:
                y, j = part(y, n + "0", t * x.shape[1], 1), 1
            y = part(y, n + str(j), y.shape[1], 3, s, y.shape[1])
            y = bn(conv(y, n + str(j + 1), c, 1, bias=False), n + str(j + 2))
            x, place = x + y if s == 1 and x.shape[1] == c else y, place + 1
    return head(part(x, f"features.{place}", 1280, 1), "classifier.1", 5)


def yolo(x):
    def part(x, n, out, k, s=1):
        return F.silu(bn(conv(x, n + ".conv", out, k, s, k // 2, bias=False), n + ".bn", 1e-3))
    x = part(x, "model.0", 4, 3, 2)
    for stage, depth in enumerate([1, 2, 2, 1]):
        c, n = 8 << stage, f"model.{2 * stage + 2}."
        parts = list(part(part(x, f"model.{2 * stage + 1}", c, 3, 2), n + "cv1", c, 1).chunk(2, 1))
        for i in range(depth):
            parts.append(parts[-1] + part(part(parts[-1], f"{n}m.{i}.cv1", c // 2, 3), f"{n}m.{i}.cv2", c // 2, 3))
        x = part(torch.cat(parts, 1), n + "cv2", c, 1)
    return linear(part(x, "model.9.conv", 1280, 1).mean((2, 3)), "model.9.linear", 5)


def unet(widths, convolutions, shared, act, nearest):
    def stack(x, n, w):
        for i in range(convolutions):
            x = F.relu(conv(x, f"{n}.conv{i + 1}", w, 3, 1, 1))
        return x

    def net(x):
        out, skips = x.shape[1], []
        for i, w in enumerate(widths):
            x = stack(F.max_pool2d(x, 2) if i else x, f"down{i + 1}", w)
            skips.append(x)
        for i in range(len(widths) - 2, -1, -1):
            x = F.interpolate(x, scale_factor=2, mode="nearest") if nearest else F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
            x = conv(x, f"up{i + 1}.up", widths[i], 3, 1, 1)
            x = torch.cat([skips[i], F.relu(x) if act else x], 1)
            x = F.relu(conv(x, f"up{i + 1}.up", widths[i], 3, 1, 1)) if shared else stack(x, f"up{i + 1}", widths[i])
        return conv(x, "out", out, 3, 1, 1)
    return net


def skip_autoencoder(x):
    maps = []
    for i, w in enumerate([4, 8, 16, 16]):
        x = F.relu(conv(x, f"encoder.conv{i + 1}", w, 3, 2, 1))
        maps.append(x)
    for i, w in enumerate([16, 8, 4]):
        x = torch.cat([F.relu(conv(F.interpolate(x, scale_factor=2), f"decoder.conv{i + 1}", w, 3, 1, 1)), maps[2 - i]], 1)
    return conv(conv(F.interpolate(x, scale_factor=2), "decoder.conv4", 4, 3, 1, 1), "decoder.out", 2, 3, 1, 1)


def conv_autoencoder(x):
    for i, w in enumerate([4, 6]):
        x = F.relu(conv(x, f"encoder.conv{i + 1}", w, 3, 2, 1))
    for i, w in enumerate([4, 3]):
        x = F.interpolate(F.relu(conv(x, f"decoder.conv{i + 1}", w, 3, 1, 1)), scale_factor=2)
    return torch.sigmoid(conv(x, "decoder.out", 3, 3, 1, 1))


def vae(x):
    x = leaky(conv(leaky(conv(x, "encoder.conv1", 4, 5, 2, 2)), "encoder.conv2", 8, 5, 2, 2)).flatten(1)
    mean, log_variance = linear(x, "z_mu", 3), linear(x, "z_log_var", 3)
    y = leaky(linear(mean, "decoder.fc", 72)).reshape(-1, 8, 3, 3)
    y = leaky(conv(F.interpolate(y, scale_factor=2), "decoder.conv1", 4, 5, 1, 2))
    return torch.sigmoid(conv(F.interpolate(y, scale_factor=2), "decoder.conv2", 1, 5, 1, 2)), mean, log_variance


def gan(x):
    x = leaky(linear(x, "fc", 4 * 2 * 3)).reshape(-1, 4, 2, 3)
    x = leaky(up(leaky(up(x, "up1", 4, 4, 2, 1)), "up2", 4, 4, 2, 1))
    return torch.tanh(conv(x, "out", 3, 3, 1, 1))


def pix2pix(image, condition):
    x = leaky(conv(torch.cat([image, condition], 1), "conv1", 4, 5, 2, 2))
    x = leaky(bn(conv(x, "conv2", 8, 5, 2, 2), "bn2"))
    x = leaky(bn(conv(x, "conv3", 16, 5, 2, 2), "bn3"))
    return linear(linear(x.flatten(1), "fc", 6), "score", 1)


def cyclegan(x):
    def norm(x):
        return F.relu(F.instance_norm(x))
    x = norm(conv(x, "in", 4, 7, 1, 3, reflect=True))
    x = norm(conv(norm(conv(x, "down1", 8, 3, 2, 1)), "down2", 16, 3, 2, 1))
    for i in (1, 2):
        y = norm(conv(x, f"block{i}.conv1", 16, 3, 1, 1, reflect=True))
        x = x + F.instance_norm(conv(y, f"block{i}.conv2", 16, 3, 1, 1, reflect=True))
    x = norm(up(norm(up(x, "up1", 8, 3, 2, 1, 1)), "up2", 4, 3, 2, 1, 1))
    return torch.tanh(conv(x, "out", 3, 7, 1, 3, reflect=True))


def patch(x):
    x = leaky(conv(x, "conv1", 4, 4, 2, 1))
    for i, s in enumerate([2, 2, 1]):
        x = leaky(F.instance_norm(conv(x, f"conv{i + 2}", 8 << i, 4, s, 1)))
    return conv(x, "scores", 1, 4, 1, 1)


def tiny_unet(x, t):
    rates = torch.exp(torch.arange(8) * (-math.log(10000) / 7))
    angles = t[:, None] * rates[None]
    step = F.gelu(linear(torch.cat([angles.sin(), angles.cos()], 1), "time.fc", 16))
    c, x = x.shape[1], conv(x, "in", 8, 3, 1, 1)
    for i in (1, 2, 3):
        n = f"block{i}."
        y = conv(x, n + "conv1", 8, 3, 1, 1)
        y = F.gelu(F.group_norm(y, 1, weight(n + "norm.weight", 8), weight(n + "norm.bias", 8)))
        y = conv(y + linear(step, n + "time", 8)[:, :, None, None], n + "conv2", 8, 3, 1, 1)
        x = F.gelu(y + x)
    return conv(x, "out", c, 1)


def siamese(first, second):
    def twin(x):
        return linear(F.relu(linear(x, "twin1.fc1", 5)), "twin1.fc2", 4)
    return linear((twin(first) - twin(second)).abs(), "score", 1)


def multitask(x):
    x = F.relu(linear(F.relu(linear(x, "trunk.fc1", 5)), "trunk.fc2", 4))
    return linear(x, "task1", 3), linear(x, "task2", 1)


def lenet(x):
    x = F.avg_pool2d(torch.tanh(conv(x, "conv1", 6, 5, 1, 2)), 2)
    x = F.avg_pool2d(torch.tanh(conv(x, "conv2", 16, 5)), 2).flatten(1)
    return linear(torch.tanh(linear(torch.tanh(linear(x, "fc1", 120)), "fc2", 84)), "fc3", 5)


def alexnet(x):
    def part(x, place, out, k, s=1, p=0):
        return F.relu(conv(x, f"features.{place}", out, k, s, p))
    x = F.max_pool2d(part(x, 0, 64, 11, 4, 2), 3, 2)
    x = F.max_pool2d(part(x, 3, 192, 5, 1, 2), 3, 2)
    x = F.max_pool2d(part(part(part(x, 6, 384, 3, 1, 1), 8, 256, 3, 1, 1), 10, 256, 3, 1, 1), 3, 2)
    x = F.adaptive_avg_pool2d(x, 6).flatten(1)
    return linear(F.relu(linear(F.relu(linear(x, "classifier.1", 4096)), "classifier.4", 4096)), "classifier.6", 5)


def mlp(x):
    x = x.flatten(1)
    for i, width in enumerate([7, 6]):
        x = torch.tanh(bn(linear(x, f"fc{i + 1}", width), f"norm{i + 1}"))
    return linear(x, "fc3", 3)


def load(module, prefix):
    """Fills a module of PyTorch by the names of its parameters."""
    for name, p in module.named_parameters():
        p.data = weight(prefix + name, *p.shape)
    return module.eval()


def lstm_classifier(x):
    x = F.embedding(x.long(), weight("embedding.weight", 20, 6))
    h = load(nn.LSTM(6, 4, num_layers=2, bidirectional=True, batch_first=True), "rnn.")(x)[1][0]
    return linear(torch.cat([h[-2], h[-1]], 1), "fc", 3)


def gru_regressor(x):
    h = load(nn.GRU(3, 4, num_layers=2, batch_first=True), "rnn.")(x)[1]
    return linear(h[-1], "fc", 2)


def transformer_classifier(x, padded=False):
    # The number 2 fills up: neither attention nor the mean sees it.
    padding = x == 2 if padded else torch.zeros(x.shape, dtype=torch.bool)
    x = F.embedding(x.long(), weight("embedding.weight", 20, 8))
    angles = torch.arange(x.shape[1])[:, None] * torch.exp(torch.arange(0, 8, 2) * (-math.log(10000) / 8))
    x = x + torch.stack([angles.sin(), angles.cos()], 2).flatten(1)
    for i in (0, 1):
        x = load(nn.TransformerEncoderLayer(8, 2, 12, batch_first=True), f"encoder.layers.{i}.")(x, src_key_padding_mask=padding)
    return linear((x * ~padding[:, :, None]).sum(1) / (~padding).sum(1, keepdim=True), "fc", 2)


def block(x, n, attention, first, second, heads, hidden, eps, causal):
    y = ln(x, n + "ln_1", eps)
    mask = torch.full((x.shape[1], x.shape[1]), -math.inf).triu(1) if causal else None
    x = x + load(nn.MultiheadAttention(x.shape[2], heads, batch_first=True), f"{n}{attention}.")(y, y, y, attn_mask=mask, need_weights=False)[0]
    return x + linear(F.gelu(linear(ln(x, n + "ln_2", eps), n + first, hidden)), n + second, x.shape[2])


def vit(x):
    x = conv(x, "conv_proj", 12, 4, 4).flatten(2).transpose(1, 2)
    x = torch.cat([weight("class_token.weight", 1, 12).expand(len(x), 1, 12), x], 1)
    x = x + weight("encoder.pos_embedding.weight", *x.shape[1:])
    for i in (0, 1):
        x = block(x, f"encoder.layers.encoder_layer_{i}.", "self_attention", "mlp.0", "mlp.3", 3, 20, 1e-6, False)
    return linear(ln(x, "encoder.ln", 1e-6)[:, 0], "heads.head", 5)


def gpt(x, tied=False):
    words = weight("embedding.weight", 20, 8)
    x = F.embedding(x.long(), words)
    x = x + weight("wpe.weight", *x.shape[1:])
    for i in (0, 1):
        x = block(x, f"h.{i}.", "attn", "mlp.c_fc", "mlp.c_proj", 2, 32, 1e-5, True)
    x = ln(x, "ln_f")
    return F.linear(x, words) if tied else linear(x, "lm_head", 20, bias=False)


cases = []


def case(name, settings, net, *shapes, indices=0):
    """indices: the inputs are whole numbers below it."""
    parameters.clear()
    inputs = []
    for i, shape in enumerate(shapes):
        u = noise(f"input{i}", BATCH * math.prod(shape))
        u = numpy.floor((u + 1) / 2 * indices) if indices else u if shape else u * 500 + 500
        inputs.append(torch.from_numpy(u).reshape(BATCH, *shape))
    with torch.no_grad():
        outputs = net(*inputs)
    facts = []
    for y in outputs if isinstance(outputs, tuple) else (outputs,):
        flat = y.flatten().numpy()
        facts.append({"shape": list(y.shape[1:]), "first": [float(f"{v:.12g}") for v in flat[:6]], "sum": float(f"{float((flat * noise('probe', flat.size)).sum()):.12g}")})
    print(f"{name:24} {sum(parameters.values()):>10,} {facts[0]['first'][:3]}")
    cases.append({"name": name, "settings": settings, "inputs": [list(s) for s in shapes], "indices": indices, "parameters": sum(parameters.values()), "outputs": facts})


RGB = (3, 33, 35)
case("LeNet5", {"classes": 5}, lenet, (1, 28, 28))
case("MLP", {"classes": 3, "hidden": [7, 6], "activation": {"type": "Tanh"}, "norm": "Batch"}, mlp, (2, 3, 4))
case("AlexNet", {"classes": 5}, alexnet, (3, 224, 224))
case("VGG11", {"classes": 5, "width": 4, "hidden": 8, "poolSize": 2, "batchNorm": True}, vgg, (3, 64, 64))
case("ResNet18", {"classes": 5, "width": 8}, resnet([2, 2, 2, 2], False, 8), RGB)
case("ResNet50", {"classes": 5, "width": 4, "smallInput": True}, resnet([3, 4, 6, 3], True, 4, small=True), (3, 16, 16))
case("ResNeXt50_32x4d", {"classes": 5, "width": 16}, resnet([3, 4, 6, 3], True, 16, 32, 4), RGB)
case("WideResNet50_2", {"classes": 5, "width": 4}, resnet([3, 4, 6, 3], True, 4, 1, 128), RGB)
case("GoogLeNet", {"classes": 5, "auxiliary": True}, googlenet, (3, 64, 64))
case("InceptionV3", {"classes": 5}, inception3, (3, 75, 75))
case("DenseNet121", {"classes": 5, "width": 8, "growthRate": 4}, densenet, RGB)
case("ConvNeXtTiny", {"classes": 5}, convnext, (3, 32, 32))
case("MobileNetV2", {"classes": 5, "widthMultiplier": 0.25}, mobilenet, RGB)
case("YOLOv8nCls", {"classes": 5, "width": 4}, yolo, (3, 32, 32))
case("UNet", {"widths": [4, 6, 8]}, unet([4, 6, 8], 2, False, False, False), (3, 8, 12))
case("UNet", {"widths": [4, 8, 16], "convolutions": 1, "sharedUp": True}, unet([4, 8, 16], 1, True, False, False), (3, 8, 12))
case("UNet", {"widths": [4, 6, 8], "convolutions": 1, "upActivation": True, "upMode": "Nearest"}, unet([4, 6, 8], 1, False, True, True), (3, 8, 12))
case("SkipAutoencoder", {"width": 4, "outChannels": 2}, skip_autoencoder, (3, 16, 32))
case("ConvAutoencoder", {"channels": [4, 6]}, conv_autoencoder, (3, 8, 12))
case("VAE", {"width": 4, "latent": 3}, vae, (1, 12, 12))
case("GanGenerator", {"imageShape": [3, 8, 12], "width": 4}, gan, (6,))
case("Pix2PixDiscriminator", {"width": 4, "hidden": 6}, pix2pix, (3, 16, 16), (1, 16, 16))
case("CycleGanGenerator", {"width": 4, "depth": 2}, cyclegan, (3, 16, 20))
case("PatchDiscriminator", {"width": 4}, patch, (3, 32, 40))
case("TinyUNet", {"width": 8, "timeDim": 16}, tiny_unet, (1, 6, 7), ())
case("Siamese", {"score": True, "trunk": {"type": "MLP", "hidden": [5], "classes": 4}}, siamese, (6,), (6,))
case("MultiTask", {"tasks": [3, 1], "trunk": {"type": "MLP", "hidden": [5], "classes": 4}}, multitask, (6,))
case("RecurrentClassifier", {"classes": 3, "vocabulary": 20, "embedding": 6, "hidden": 4, "depth": 2, "bidirectional": True, "paddingIdx": None}, lstm_classifier, (9,), indices=20)
case("RecurrentRegressor", {"cell": "GRU", "hidden": 4, "depth": 2, "outputs": 2}, gru_regressor, (9, 3))
case("TransformerClassifier", {"vocabulary": 20, "width": 8, "heads": 2, "feedforward": 12}, transformer_classifier, (9,), indices=20)
case("VisionTransformer", {"classes": 5, "patchSize": 4, "width": 12, "depth": 2, "heads": 3, "feedforward": 20}, vit, (3, 8, 12))
case("TransformerClassifier", {"vocabulary": 20, "width": 8, "heads": 2, "feedforward": 12, "paddingIdx": 2}, lambda x: transformer_classifier(x, True), (9,), indices=20)
case("GPT", {"vocabulary": 20, "width": 8, "depth": 2, "heads": 2, "tieWeights": False}, gpt, (9,), indices=20)
case("GPT", {"vocabulary": 20, "width": 8, "depth": 2, "heads": 2}, lambda x: gpt(x, True), (9,), indices=20)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "architectures.json"), "w", encoding="utf-8") as file:
    file.write('{"madeBy": "tests/Reference/architectures.py", "torch": ' + json.dumps(torch.__version__) + ', "cases": [\n')
    file.write(",\n".join(json.dumps(c) for c in cases))
    file.write("\n]}\n")
