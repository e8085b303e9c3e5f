"""Augments pictures one by one, as a data set's transforms do: with Pillow, and with PyTorch's affine_grid and grid_sample."""
import json
import math
import random
import sys
import time

import numpy as np
import PIL
import torch
from PIL import Image, ImageEnhance

torch.set_num_threads(1)


def with_pillow(pixels):
    picture = Image.fromarray(pixels)
    picture = picture.rotate(random.uniform(-15, 15), Image.BILINEAR)
    if random.random() < 0.5:
        picture = picture.transpose(Image.FLIP_LEFT_RIGHT)
    width, height = picture.size
    wide = Image.new("RGB", (width + 8, height + 8))
    wide.paste(picture, (4, 4))
    left, top = random.randint(0, 8), random.randint(0, 8)
    picture = wide.crop((left, top, left + width, top + height))
    for change in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        picture = change(picture).enhance(random.uniform(0.8, 1.2))
    return torch.from_numpy(np.array(picture)).permute(2, 0, 1).contiguous().to(torch.float32).div(255)


def with_torch(picture):
    angle = math.radians(random.uniform(-15, 15))
    flip = -1.0 if random.random() < 0.5 else 1.0
    size = picture.shape[-1]
    matrix = torch.tensor([[[math.cos(angle) * flip, -math.sin(angle), random.randint(-4, 4) * 2 / size],
                            [math.sin(angle) * flip, math.cos(angle), random.randint(-4, 4) * 2 / size]]])
    grid = torch.nn.functional.affine_grid(matrix, (1, *picture.shape), align_corners=False)
    picture = torch.nn.functional.grid_sample(picture[None], grid, align_corners=False)[0]
    weights = torch.tensor([0.299, 0.587, 0.114])[:, None, None]
    picture = (picture * random.uniform(0.8, 1.2)).clamp(0, 1)
    picture = torch.lerp((picture * weights).sum(0).mean(), picture, random.uniform(0.8, 1.2)).clamp(0, 1)
    return torch.lerp((picture * weights).sum(0, keepdim=True), picture, random.uniform(0.8, 1.2)).clamp(0, 1)


def main():
    print(json.dumps({"version": f"{torch.__version__}, Pillow {PIL.__version__}"}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        size, count = request["size"], request["count"]
        bytes_ = np.random.default_rng(1).integers(0, 256, (count, size, size, 3), dtype=np.uint8)
        floats = torch.from_numpy(bytes_).permute(0, 3, 1, 2).contiguous().to(torch.float32).div(255)
        answer = {}
        for name, work in (("pillow", lambda: [with_pillow(p) for p in bytes_]), ("torch", lambda: [with_torch(p) for p in floats])):
            wall, cpu = time.perf_counter(), time.process_time()
            torch.stack(work())
            answer[name] = [(time.perf_counter() - wall) * 1e6 / count, (time.process_time() - cpu) * 1e6 / count]
        print(json.dumps(answer), flush=True)


main()
