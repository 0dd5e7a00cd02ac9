import { controlAt, controlsOf, type Values } from '../bridge/control/controls.js';
import type { EngineInfo } from '../engine/engine.js';
import { DaimonError } from '../errors.js';
import { type Millis, millis } from '../music/units.js';
import type { Player } from './player.js';
import { advanced, begunAnew, type Due, endedAt, type Ramp, type Ramps } from './ramps.js';
import { turn, turning, valuesOf } from './turning.js';

/** Turns what can be turned, at once or in so many seconds. */
export interface Ramping {
  /** All of these or, where one of them is refused, none. Throws DaimonError. */
  set(values: Values, seconds: number): void;
  /** Moves what is on its way to where it is due. */
  advance(): void;
}

interface RampingParts {
  readonly player: Player;
  readonly info: () => EngineInfo;
  readonly now: () => Millis;
  readonly say: (sentence: string) => void;
}

/** Heard at once: moved at each turn of the daemon's loop. */
const PLAYED: readonly string[] = ['tempo', 'offset'];
/** No take changes by them: there is nothing to take back. */
const PLAYED_CHANGE = 0;
/** All else is heard from a bar line on (0.8 s at 300 BPM), and each move has a block made anew. */
const REDRAWN_EVERY = millis(250);

export function newRamping({ player, info, now, say }: RampingParts): Ramping {
  let ramps: Ramps = [];
  let changes = 0;

  const rampOf = (path: string, to: number, over: number): Ramp => {
    const { parameter } = controlAt(controlsOf(info()), path);
    if (parameter.kind !== 'number' && parameter.kind !== 'whole') throw noWay(path);
    const from = Number(valuesOf(player, info())[path]);
    const begun = now();
    return {
      path,
      from,
      to,
      isWhole: parameter.kind === 'whole',
      begun,
      ends: millis(begun + over * 1000),
      every: PLAYED.includes(path) ? millis(0) : REDRAWN_EVERY,
      change: PLAYED.includes(path) ? PLAYED_CHANGE : changes,
      isMoving: false,
      at: from,
      put: begun,
    };
  };

  const move = ({ isFirst, values }: Due): void => {
    try {
      turn(values, player, info(), now(), !isFirst);
    } catch (error) {
      if (!(error instanceof DaimonError)) throw error;
      ramps = endedAt(ramps, Object.keys(values));
      say(`It goes no further: ${error.message}`);
    }
  };

  return {
    set: (values, seconds) => {
      const turned = turning(values, player, info(), now());
      if (seconds === 0) {
        ramps = endedAt(ramps, Object.keys(values));
        turned();
        return;
      }
      changes++;
      ramps = begunAnew(
        ramps,
        Object.entries(values).map(([path, to]) => rampOf(path, Number(to), seconds)),
      );
    },
    advance: () => {
      if (ramps.length === 0) return;
      const step = advanced(ramps, now(), valuesOf(player, info()));
      ramps = step.ramps;
      step.due.forEach(move);
    },
  };
}

const noWay = (path: string): DaimonError =>
  new DaimonError('parameter', `${path} has nothing between its values to go through: set it without \`over\`.`);
