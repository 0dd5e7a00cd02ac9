import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Lateness, StateBody } from '../bridge/control/protocol.js';
import { LATE_MS, SPREAD_MS } from '../bridge/control/state-message.js';
import { isNoteOff, isNoteOn } from '../bridge/midi/midi-messages.js';
import type { Sent } from '../bridge/midi/midi-out.js';
import type { Millis } from '../music/units.js';

/** How late notes go out, since the start and lately, in bounded memory. */
export interface Timing {
  /** Listens to MidiOut. A release has no due time, which shows as exactly 0: it is left out. */
  sent(sent: Sent): void;
  figures(now: Millis): StateBody['timing'];
}

/**
 * Two windows overlap by half, and the elder is shown: it has all of the last minute, and nothing from before the last
 * two. What went wrong in one song is forgotten in the next.
 */
const WINDOW_MS = 60_000;
/** Later than this counts as this, in microseconds: ten seconds are a computer that slept. */
const LATEST_US = 10_000_000;
/** Digits that are kept: 0.1 %, in 66 KiB a histogram (measured). */
const DIGITS = 3;

export function newTiming(): Timing {
  const total = tally();
  let elder = tally();
  let younger = tally();
  /** When the younger one began. */
  let since = Number.NEGATIVE_INFINITY;

  const moveOn = (now: Millis): void => {
    if (now - since < WINDOW_MS) return;
    elder.reset();
    if (now - since >= 2 * WINDOW_MS) younger.reset();
    [elder, younger] = [younger, elder];
    since = now;
  };

  return {
    sent: ({ edge, late, time }) => {
      const isNote = isNoteOn(edge.status, edge.data2) || isNoteOff(edge.status, edge.data2);
      if (!isNote || late === 0) return;
      moveOn(time);
      for (const each of [total, elder, younger]) each.add(late);
    },
    figures: (now) => {
      moveOn(now);
      return { recent: elder.figures(), total: total.figures() };
    },
  };
}

const LAST_IN_TIME = SPREAD_MS.indexOf(LATE_MS);

interface Tally {
  add(late: Millis): void;
  figures(): Lateness;
  reset(): void;
}

function tally(): Tally {
  const histogram: RecordableHistogram = createHistogram({ lowest: 1, highest: LATEST_US, figures: DIGITS });
  const spread = Array.from({ length: SPREAD_MS.length + 1 }, () => 0);
  /** They are asked for far oftener than a note is sent. */
  let figures: Lateness | null = null;
  return {
    add: (late) => {
      figures = null;
      histogram.record(Math.min(LATEST_US, Math.max(1, Math.round(late * 1000))));
      const step = SPREAD_MS.findIndex((end) => late <= end);
      spread[step < 0 ? SPREAD_MS.length : step]++;
    },
    figures: () => {
      figures ??= {
        count: histogram.count,
        p50: histogram.percentile(50) / 1000,
        p99: histogram.percentile(99) / 1000,
        max: histogram.max / 1000,
        late: spread.reduce((sum, count, step) => (step > LAST_IN_TIME ? sum + count : sum), 0),
        spread: [...spread],
      };
      return figures;
    },
    reset: () => {
      figures = null;
      histogram.reset();
      spread.fill(0);
    },
  };
}
