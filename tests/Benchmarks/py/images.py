"""Loads picture files as is usual with PyTorch: a data set that opens, resizes and converts one picture, and a DataLoader with worker processes."""
import json
import os
import sys
import time

import numpy as np
import PIL
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

torch.set_num_threads(1)


class Folder(Dataset):
    def __init__(self, root, size):
        self.size = size
        self.files = []
        for label, name in enumerate(sorted(os.listdir(root))):
            for file in sorted(os.listdir(os.path.join(root, name))):
                self.files.append((os.path.join(root, name, file), label))

    def __len__(self):
        return len(self.files)

    def __getitem__(self, place):
        path, label = self.files[place]
        with open(path, "rb") as file:
            picture = Image.open(file).convert("RGB")
        if self.size > 0:
            picture = picture.resize((self.size, self.size), Image.BILINEAR)
        pixels = torch.from_numpy(np.array(picture, dtype=np.uint8, copy=True))
        return pixels.permute(2, 0, 1).contiguous().to(torch.float32).div(255), label


def spent():
    """Processor seconds of this process and of its workers, which have ended when a loader's epoch has."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main():
    print(json.dumps({"version": f"{torch.__version__}, Pillow {PIL.__version__}"}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        data = Folder(request["root"], request["size"])
        loader = DataLoader(data, batch_size=request["batch"], shuffle=True, num_workers=request["workers"])
        started, cpu = time.perf_counter(), spent()
        count, total = 0, 0.0
        for images, _ in loader:
            count += len(images)
            total += float(images[0, 0, 0, 0])
        print(json.dumps({"seconds": time.perf_counter() - started, "cpu": spent() - cpu, "count": count}), flush=True)


main()
