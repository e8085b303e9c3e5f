"""Writes pictures.json: what Pillow makes of JPEG files, decoded and resized, as bytes in planes of red, green and blue (base64).

How it was made: Debian 12's python3-pil (9.4.0), `/usr/bin/python3 tests/Reference/pictures.py ../shared/data`.
"""
import base64
import json
import os
import sys

import numpy as np
import PIL
from PIL import Image

FOLDER = os.path.join("images", "cifar10", "train")
FILES = ["airplane/0000.jpg", "frog/0007.jpg", "ship/0042.jpg"]
SIZES = [(32, 32), (20, 13), (48, 64)]  # width, height


def planes(picture):
    return base64.b64encode(np.array(picture, dtype=np.uint8).transpose(2, 0, 1).tobytes()).decode()


def main(root):
    rows = []
    for file in FILES:
        picture = Image.open(os.path.join(root, FOLDER, file)).convert("RGB")
        for width, height in SIZES:
            resized = picture if (width, height) == picture.size else picture.resize((width, height), Image.BILINEAR)
            rows.append({"file": f"images/cifar10/train/{file}", "height": height, "width": width, "planes": planes(resized)})
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pictures.json"), "w", encoding="utf-8") as out:
        json.dump({"pillow": PIL.__version__, "pictures": rows}, out, indent=1)
        out.write("\n")


main(sys.argv[1])
