"""The table of flowers in PyTorch, as a script that does it once: read, split, scale, 60 epochs, validation after each."""
import csv
import sys

import torch
from torch import nn

torch.manual_seed(7)
with open(sys.argv[1]) as file:
    rows = list(csv.DictReader(file))
columns = [name for name in rows[0] if name != "Species"]
names = sorted({row["Species"] for row in rows})
x = torch.tensor([[float(row[c]) for c in columns] for row in rows])
y = torch.tensor([names.index(row["Species"]) for row in rows])
order = torch.randperm(len(x))
train, validation = order[:int(0.8 * len(x))], order[int(0.8 * len(x)):]
x = (x - x[train].mean(0)) / x[train].std(0)
model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
loss_of = nn.CrossEntropyLoss()
for _ in range(60):
    model.train()
    shuffled = train[torch.randperm(len(train))]
    for first in range(0, len(shuffled), 32):
        batch = shuffled[first:first + 32]
        optimizer.zero_grad()
        loss = loss_of(model(x[batch]), y[batch])
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        value = loss_of(model(x[validation]), y[validation]).item()
print(value, (model(x[validation]).argmax(1) == y[validation]).float().mean().item())
