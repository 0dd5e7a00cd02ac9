#!/usr/bin/env python3
# The reference evaluation: the definitions of src/training/evaluation in another language, by another hand, and what its tests are held against.
"""Reference evaluation of generated piano-roll blocks against a reference set.   Needs: python3, numpy.

    evaluate.py GEN_DIR REF_DIR [--train DIR] [--json OUT]

GEN_DIR  .mid files; each file is ONE block of 256 steps (16 bars x 16 steps, a step = a 16th = ticks_per_quarter/4),
         starting at tick 0. Longer files are cut into further blocks, shorter ones are padded with silence.
REF_DIR  .mid files of whole songs (default): every window of 16 consecutive bars of 4 quarters (4/4, 2/2), hop 4 bars,
         inside the run of bars from the first to the last bar with an onset, at least half of its bars with an onset.
         --ref-mode block reads it like GEN_DIR.
--train  the songs the generator was trained on, for the memorisation check (default: REF_DIR).

GRID. An onset goes to the nearest step (half up); a note lasts at least one step; same pitch twice on one step = one note;
a note is cut at the next onset of its pitch. All tracks and channels are merged, except channel 10 (drums; --drums keeps it).
Two rolls per block: O = onsets (0/1), S = sounding (0/1), each 128 pitches x 256 steps.

FEATURES of one block (names as printed)
  empty_bar_ratio      MuseGAN EB: share of the 16 bars in which no pitch sounds.
  used_pitch_classes   MuseGAN UPC: pitch classes sounding per bar, mean over the non-empty bars.
  qualified_notes      MuseGAN QN. There: notes of >= 3 steps on a 96-steps-a-bar grid, that is >= a 32nd note. On a 16-step bar one
                       step is already 6 of those steps, so every note would qualify and the number says nothing.
                       Here: share of notes of >= 2 steps (an 8th note; 12 of MuseGAN's steps). Low = fragments.
  qualified_notes_32nd MuseGAN's own rule taken on the file's ticks before the grid: share of notes >= a 32nd (printed, not compared).
  polyphonicity        share of the 256 steps on which >= 2 pitches sound (MusPy polyphony rate, threshold 2).
  tonal_distance       Harte/MuseGAN 6-D tonal-centroid distance (r = 1, 1, 0.5) between the highest sounding voice and all that
                       sounds below it, per half bar (chroma summed over its 8 steps, each summing to 1), mean over the half
                       bars that have both. Undefined for one voice: such blocks are left out of this feature.
  scale_consistency    MusPy: the best share of notes inside one major/natural-minor scale (12 distinct scales).
  pitch_range          highest - lowest pitch (semitones).    mean_pitch    mean MIDI pitch of the notes.
  pitch_count          number of different pitches.           notes_per_bar onsets / 16.
  mean_ioi             mean steps between successive distinct onset steps.
  mean_interval        mean absolute step (semitones) between successive top notes.
  mean_length          mean note length in steps.
  groove_consistency   MusPy: 1 - mean Hamming distance (divided by 16) of the binary onset-position vectors of neighbouring bars.
  bar_self_similarity  mean over bar pairs of the Dice overlap 2|A and B| / (|A|+|B|) of their onset rolls (pitch x 16); pairs with
                       both bars empty are left out.
  lag_similarity[5]    the same Dice mean, bars 1, 2, 4, 8 apart, and the best match among all other bars (mean over bars).
  length_hist[10]      share of notes of length 1 | 2 | 3 | 4 | 5-6 | 7-8 | 9-12 | 13-16 | 17-32 | >32 steps.
  onset_hist[16]       share of notes starting at each position of the bar.
  pc_hist[12]          share of notes per pitch class, rotated so that the tonic of the best scale is 0 (key-free).
  pc_transitions[144]  share of top-voice moves from pitch class a to b, rotated likewise.
A block without notes has zero for everything (tonal_distance undefined) and empty_bar_ratio 1.

COMPARISON (after Yang & Lerch 2018), per feature, Euclidean distances between blocks:
  intra_ref: all pairs inside REF; intra_gen: all pairs inside GEN; inter: all pairs GEN x REF. Gaussian KDE, Scott's bandwidth
  (floor 0.5% of the axis), 400-point common axis from 0 to the largest distance.
  OA_ref = overlap of pdf(inter) and pdf(intra_ref); OA_gen = overlap of pdf(inter) and pdf(intra_gen); OA = their mean.
  KL = mean of KL(pdf(intra_ref) || pdf(inter)) and KL(pdf(intra_gen) || pdf(inter)), natural log, pdf floor 1e-6 of its peak.
  A collapsed generator has intra_gen at 0, so OA_gen near 0 even when every single block looks right.
SUMMARY  mean_OA = mean of OA over the features (0..1, higher is better; real held-out against real training music is the ceiling).
FRECHET  distance of two Gaussians fitted to the vector of all features except pc_transitions (and tonal_distance, undefined for
         some); each dimension divided by its standard deviation in REF (floor 0.02 for shares, 0.25 for the rest). Depends on the
         number of blocks: compare equal numbers only.
MEMORISATION. For each window of 2 and of 4 bars (hop 1 bar) with >= 3 (2 bars: >= 6, 4 bars: >= 12) onsets a bar and >= 3 pitches:
  the largest similarity with any equally long run of bars of a training song, over all transpositions. Similarity =
  1 - Hamming(A, B) / (|A| + |B|) of the onset rolls (= Dice). Plain Hamming over all cells is no use: two unrelated sparse rolls
  agree on more than 95% of the cells. Reported: share of windows >= 0.95, share of exact copies (1.0), median best similarity.
  The search looks only at runs that share at least one half bar (>= 1 onset) exactly up to transposition, rarest half bars first,
  at most 4000 candidates a window, so "median best" is a lower bound (0 = no half bar in common). With fewer than 4 changed cells
  in 2 bars (8 in 4 bars) some half bar is untouched, so matches >= 0.95 are found up to about 20 onsets a bar.
  "top voice": the same on the highest onset of each step only (a melody under another accompaniment), on half bars of that line.
  Judge the shares against those of real held-out music, not against zero.

LIMITS. Pairwise distances say little about long-range order: bars of real blocks put in random order inside each block lose only
0.005-0.02 of mean_OA (FRECHET moves more). Read lag_similarity too. mean_OA treats every feature alike; empty_bar_ratio is constant in
most real sets.
"""
import argparse, glob, json, os, struct, sys, time
import numpy as np

STEPS, BARS, NSTEP = 16, 16, 256

# ---------------------------------------------------------------- MIDI reading
def read_midi(path):
    """Standard MIDI file -> (ticks per quarter, notes [(on, off, pitch, channel)], time signatures [(tick, n, d)])."""
    d = open(path, 'rb').read()
    if d[:4] != b'MThd':
        raise ValueError('no MThd')
    hl, _, _, tpq = struct.unpack('>IHHH', d[4:14])
    if tpq & 0x8000 or tpq == 0:
        raise ValueError('SMPTE or zero division')
    i, notes, sigs = 8 + hl, [], []

    def vlq(j):
        v = 0
        while True:
            b = d[j]; j += 1; v = v << 7 | b & 127
            if b < 128:
                return v, j
    while i + 8 <= len(d):
        tag, n = d[i:i + 4], struct.unpack('>I', d[i + 4:i + 8])[0]
        i += 8
        j, stop, t, run, held = i, min(i + n, len(d)), 0, 0, {}
        i += n
        if tag != b'MTrk':
            continue
        while j < stop:
            dt, j = vlq(j); t += dt
            s = d[j]
            if s & 0x80:
                j += 1
            else:
                s = run
            if s == 0xFF:
                kind = d[j]; n, j = vlq(j + 1)
                if kind == 0x58 and n >= 2:
                    sigs.append((t, d[j], 1 << d[j + 1]))
                j += n
                if kind == 0x2F:
                    break
            elif s in (0xF0, 0xF7):
                n, j = vlq(j); j += n
            elif s < 0x80 or s > 0xF0:
                raise ValueError('bad status byte')
            else:
                run = s
                k, ch = s & 0xF0, s & 15
                if k in (0xC0, 0xD0):
                    j += 1; continue
                p, v = d[j], d[j + 1]; j += 2
                if k == 0x90 and v:
                    held.setdefault((ch, p), []).append(t)
                elif k in (0x80, 0x90) and held.get((ch, p)):
                    notes.append((held[ch, p].pop(0), t, p, ch))
        for (ch, p), q in held.items():
            notes += [(on, t, p, ch) for on in q]
    return tpq, sorted(notes), sorted(sigs)

def grid(notes, unit, drums=False):
    """-> array of (onset step, end step, pitch), one per (pitch, step), cut at the next onset of the pitch; plus raw lengths."""
    best = {}
    for on, off, p, ch in notes:
        if ch == 9 and not drums or p == 0:          # pitch 0: the seed writes silent spacer notes there
            continue
        a = int(on / unit + 0.5); b = max(a + 1, int(off / unit + 0.5))
        if b > best.get((p, a), 0):
            best[p, a] = b
    out, nxt = [], {}
    for (p, a) in sorted(best, reverse=True):
        b = min(best[p, a], nxt.get(p, 1 << 30)); nxt[p] = a
        out.append((a, b, p))
    return np.array(sorted(out), dtype=np.int64).reshape(-1, 3)

def cut(g, start, length=NSTEP):
    """Notes starting inside [start, start+length), ends clipped."""
    g = g[(g[:, 0] >= start) & (g[:, 0] < start + length)].copy()
    g[:, :2] -= start
    g[:, 1] = np.minimum(g[:, 1], length)
    return g

def bars44(tpq, notes, sigs):
    """Runs of consecutive bars of 4 quarters as lists of start ticks, trimmed to the first and last bar with an onset."""
    end = max((n[0] for n in notes), default=0) + 1
    if not sigs or sigs[0][0] > 0:
        sigs = [(0, 4, 4)] + list(sigs)
    bars = []
    for k, (t, n, d) in enumerate(sigs):
        stop, L = (sigs[k + 1][0] if k + 1 < len(sigs) else end), tpq * 4 * n // d
        while t < stop and L > 0:
            bars.append((t, L == 4 * tpq and (k + 1 == len(sigs) or t + L <= stop))); t += L
    ons = np.array([n[0] for n in notes])
    if not len(ons):
        return []
    runs, cur = [], []
    for t, ok in bars:
        if ok and t + 4 * tpq > ons.min() and t <= ons.max():
            cur.append(t)
        elif cur:
            runs.append(cur); cur = []
    return runs + [cur] if cur else runs

def load_blocks(path, ticks_per_step=None, drums=False, split=1):
    """GEN-style reading -> blocks, q32 share, file names. split=2 writes each file step as two steps (8th-note rolls)."""
    blocks, q32, names, bad = [], [], [], 0
    for f in sorted(glob.glob(os.path.join(path, '**', '*.mid'), recursive=True)):
        try:
            tpq, notes, _ = read_midi(f)
        except (ValueError, IndexError, struct.error):
            bad += 1; notes, tpq = [], 480
        unit = (ticks_per_step or tpq / 4) / split
        q32 += [(off - on) * 2 >= unit for on, off, p, ch in notes if p]   # a 32nd = half a step
        g = grid(notes, unit, drums)
        n = max(1, -(-int(g[:, 0].max() + 1) // NSTEP)) if len(g) else 1
        for k in range(n if split == 1 else max(n, split)):
            blocks.append(cut(g, k * NSTEP)); names.append(os.path.basename(f))
    return blocks, (float(np.mean(q32)) if q32 else 0.0), names, bad

def load_songs(path, drums=False, hop=4):
    blocks, songs, q32 = [], [], []
    for f in sorted(glob.glob(os.path.join(path, '**', '*.mid'), recursive=True)):
        try:
            tpq, notes, sigs = read_midi(f)
        except (ValueError, IndexError, struct.error):
            continue
        g = grid(notes, tpq / 4, drums)
        q32 += [(off - on) * 8 >= tpq for on, off, p, ch in notes]
        for run in bars44(tpq, notes, sigs):
            s0 = int(run[0] * 4 / tpq + 0.5)
            sub = cut(g, s0, len(run) * STEPS)
            songs.append((os.path.basename(f), sub, len(run)))
            for b in range(0, len(run) - BARS + 1, hop):
                blk = cut(sub, b * STEPS)
                if len(np.unique(blk[:, 0] // STEPS)) * 2 >= BARS:
                    blocks.append(blk)
    return blocks, songs, (float(np.mean(q32)) if q32 else 0.0)

# ---------------------------------------------------------------- features
SCALES = np.array([[(pc - k) % 12 in (0, 2, 4, 5, 7, 9, 11) for pc in range(12)] for k in range(12)], float)
_a = np.arange(12)
TONAL = np.array([np.sin(_a * 7 * np.pi / 6), np.cos(_a * 7 * np.pi / 6), np.sin(_a * 3 * np.pi / 2), np.cos(_a * 3 * np.pi / 2),
                  .5 * np.sin(_a * 2 * np.pi / 3), .5 * np.cos(_a * 2 * np.pi / 3)])
LEN_EDGES = np.array([1, 2, 3, 4, 5, 7, 9, 13, 17, 33])
SCALARS = ['empty_bar_ratio', 'used_pitch_classes', 'qualified_notes', 'polyphonicity', 'tonal_distance', 'scale_consistency',
           'pitch_range', 'mean_pitch', 'pitch_count', 'notes_per_bar', 'mean_ioi', 'mean_interval', 'mean_length',
           'groove_consistency', 'bar_self_similarity']
VECTORS = ['lag_similarity', 'length_hist', 'onset_hist', 'pc_hist', 'pc_transitions']
WIDE = {'used_pitch_classes', 'pitch_range', 'mean_pitch', 'pitch_count', 'notes_per_bar', 'mean_ioi', 'mean_interval', 'mean_length'}

def features(g):
    f = {k: 0.0 for k in SCALARS}
    f.update(empty_bar_ratio=1.0, tonal_distance=np.nan, lag_similarity=np.zeros(5), length_hist=np.zeros(10), onset_hist=np.zeros(16),
             pc_hist=np.zeros(12), pc_transitions=np.zeros(144))
    if not len(g):
        return f
    on, off, p = g[:, 0], g[:, 1], g[:, 2]
    n, length = len(g), off - on
    S = np.zeros((128, NSTEP + 1), np.int16)
    np.add.at(S, (p, on), 1); np.add.at(S, (p, off), -1)
    S = np.cumsum(S, 1)[:, :NSTEP] > 0
    C = np.zeros((12, NSTEP))
    np.add.at(C, np.arange(128) % 12, S)                       # chroma: sounding pitches per class and step
    barpc = C.reshape(12, BARS, STEPS).sum(2) > 0
    full = barpc.any(0)
    f['empty_bar_ratio'] = 1 - full.mean()
    f['used_pitch_classes'] = barpc.sum(0)[full].mean()
    f['qualified_notes'] = (length >= 2).mean()
    voices = S.sum(0)
    f['polyphonicity'] = (voices >= 2).mean()
    top = np.where(voices > 0, 127 - np.argmax(S[::-1], 0), -1)
    U = np.zeros((12, NSTEP)); w = top >= 0
    U[top[w] % 12, np.flatnonzero(w)] = 1
    Lo = (C - U).reshape(12, 32, 8).sum(2); U = U.reshape(12, 32, 8).sum(2)
    both = (Lo.sum(0) > 0) & (U.sum(0) > 0)
    if both.any():
        f['tonal_distance'] = np.linalg.norm(TONAL @ (U[:, both] / U[:, both].sum(0) - Lo[:, both] / Lo[:, both].sum(0)), axis=0).mean()
    pc = np.bincount(p % 12, minlength=12) / n
    fit = SCALES @ pc
    # ties between scales: the one whose tonic, dominant and third are heaviest (keeps the rotation stable)
    tri = np.array([pc[k] + pc[(k + 7) % 12] + pc[(k + 4) % 12] for k in range(12)])
    key = int(np.argmax(np.round(fit, 6) + 1e-4 * tri))
    f['scale_consistency'] = fit.max()
    f['pitch_range'] = float(p.max() - p.min()); f['mean_pitch'] = p.mean(); f['pitch_count'] = float(len(np.unique(p)))
    f['notes_per_bar'] = n / BARS; f['mean_length'] = length.mean()
    u = np.unique(on)
    f['mean_ioi'] = float(np.diff(u).mean()) if len(u) > 1 else 0.0
    topn = np.zeros(NSTEP, np.int64); np.maximum.at(topn, on, p); tl = topn[u]
    if len(tl) > 1:
        f['mean_interval'] = np.abs(np.diff(tl)).mean()
        t = np.bincount(((tl[:-1] - key) % 12) * 12 + (tl[1:] - key) % 12, minlength=144)
        f['pc_transitions'] = t / t.sum()
    G = np.zeros((BARS, STEPS)); G[on // STEPS, on % STEPS] = 1
    f['groove_consistency'] = 1 - (G[1:] != G[:-1]).mean()
    R = np.zeros((BARS, 128 * STEPS)); R[on // STEPS, p * STEPS + on % STEPS] = 1
    k = R.sum(1); den = k[:, None] + k[None]
    D = np.where(den > 0, 2 * (R @ R.T) / np.maximum(den, 1), np.nan)
    iu = np.triu_indices(BARS, 1)
    m = lambda x: float(np.nanmean(x)) if np.isfinite(x).any() else 0.0
    f['bar_self_similarity'] = m(D[iu])
    E = D.copy(); np.fill_diagonal(E, -1); E = np.where(np.isnan(E), -1, E).max(1)
    f['lag_similarity'] = np.array([m(np.diagonal(D, q)) for q in (1, 2, 4, 8)] + [E[k > 0].mean() if (k > 0).any() else 0])
    f['length_hist'] = np.bincount(np.searchsorted(LEN_EDGES, length, 'right') - 1, minlength=10)[:10] / n
    f['onset_hist'] = np.bincount(on % STEPS, minlength=16) / n
    f['pc_hist'] = np.roll(pc, -key)
    return f

def table(blocks):
    F = [features(b) for b in blocks]
    return {k: np.array([f[k] for f in F]) for k in SCALARS + VECTORS}

# ---------------------------------------------------------------- set comparison
def dist(A, B=None):
    A = A.reshape(len(A), -1).astype(float); A = A[np.isfinite(A).all(1)]
    if B is not None:
        B = B.reshape(len(B), -1).astype(float); B = B[np.isfinite(B).all(1)]
    Q = A if B is None else B
    if A.shape[1] == 1:
        D = np.abs(A - Q[:, 0][None])
    else:
        D = np.sqrt(np.maximum((A ** 2).sum(1)[:, None] + (Q ** 2).sum(1)[None] - 2 * A @ Q.T, 0))
    return D[np.triu_indices(len(A), 1)] if B is None else D.ravel()

def pdf(x, hi, m=400):
    """Gaussian KDE on a common axis, by binning and convolution."""
    h = np.bincount(np.minimum((x / hi * m).astype(int), m - 1), minlength=m).astype(float)
    bw = max(x.std() * len(x) ** -0.2 / hi * m, 0.005 * m)
    k = np.arange(-m, m + 1); k = np.exp(-0.5 * (k / bw) ** 2)
    y = np.convolve(h, k)[m:2 * m]                              # mass outside the axis is dropped, then renormalised
    return y / y.sum()

def compare(G, R):
    out = {}
    for k in SCALARS + VECTORS:
        a, b, c = dist(G[k]), dist(R[k]), dist(G[k], R[k])
        if min(len(a), len(b), len(c)) == 0:
            out[k] = dict(OA_ref=0.0, OA_gen=0.0, OA=0.0, KL=float('nan')); continue
        hi = max(a.max(), b.max(), c.max(), 1e-9) * 1.000001
        P, Q, X = pdf(a, hi), pdf(b, hi), pdf(c, hi)
        kl = lambda u, v: float((u * np.log(np.maximum(u, 1e-6 * u.max()) / np.maximum(v, 1e-6 * v.max()))).sum())
        o1, o2 = float(np.minimum(Q, X).sum()), float(np.minimum(P, X).sum())
        out[k] = dict(OA_ref=o1, OA_gen=o2, OA=(o1 + o2) / 2, KL=(kl(Q, X) + kl(P, X)) / 2)
    return out

def frechet(G, R):
    cols = [k for k in SCALARS if k != 'tonal_distance'] + [k for k in VECTORS if k != 'pc_transitions']
    st = lambda T: np.concatenate([T[k].reshape(len(T[k]), -1) for k in cols], 1)
    fl = np.concatenate([np.full(R[k].reshape(len(R[k]), -1).shape[1], 0.25 if k in WIDE else 0.02) for k in cols])
    g, r = st(G), st(R); s = np.maximum(r.std(0), fl); g, r = g / s, r / s
    if len(g) < 2:
        return float('nan'), g.shape[1]
    c1, c2 = np.cov(g.T), np.cov(r.T)
    w, v = np.linalg.eigh(c2); h = (v * np.sqrt(np.maximum(w, 0))) @ v.T
    tr = np.sqrt(np.maximum(np.linalg.eigvalsh(h @ c1 @ h), 0)).sum()
    return float(((g.mean(0) - r.mean(0)) ** 2).sum() + np.trace(c1) + np.trace(c2) - 2 * tr), g.shape[1]

# ---------------------------------------------------------------- memorisation
class Index:
    """All half bars of the training songs, in order; a run of bars is a contiguous slice of cells."""
    def __init__(self, songs):
        st, pi, self.song, off, base = [], [], [], [0], 0
        keys = {}
        for si, (_, g, nb) in enumerate(songs):
            hb = g[:, 0] // 8
            cuts = np.searchsorted(hb, np.arange(2 * nb + 1))
            for h in range(2 * nb):
                c = g[cuts[h]:cuts[h + 1]]
                if len(c):
                    lo = int(c[:, 2].min())
                    keys.setdefault(tuple(map(tuple, np.stack([c[:, 0] % 8, c[:, 2] - lo], 1))), []).append((base + h, lo))
                off.append(off[-1] + len(c)); self.song.append(si)
            st.append(g[:, 0] + base * 8); pi.append(g[:, 2]); base += 2 * nb
        self.step = np.concatenate(st) if st else np.zeros(0, int); self.pitch = np.concatenate(pi) if pi else np.zeros(0, int)
        self.off = np.array(off); self.song = np.array(self.song); self.start = {}
        self.first = np.searchsorted(self.song, self.song)         # first half bar of the song of each half bar
        self.keys = {k: np.array(v) for k, v in keys.items()}

    def best(self, g, nh, cap=4000):
        """Best Dice of the window g (steps 0..8*nh) with a training run of nh half bars starting on a bar line."""
        hb = g[:, 0] // 8; cand = []
        for h in range(nh):
            c = g[hb == h]
            if len(c):
                lo = int(c[:, 2].min())
                v = self.keys.get(tuple(map(tuple, np.stack([c[:, 0] % 8, c[:, 2] - lo], 1))))
                if v is not None:
                    cand.append((len(v), h, lo, v))
        if not cand:
            return 0.0
        cand.sort(key=lambda x: (x[0], x[1])); got, room = [], cap
        for m, h, lo, v in cand:
            v = v[:room]; room -= len(v)
            got.append(np.stack([v[:, 0] - h, v[:, 1] - lo], 1))
            if room <= 0:
                break
        c = np.unique(np.concatenate(got), axis=0)
        s, tr = c[:, 0], c[:, 1]; e = s + nh
        ok = (s >= 0) & (e <= len(self.song))
        s, tr, e = s[ok], tr[ok], e[ok]
        ok = (self.song[s] == self.song[e - 1]) & ((s - self.first[s]) % 2 == 0)
        s, tr, e = s[ok], tr[ok], e[ok]
        if not len(s):
            return 0.0
        a, b = self.off[s], self.off[e]; ln = b - a
        T = np.zeros((nh * 8, 384), np.int8); T[g[:, 0], g[:, 2] + 128] = 1
        rep = np.repeat(np.arange(len(s)), ln); ix = np.arange(ln.sum()) - np.repeat(np.cumsum(ln) - ln, ln) + np.repeat(a, ln)
        hit = T[self.step[ix] - 8 * s[rep], self.pitch[ix] - tr[rep] + 128]
        return float((2 * np.bincount(rep, hit, len(s)) / (ln + len(g))).max())

def skyline(g):
    """The highest note of each onset step."""
    top = {}
    for a, b, p in g:
        if p >= top.get(a, (0, -1))[1]:
            top[a] = (b, p)
    return np.array([(a, b, p) for a, (b, p) in sorted(top.items())], dtype=np.int64).reshape(-1, 3)

def memorise(blocks, idx, limit, rng):
    out = {}
    for nb in (2, 4):
        W = [(i, b) for i in range(len(blocks)) for b in range(BARS - nb + 1)]
        W = [W[j] for j in sorted(rng.permutation(len(W))[:limit])]
        sim = []
        for i, b in W:
            g = cut(blocks[i], b * STEPS, nb * STEPS)
            if len(g) >= 3 * nb and len(np.unique(g[:, 2])) >= 3:
                sim.append(idx.best(g, 2 * nb))
        s = np.array(sim)
        out['%d_bars' % nb] = dict(windows=len(s), share_ge_095=float((s >= .95).mean()) if len(s) else 0.0,
                                   share_exact=float((s > .9999).mean()) if len(s) else 0.0,
                                   median_best=float(np.median(s)) if len(s) else 0.0)
    return out

# ---------------------------------------------------------------- main
def main():
    ap = argparse.ArgumentParser(description='Compare generated 16-bar blocks with a reference set of MIDI files.')
    ap.add_argument('gen'); ap.add_argument('ref')
    ap.add_argument('--train', help='songs for the memorisation check (default: REF)')
    ap.add_argument('--gen-mode', choices=['block', 'song'], default='block')
    ap.add_argument('--ref-mode', choices=['block', 'song'], default='song')
    ap.add_argument('--gen-ticks-per-step', type=float, help='step length of GEN in ticks (default: ticks_per_quarter/4)')
    ap.add_argument('--gen-split', type=int, default=1, help='write each GEN step as this many steps (2: GEN is an 8th-note roll)')
    ap.add_argument('--max-blocks', type=int, default=500, help='blocks taken of each set (random, --seed); equal numbers keep FRECHET comparable')
    ap.add_argument('--mem-windows', type=int, default=2000, help='windows of each length in the memorisation check')
    ap.add_argument('--no-memorisation', action='store_true'); ap.add_argument('--drums', action='store_true')
    ap.add_argument('--seed', type=int, default=1); ap.add_argument('--json')
    a = ap.parse_args()
    t0, rng, bad = time.time(), np.random.default_rng(a.seed), 0

    def load(path, mode, tps=None, split=1):
        if mode == 'song':
            b, s, q = load_songs(path, a.drums); return b, s, q, 0
        b, q, _, bad = load_blocks(path, tps, a.drums, split)
        return b, [(str(i), x, BARS) for i, x in enumerate(b)], q, bad
    gb, _, gq, bad = load(a.gen, a.gen_mode, a.gen_ticks_per_step, a.gen_split)
    rb, rs, rq, _ = load(a.ref, a.ref_mode)
    if not gb or not rb:
        sys.exit('no blocks: GEN %d, REF %d' % (len(gb), len(rb)))
    pick = lambda x: [x[i] for i in sorted(rng.permutation(len(x))[:a.max_blocks])]
    ng, nr = len(gb), len(rb); gb, rb = pick(gb), pick(rb)
    G, R = table(gb), table(rb)
    cmp_ = compare(G, R); fd, dims = frechet(G, R)
    kl = [v['KL'] for v in cmp_.values() if np.isfinite(v['KL'])]
    res = dict(gen=a.gen, ref=a.ref, gen_blocks=len(gb), gen_blocks_found=ng, gen_unreadable_files=bad, ref_blocks=len(rb), ref_blocks_found=nr,
               gen_empty_blocks=float(np.mean([len(b) == 0 for b in gb])), gen_distinct_blocks=len({b.tobytes() for b in gb}),
               mean_OA=float(np.mean([v['OA'] for v in cmp_.values()])), mean_KL=float(np.mean(kl)) if kl else None, frechet=fd, frechet_dims=dims,
               qualified_notes_32nd=dict(gen=gq, ref=rq), features={})
    for k in SCALARS + VECTORS:
        e = {kk: round(v, 4) for kk, v in cmp_[k].items()}
        mean = lambda T: (round(float(np.nanmean(T[k])), 4) if np.isfinite(T[k]).any() else None) if k in SCALARS else np.round(T[k].mean(0), 4).tolist()
        e['gen_mean'], e['ref_mean'] = mean(G), mean(R)
        if k in SCALARS:
            sd = lambda T: round(float(np.nanstd(T[k])), 4) if np.isfinite(T[k]).any() else None
            e['gen_sd'], e['ref_sd'] = sd(G), sd(R)
        res['features'][k] = e
    t1 = time.time()
    if not a.no_memorisation:
        songs = load_songs(a.train, a.drums)[1] if a.train else rs
        res['memorisation'] = memorise(gb, Index(songs), a.mem_windows, rng)
        tv = memorise([skyline(b) for b in gb], Index([(n, skyline(g), nb) for n, g, nb in songs]), a.mem_windows, rng)
        res['memorisation'].update({k + '_top_voice': v for k, v in tv.items()})
    res['seconds'] = dict(features_and_distances=round(t1 - t0, 1), memorisation=round(time.time() - t1, 1))
    if a.json:
        json.dump(res, open(a.json, 'w'), indent=1)
    print('GEN %s: %d blocks (%d found, %.1f%% empty, %d distinct, %d unreadable files)   REF %s: %d blocks (%d found)' % (
        a.gen, len(gb), ng, 100 * res['gen_empty_blocks'], res['gen_distinct_blocks'], bad, a.ref, len(rb), nr))
    print('%-20s %9s %9s %9s %9s   %6s %6s %6s %7s' % ('feature', 'gen', 'gen sd', 'ref', 'ref sd', 'OA', 'OA_ref', 'OA_gen', 'KL'))
    fmt = lambda x: '%9.3f' % x if isinstance(x, float) else '        -'
    for k, e in res['features'].items():
        sc = k in SCALARS
        print('%-20s %s %s %s %s   %6.3f %6.3f %6.3f %7.3f' % (k, fmt(e['gen_mean']) if sc else '        -', fmt(e.get('gen_sd')), fmt(e['ref_mean']) if sc else '        -',
              fmt(e.get('ref_sd')), e['OA'], e['OA_ref'], e['OA_gen'], e['KL']))
    print('lag_similarity 1,2,4,8,best: gen', res['features']['lag_similarity']['gen_mean'], 'ref', res['features']['lag_similarity']['ref_mean'])
    print('qualified_notes_32nd (file ticks): gen %.3f ref %.3f' % (gq, rq))
    print('mean_OA %.4f   mean_KL %.4f   frechet %.2f (%d dims)' % (res['mean_OA'], res['mean_KL'] if res['mean_KL'] is not None else float('nan'), fd, dims))
    for k, m in res.get('memorisation', {}).items():
        print('memorisation %s: %d windows, >=0.95 %.2f%%, exact %.2f%%, median best %.3f' % (k, m['windows'], 100 * m['share_ge_095'], 100 * m['share_exact'], m['median_best']))
    print('seconds', res['seconds'])

if __name__ == '__main__':
    main()
