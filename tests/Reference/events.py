"""Reads the events of a TensorBoard folder and prints them as JSON: {run: {tag: [[step, value], ...]}}.

With TensorBoard installed by its own reader, else by the record format alone (tables of CRC-32C, protobuf by hand), which fails on any wrong byte.
Run: python3 events.py FOLDER
"""
import json
import struct
import sys
from pathlib import Path

TABLE = []
for n in range(256):
    for _ in range(8):
        n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
    TABLE.append(n)


def masked(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 255] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return value, at


def fields(data):
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        elif kind == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        else:
            size = {1: 8, 5: 4}[kind]
            value, at = struct.unpack("<d" if kind == 1 else "<f", data[at:at + size])[0], at + size
        yield key >> 3, value


def by_hand(folder):
    scalars, first = {}, True
    for path in sorted(folder.glob("events.out.tfevents.*")):
        data, at, first = path.read_bytes(), 0, True
        while at < len(data):
            length, check = struct.unpack_from("<QI", data, at)
            assert masked(data[at:at + 8]) == check, f"{path}: length at {at}"
            message = data[at + 12:at + 12 + length]
            assert masked(message) == struct.unpack_from("<I", data, at + 12 + length)[0], f"{path}: record at {at}"
            at += 16 + length
            event = dict(fields(message))
            assert (event.get(3) == b"brain.Event:2") == first and event[1] > 1.6e9, f"{path}: event at {at}"
            first = False
            for number, value in fields(event.get(5, b"")):
                value = dict(fields(value))
                scalars.setdefault(value[1].decode(), []).append([event.get(2, 0), value[2]])
    return scalars


def by_tensorboard(folder, accumulator):
    events = accumulator.EventAccumulator(str(folder), size_guidance={"tensors": 0, "scalars": 0}).Reload()
    scalars = {tag: [[e.step, e.value] for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]}
    for tag in events.Tags()["tensors"]:
        scalars[tag] = [[e.step, e.tensor_proto.float_val[0]] for e in events.Tensors(tag)]
    return scalars


try:
    from tensorboard.backend.event_processing import event_accumulator as found
except ImportError:
    found = None
root = Path(sys.argv[1])
print(json.dumps({p.name: by_tensorboard(p, found) if found else by_hand(p) for p in sorted(root.iterdir()) if p.is_dir()}))
