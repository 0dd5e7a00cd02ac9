#!/usr/bin/env python3
"""dump.py GEN_MODE GEN_DIR REF_DIR TRAIN_DIR: all that the reference evaluation measures, nothing drawn at random or rounded, as JSON."""
import json, sys
import numpy as np
import evaluate as ev

ALL = 1 << 30


def plain(x):
    """Undefined numbers as null."""
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple, np.ndarray)):
        return [plain(v) for v in x]
    return float(x) if np.isfinite(x) else None


def main(mode, gen, ref, train):
    if mode == 'song':
        blocks = ev.load_songs(gen)[0]
    else:
        blocks = ev.load_blocks(gen)[0]
    real, songs = ev.load_songs(ref)[0], ev.load_songs(train)[1]
    G, R = ev.table(blocks), ev.table(real)
    compared, rng = ev.compare(G, R), np.random.default_rng(1)
    memory = ev.memorise(blocks, ev.Index(songs), ALL, rng)
    top = ev.memorise([ev.skyline(b) for b in blocks], ev.Index([(n, ev.skyline(g), nb) for n, g, nb in songs]), ALL, rng)
    kl = [v['KL'] for v in compared.values() if np.isfinite(v['KL'])]
    json.dump(plain(dict(
        generated=[ev.features(b) for b in blocks], reference=[ev.features(b) for b in real], compared=compared,
        mean_OA=np.mean([v['OA'] for v in compared.values()]), mean_KL=np.mean(kl), frechet=ev.frechet(G, R)[0],
        memory=memory, memory_top=top)), sys.stdout)


main(*sys.argv[1:])
