"""A network in the usual PyTorch loop: tensors in memory, rows taken by index or by a DataLoader for each batch. Reads one request a line, answers with one."""
import json
import sys
import time

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Indices(nn.Embedding):
    def forward(self, x):
        return super().forward(x.long())


class LastState(nn.LSTM):
    def forward(self, x):
        return super().forward(x)[1][0][0]


def build(request):
    layers, channels, side = [], request["input"][0], request["input"][-1]
    for word in request["layers"].split():
        kind, *numbers = word.split(":")
        numbers = [int(n) for n in numbers]
        if kind == "conv":
            layers.append(nn.Conv2d(channels, numbers[0], numbers[1], padding=numbers[2]))
            channels, side = numbers[0], side + 2 * numbers[2] - numbers[1] + 1
        elif kind == "bn":
            layers.append(nn.BatchNorm2d(channels))
        elif kind == "embed":
            layers.append(Indices(numbers[0], numbers[1]))
            channels = numbers[1]
        elif kind == "lstm":
            layers.append(LastState(channels, numbers[0], batch_first=True))
            channels = numbers[0]
        elif kind == "relu":
            layers.append(nn.ReLU())
        elif kind == "pool":
            layers.append(nn.MaxPool2d(2))
            side //= 2
        elif kind == "flatten":
            layers.append(nn.Flatten())
            channels *= side * side
        else:
            layers.append(nn.Linear(channels, numbers[0]))
            channels = numbers[0]
    return nn.Sequential(*layers)


def select(x, y, batch):
    order = torch.randperm(len(x))
    for first in range(0, len(x), batch):
        rows = order[first:first + batch]
        yield x[rows], y[rows]


def run(request):
    torch.set_num_threads(request["threads"])
    torch.manual_seed(0)
    batch = request["batch"]
    x = torch.frombuffer(bytearray(open(request["x"], "rb").read()), dtype=torch.float32).view(-1, *request["input"])
    y = torch.frombuffer(bytearray(open(request["y"], "rb").read()), dtype=torch.int32).long()
    model = build(request).train()
    if request["optimizer"] == "Adam":
        optimizer = torch.optim.Adam(model.parameters(), lr=request["rate"])
    else:
        optimizer = torch.optim.SGD(model.parameters(), lr=request["rate"], momentum=0.9)
    loss_of = nn.CrossEntropyLoss()
    loader = DataLoader(TensorDataset(x, y), batch_size=batch, shuffle=True)
    steps = -1
    for _ in range(request["epochs"]):
        total = 0.0
        for rows, wanted in loader if request["loader"] else select(x, y, batch):
            optimizer.zero_grad()
            loss = loss_of(model(rows), wanted)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
            steps += 1
            if steps == 0:
                start, cpu = time.perf_counter(), time.process_time()
    wall, cpu = (time.perf_counter() - start) / steps * 1e6, (time.process_time() - cpu) / steps * 1e6
    model.eval()
    with torch.no_grad():
        accuracy = (model(x).argmax(1) == y).float().mean().item()
    return {"wall": wall, "cpu": cpu, "loss": total / len(x), "accuracy": accuracy}


libraries = {line.split("/")[-1].strip() for line in open("/proc/self/maps") if "blas" in line.lower()}
print(json.dumps({"version": f"{torch.__version__} with {', '.join(sorted(libraries)) or 'no BLAS of its own'}"}), flush=True)
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
