#!/usr/bin/env python3
"""The same networks in PyTorch, timed on command: the peer that bench/draw.ts and bench/train.ts measure against.

    torch_peer.py draw WIDTH CHANNELS THREADS      a generator's forward pass, one block
    torch_peer.py train WIDTH CHANNELS THREADS     one discriminator and one generator update, 16 blocks each

Prints "ready", then for each line on standard input runs once and prints the milliseconds it took.
Needs Debian's python3-torch; libopenblas0-pthread makes it as fast as it gets there.
"""
import sys
import time

import torch
from torch import nn

BATCH = 16


def generator(channels, width):
    layers, previous = [], channels
    for factor in (8, 4, 2, 1):
        layers += [nn.ConvTranspose2d(previous, factor * width, 4, 2, 1, bias=False), nn.BatchNorm2d(factor * width), nn.LeakyReLU(0.2)]
        previous = factor * width
    return nn.Sequential(*layers, nn.ConvTranspose2d(width, 2, 4, 2, 1), nn.Sigmoid())


def discriminator(width):
    layers, previous = [], 2
    for i, factor in enumerate((1, 2, 4, 8, 1)):
        layers.append(nn.Conv2d(previous, factor * width, 4, 2, 1, bias=False))
        if i:
            layers.append(nn.BatchNorm2d(factor * width))
        layers.append(nn.LeakyReLU(0.2))
        previous = factor * width
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(16 * width, 512), nn.LeakyReLU(0.2), nn.Linear(512, 1))


def drawing(width, channels):
    g = generator(channels, width).eval()
    latent = torch.randn(1, channels, 2, 8)

    def run():
        with torch.inference_mode():
            g(latent)

    return run


def training(width, channels):
    g, d = generator(channels, width), discriminator(width)
    optimise_g = torch.optim.Adam(g.parameters(), 2e-4, (0.5, 0.999))
    optimise_d = torch.optim.Adam(d.parameters(), 2e-4, (0.5, 0.999))
    loss, ones, zeros = nn.BCEWithLogitsLoss(), torch.ones(BATCH, 1), torch.zeros(BATCH, 1)
    real = (torch.rand(BATCH, 2, 64, 256) < 0.05).float()

    def run():
        fake = g(torch.randn(BATCH, channels, 2, 8))
        optimise_g.zero_grad()
        loss(d(fake), ones).backward()
        optimise_g.step()
        optimise_d.zero_grad()
        (loss(d(real), ones) + loss(d(fake.detach()), zeros)).backward()
        optimise_d.step()

    return run


def main():
    what, (width, channels, threads) = sys.argv[1], map(int, sys.argv[2:5])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    run = {'draw': drawing, 'train': training}[what](width, channels)
    for _ in range(3):
        run()
    print('ready', flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        run()
        print((time.perf_counter() - begun) * 1000, flush=True)


main()
