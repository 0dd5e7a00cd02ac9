import { bpm, millis, tick } from '../../../music/units.js';
import { type Edge, FIRST_EPOCH, nextEpoch } from '../../../transport/edge.js';
import { MESSAGES } from '../midi-messages.js';
import type { EarlySender } from './early-sender.js';
import { edgePlayer } from './edge-player.js';
import { edgeRing, edgeRingMemory } from './edge-ring.js';
import { epochStarts, epochStartsMemory } from './epoch-starts.js';
import { controlMemory, EPOCH, PANICS, SIGNAL } from './output-control.js';
import { sentRing, sentRingMemory } from './sent-ring.js';
import { sharedTimeline, timelineMemory } from './shared-timeline.js';

/** Records; more than are played. */
const CAPACITY = 64;
/** A tick is a millisecond at this tempo. */
const TEMPO = bpm(125);
/** Longest and shortest time between two looks, in ms. */
const PACE = { least: 0.1, most: 1 };

/**
 * Plays some notes to nobody, by a clock of its own: JavaScript is compiled as it is first run, which would have the
 * first downbeat late by as much as ten milliseconds. Gives how many messages it came to.
 */
export function rehearse(): number {
  return play(null) + play(silentSender());
}

function play(early: EarlySender | null): number {
  const control = new Int32Array(controlMemory());
  const edges = edgeRing(edgeRingMemory(CAPACITY));
  const starts = epochStarts(epochStartsMemory());
  const timeline = sharedTimeline(timelineMemory());
  let time = 0;
  let messages = 0;
  const player = edgePlayer({
    control,
    edges,
    sent: sentRing(sentRingMemory(CAPACITY)),
    starts,
    timeline,
    clock: () => millis(time),
    send: () => {
      messages++;
    },
    early,
    sendsClock: true,
  });
  const playUntil = (end: number): void => {
    while (time < end) time += Math.min(Math.max(player.advance(Atomics.load(control, SIGNAL)), PACE.least), PACE.most);
  };

  const second = nextEpoch(FIRST_EPOCH);
  timeline.write({ tempo: TEMPO, tickOrigin: tick(0), timeOrigin: millis(0) });
  edges.push([on(0, 60), on(30, 64), off(40, 60), on(60, 67)], FIRST_EPOCH);
  playUntil(50);
  edges.push([on(80, 60), off(90, 60), on(150, 60)], second);
  starts.write(second, tick(80));
  Atomics.store(control, EPOCH, second);
  playUntil(140);
  Atomics.add(control, PANICS, 1);
  playUntil(200);
  timeline.write(null);
  playUntil(201);
  player.release();
  return messages;
}

const on = (at: number, pitch: number): Edge => edge(at, MESSAGES.noteOn.status, pitch);
const off = (at: number, pitch: number): Edge => edge(at, MESSAGES.noteOff.status, pitch);
const edge = (at: number, status: number, data1: number): Edge => ({ tick: tick(at), status, data1, data2: 64 });

/** A queue in which nothing waits. */
const silentSender = (): EarlySender => ({
  put: (_, due) => due,
  flush: () => true,
  look: () => {},
  waiting: 0,
  late: 0,
  takeBack: () => {},
  rest: () => {},
});
