"""A small MLP in the idiomatic PyTorch loop: tensors in memory, rows taken by index for each batch, one thread. Reads one request a line, answers with one."""
import json
import os
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)


def run(request):
    sizes, batch, epochs = request["sizes"], request["batch"], request["epochs"]
    torch.manual_seed(0)
    x = torch.frombuffer(bytearray(open(request["x"], "rb").read()), dtype=torch.float32).view(-1, sizes[0])
    y = torch.frombuffer(bytearray(open(request["y"], "rb").read()), dtype=torch.float32)
    classify = request["classify"]
    y = y.long() if classify else y.view(-1, sizes[-1])
    layers = []
    for i in range(len(sizes) - 1):
        layers += [nn.Linear(sizes[i], sizes[i + 1]), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    loss_of = nn.CrossEntropyLoss() if classify else nn.MSELoss()
    if request["optimizer"] == "Adam":
        optimizer = torch.optim.Adam(model.parameters(), lr=request["rate"])
    else:
        optimizer = torch.optim.SGD(model.parameters(), lr=request["rate"], momentum=0.9)
    steps = 0
    start, processor = time.perf_counter(), time.process_time()
    for _ in range(epochs):
        order = torch.randperm(len(x))
        total = 0.0
        for first in range(0, len(x), batch):
            # All rows at once need no index.
            rows = order[first:first + batch] if batch < len(x) else slice(None)
            optimizer.zero_grad()
            loss = loss_of(model(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y[rows])
            steps += 1
    seconds = time.perf_counter() - start
    processor = time.process_time() - processor
    accuracy = None
    with torch.no_grad():
        outputs = model(x)
        if classify:
            accuracy = (outputs.argmax(1) == y).float().mean().item()
    return {"wall": seconds / steps * 1e6, "cpu": processor / steps * 1e6, "loss": loss_of(outputs, y).item(), "accuracy": accuracy}


def blas():
    """The library that serves BLAS: Debian's reference implementation is many times slower than OpenBLAS, and the ratios must say so."""
    torch.mm(torch.ones(4, 4), torch.ones(4, 4))
    files = {os.path.basename(line.split()[-1]) for line in open("/proc/self/maps") if "blas" in line or "mkl" in line}
    fast = sorted(name for name in files if "openblas" in name or "mkl" in name)
    return fast[0] if fast else "the reference BLAS (slow; install libopenblas0)" if files else "a BLAS of its own"


print(json.dumps({"version": "PyTorch " + torch.__version__, "blas": blas()}), flush=True)
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
