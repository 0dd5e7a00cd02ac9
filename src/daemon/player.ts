import type { MidiOut } from '../bridge/midi/midi-out.js';
import type { Listener } from '../bridge/recording/scribe.js';
import type { Engine } from '../engine/engine.js';
import { unreachable } from '../errors.js';
import type { Millis, Tick } from '../music/units.js';
import { type Clock, type ClockEvent, clockState, turnClock } from '../transport/clock/clock.js';
import { type ClockMove, lineOf, songPosition } from '../transport/clock/clock-state.js';
import { type FollowerPolicy, GIVEN_UP_AFTER } from '../transport/clock/follower.js';
import { areSameReflexes, NO_REFLEXES, type Reflexes, reflexesOf } from '../transport/clock/reflexes.js';
import { conduct, isReady } from '../transport/conductor.js';
import type { Conductor, ConductorEvent, Effect, Started } from '../transport/conductor-state.js';
import { drawRequest, type Generate } from './draw-request.js';

/** What the player plays with. */
export interface PlayerParts {
  readonly clock: Clock;
  readonly conductor: Conductor;
  readonly out: Pick<MidiOut, 'setTimeline' | 'schedule' | 'release' | 'takeOver' | 'panic'>;
  /** What draws the blocks of a model, by the number that takes know it by. */
  readonly engineOf: (model: number) => Pick<Engine, 'info' | 'draw'>;
  /** Is told what a host's next message will do, each time that this is another. */
  readonly onReflexes?: (reflexes: Reflexes) => void;
  readonly listener: Pick<Listener, 'moved' | 'tempo' | 'blockStarted'>;
  /** So much later than the clock notes are sent; earlier below 0. */
  readonly offset: Millis;
  readonly now: () => Millis;
  readonly onBlock: (started: Started) => void;
  /** Hears where the song goes on, and where it was before. */
  readonly onMove?: (move: ClockMove, from: Tick) => void;
  /** A sentence for the player. */
  readonly say: (text: string) => void;
}

/** Clock and conductor, and all that they ask for done. */
export interface Player {
  readonly clock: Clock;
  readonly conductor: Conductor;
  /** The clock of a host or a session runs, and we keep silent. */
  readonly muted: boolean;
  readonly position: Tick;
  readonly offset: Millis;
  turn(event: ClockEvent): void;
  change(event: Exclude<ConductorEvent, ClockMove>): void;
  mute(muted: boolean): void;
  /** Another offset from now on, also for what is planned already; what is due in the past by then is sent at once. */
  shift(offset: Millis): void;
  /** Ends every note that sounds. The music goes on with its next one. */
  panic(): void;
  /** Resolves once a start would sound at once, or the first block has failed to come. */
  ready(): Promise<void>;
  /** Ends every note. What is drawn from now on is not played. */
  close(): void;
}

export function newPlayer(parts: PlayerParts): Player {
  const { out, engineOf, listener, now, onBlock, onMove, onReflexes, say } = parts;
  let { clock, conductor, offset } = parts;
  let muted = false;
  let closed = false;
  let line = lineOf(clockState(clock));
  let reflexes = NO_REFLEXES;
  const awaitingReady: (() => void)[] = [];

  const position = (): Tick => songPosition(clockState(clock), now());

  const step = (event: ConductorEvent): readonly Effect[] => {
    const { state, effects } = conduct(conductor, event);
    conductor = state;
    return effects;
  };

  /** The clock's moves first. What they release is released on the old line, and what they plan falls on the new. */
  const turn = (event: ClockEvent): void => {
    const from = position();
    const { clock: turned, moves } = turnClock(clock, event);
    if (turned.source !== clock.source) say('A host sends its clock; it leads from here on.');
    if (isLost(turned) && !isLost(clock)) say(lostSentence(turned.host.policy));
    clock = turned;
    const effects = moves.flatMap((move) => moved(move, from));
    for (const effect of effects) if (effect.kind === 'release') perform(effect);
    steer();
    foresee();
    for (const effect of effects) if (effect.kind !== 'release') perform(effect);
    advance();
  };

  const moved = (move: ClockMove, from: Tick): readonly Effect[] => {
    const effects = step(muted && move.kind === 'play' ? { kind: 'jump', tick: move.tick } : move);
    if (!muted) listener.moved(move, from, conductor.epoch);
    onMove?.(move, from);
    return effects;
  };

  const steer = (): void => {
    const before = line;
    line = lineOf(clockState(clock));
    if (line === before) return;
    tellLine();
    if (line !== null) listener.tempo(line.tempo, line.tickOrigin, conductor.epoch);
  };

  const foresee = (): void => {
    const next = reflexesOf(clock);
    if (areSameReflexes(next, reflexes)) return;
    reflexes = next;
    onReflexes?.(reflexes);
  };

  /** Only the output knows of the offset. It is added to the clock's own line each time, so that it cannot add up. */
  const tellLine = (): void => out.setTimeline(line, offset);

  const advance = (): void => step({ kind: 'time', tick: position() }).forEach(perform);

  const change = (event: ConductorEvent): void => {
    if (closed) return;
    advance();
    step(event).forEach(perform);
    if (!isReady(conductor)) return;
    for (const resolve of awaitingReady.splice(0)) resolve();
  };

  const perform = (effect: Effect): void => {
    switch (effect.kind) {
      case 'generate':
        draw(effect);
        return;
      case 'schedule':
        // one refused or released in the meantime takes those planned after it along
        if (effect.epoch !== conductor.epoch || out.schedule(effect.edges, effect.epoch)) return;
        change({ kind: 'refused' });
        return;
      case 'release':
        out.release(effect.epoch);
        return;
      case 'take-over':
        out.takeOver(effect.epoch, effect.from);
        return;
      case 'block-started':
        listener.blockStarted(effect, conductor.epoch);
        onBlock(effect);
        return;
      case 'say':
        say(effect.text);
        return;
      default:
        unreachable(effect);
    }
  };

  const draw = (effect: Generate): void => {
    const { ask } = effect;
    const engine = engineOf(effect.model);
    void engine.draw(drawRequest(effect, engine.info)).then(
      ({ block }) => change({ kind: 'drawn', ask, block }),
      (error: Error) => change({ kind: 'failed', ask, reason: error.message }),
    );
  };

  const mute = (wanted: boolean): void => {
    if (wanted === muted) return;
    const at = position();
    muted = wanted;
    if (clockState(clock).kind === 'stopped') return;
    const move: ClockMove = muted ? { kind: 'stop' } : { kind: 'play', tick: at };
    step(move).forEach(perform);
    listener.moved(move, at, conductor.epoch);
  };

  return {
    get clock() {
      return clock;
    },
    get conductor() {
      return conductor;
    },
    get muted() {
      return muted;
    },
    get position() {
      return position();
    },
    get offset() {
      return offset;
    },
    turn,
    change,
    mute,
    shift: (wanted) => {
      offset = wanted;
      tellLine();
    },
    panic: () => {
      out.panic();
      say('Panic: every note is ended, and the music goes on with its next one.');
    },
    ready: () => {
      advance();
      return isReady(conductor) ? Promise.resolve() : new Promise((resolve) => awaitingReady.push(resolve));
    },
    close: () => {
      mute(true);
      closed = true;
    },
  };
}

const isLost = (clock: Clock): boolean => clockState(clock).kind === 'lost';

const lostSentence = ({ whenLost }: FollowerPolicy): string =>
  whenLost === 'stop'
    ? `The host's clock has fallen silent; its tempo is held for ${GIVEN_UP_AFTER / 1000} seconds, then playing stops.`
    : "The host's clock has fallen silent; playing goes on at its tempo.";
