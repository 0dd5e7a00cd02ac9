"""Prints what arrives at a raw MIDI device of the kernel: nanoseconds of CLOCK_MONOTONIC, a blank, bytes in hex.

The kernel's raw MIDI layer stamps each message as it is delivered (framing mode, Linux 5.14), so it does not matter
when this program runs; it looks twice a second, to disturb nothing. Structures: sound/asound.h.
"""
import fcntl
import os
import struct
import sys
import time

USER_PVERSION = 0x40045702
PARAMS = 0xC0305710
INPUT, BUFFER, FRAMING_TSTAMP, CLOCK_MONOTONIC = 1, 1 << 16, 1, 2 << 3
FRAME = 32

device = os.open(sys.argv[1], os.O_RDONLY | os.O_NONBLOCK)
fcntl.ioctl(device, USER_PVERSION, struct.pack("i", 0x020002))
# 2048 frames: four times what two clocks and the densest score bring in half a second
fcntl.ioctl(device, PARAMS, struct.pack("@iLLII12x0L", INPUT, BUFFER, 1, 0, FRAMING_TSTAMP | CLOCK_MONOTONIC))
print("listens", flush=True)
while True:
    time.sleep(0.5)
    try:
        data = os.read(device, BUFFER)
    except BlockingIOError:
        continue
    for at in range(0, len(data), FRAME):
        _, length, nanoseconds, seconds = struct.unpack_from("=BBxxIQ", data, at)
        print(seconds * 1_000_000_000 + nanoseconds, data[at + 16 : at + 16 + length].hex())
    sys.stdout.flush()
