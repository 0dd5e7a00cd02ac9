"""What bench/evaluate.ts measures, by the reference evaluation. Runs once for each line on stdin, prints milliseconds."""
import os, sys, time

sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../test/training/reference'))
import numpy as np
import evaluate as ev

what, drawn, songs, limit, windows = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])


def load():
    return ev.load_blocks(drawn)[0][:limit], *ev.load_songs(songs)[:2]


def features(blocks, real, _):
    G, R = ev.table(blocks), ev.table(real[:limit])
    ev.compare(G, R), ev.frechet(G, R)


def memorisation(blocks, _, runs):
    rng = np.random.default_rng(1)
    ev.memorise(blocks, ev.Index(runs), windows, rng)
    ev.memorise([ev.skyline(b) for b in blocks], ev.Index([(n, ev.skyline(g), nb) for n, g, nb in runs]), windows, rng)


loaded = load()
print('ready', flush=True)
for _ in sys.stdin:
    begun = time.perf_counter()
    if what == 'all':
        loaded = load()
    if what in ('features', 'all'):
        features(*loaded)
    if what in ('memorisation', 'all'):
        memorisation(*loaded)
    print((time.perf_counter() - begun) * 1000, flush=True)
