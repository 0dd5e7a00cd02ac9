import type { Sent } from '#daimon/bridge/midi/midi-out.js';
import type { PlayerParts } from '#daimon/daemon/player.js';
import { seed } from '#daimon/music/random.js';
import { bpm, millis } from '#daimon/music/units.js';
import { type Clock, type ClockMode, newClock } from '#daimon/transport/clock/clock.js';
import { newConductor } from '#daimon/transport/conductor.js';
import { studio } from '../support/studio.js';
import { preset } from '../transport/stage.js';
import { Bench, engine } from './bench.js';

/** As seldom as the daemon's loop turns while it plays. */
const TURN_MS = 25;

interface Options {
  readonly tempo?: number;
  readonly offset?: number;
  readonly clock?: Clock;
  readonly chase?: boolean;
  readonly engineOf?: PlayerParts['engineOf'];
}

/** A player and the real output player behind it, in virtual time; ready to play. */
export async function performance(
  mode: ClockMode,
  { tempo = 120, offset = 0, clock, chase = true, engineOf = () => engine }: Options = {},
) {
  const { until, echo, schedule, ...output } = studio();
  const out: PlayerParts['out'] = {
    ...output,
    schedule: (edges, epoch) => {
      schedule(edges, epoch);
      return true;
    },
  };
  const bench = new Bench(mode, {
    out,
    engineOf,
    offset: millis(offset),
    clock: clock ?? newClock(mode, bpm(tempo)),
    conductor: newConductor(preset, seed(7), chase),
  });
  await bench.player.ready();
  return {
    bench,
    /** Time passes, in the turns of the daemon's loop, each after the output has played so far; gives what it sent. */
    goTo: (time: number): readonly Sent[] => {
      const sent: Sent[] = [];
      while (bench.time < time) {
        bench.time = Math.min(time, bench.time + TURN_MS);
        until(bench.time);
        sent.push(...echo());
        bench.player.turn({ kind: 'time', now: bench.now });
      }
      return sent;
    },
  };
}
