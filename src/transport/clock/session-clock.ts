import { type Timeline, tickAt } from '../../music/timeline.js';
import { type Bpm, type Millis, millis, TICKS_PER_STEP, type Tick, tick } from '../../music/units.js';
import { type ClockMove, type ClockState, type ClockStep, clockStep } from './clock-state.js';

/** Where a session that several programs share is at `time`, which may lie ahead: a start that they have agreed on. */
export interface SessionSnapshot {
  readonly time: Millis;
  readonly tempo: Bpm;
  /** Below 0 while it counts in. While nothing plays: where it would go on. */
  readonly tick: Tick;
  readonly isPlaying: boolean;
}

/** Joins a session. Never armed nor lost: between two snapshots it goes on as the last one said, however long. */
export interface SessionClock {
  readonly state: Extract<ClockState, { kind: 'stopped' | 'running' }>;
}

/** The grid of all notes. Further off is another place in the song; nearer, a tempo changed between two snapshots. */
const FAR = TICKS_PER_STEP;
/** A step so little gone (31 ms at 120 BPM) is yet played from: a downbeat is better late than never. */
const GRACE = TICKS_PER_STEP / 4;

export const idleSession = (): SessionClock => ({ state: { kind: 'stopped', position: tick(0), tempo: null } });

/** The session's clock once a snapshot has come. A stop holds at once. */
export function join(clock: SessionClock, snapshot: SessionSnapshot, now: Millis): ClockStep<SessionClock> {
  return snapshot.isPlaying ? plays(clock, snapshot, now) : rests(clock, snapshot);
}

function plays({ state }: SessionClock, snapshot: SessionSnapshot, now: Millis): ClockStep<SessionClock> {
  const line: Timeline = { tempo: snapshot.tempo, tickOrigin: snapshot.tick, timeOrigin: snapshot.time };
  const running: SessionClock = { state: { kind: 'running', line } };
  if (state.kind === 'running' && isNear(tickAt(line, now), tickAt(state.line, now))) return clockStep(running);
  const kind: ClockMove['kind'] = state.kind === 'running' ? 'jump' : 'play';
  return clockStep(running, { kind, tick: entry(tickAt(line, millis(Math.max(now, snapshot.time)))) });
}

function rests({ state }: SessionClock, { tempo, tick: at }: SessionSnapshot): ClockStep<SessionClock> {
  const position = tick(Math.max(0, at));
  const stopped: SessionClock = { state: { kind: 'stopped', position, tempo } };
  if (state.kind === 'running') return clockStep(stopped, { kind: 'stop' });
  if (isNear(position, state.position)) return clockStep({ state: { ...state, tempo } });
  return clockStep(stopped, { kind: 'jump', tick: position });
}

const isNear = (a: Tick, b: Tick): boolean => Math.abs(a - b) <= FAR;

/** The tick to play from, for a song that is at `at`. */
function entry(at: Tick): Tick {
  const step = Math.floor(at / TICKS_PER_STEP) * TICKS_PER_STEP;
  return tick(Math.max(0, at - step <= GRACE ? step : at));
}
