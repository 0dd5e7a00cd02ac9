import type { Timeline } from '../../../music/timeline.js';
import { type Millis, millis } from '../../../music/units.js';
import type { HostMessage } from '../../../transport/clock/follower.js';
import { NO_REFLEXES, type Reflexes } from '../../../transport/clock/reflexes.js';
import type { OutputThread } from './output-thread.js';

/**
 * Does at once, where a host's message arrives, what the daemon has said that it will mean: a Stop ends what sounds, and
 * the first pulse begins the music. The daemon hears of the message as ever and comes to the same; what it had said
 * before it heard of it counts no more. Both sides count arrivals.
 */
export interface ReflexArc {
  /** A message has arrived, a host's or none: true where something was done. */
  hear(message: HostMessage | null): boolean;
  /** The daemon has said what to do, having heard of so many arrivals. */
  learn(reflexes: Reflexes, heard: number): void;
  setTimeline(line: Timeline | null, offset: Millis, heard: number): void;
}

export function reflexArc(out: Pick<OutputThread, 'setTimeline' | 'giveWay'>): ReflexArc {
  let reflexes = NO_REFLEXES;
  let offset = millis(0);
  let arrivals = 0;
  /** The last arrival at which something was done, and the last that may have moved the downbeat. */
  let acted = 0;
  let moved = 0;

  const act = (line: Timeline | null, then: Reflexes): boolean => {
    out.setTimeline(line, offset);
    out.giveWay();
    reflexes = then;
    acted = arrivals;
    return true;
  };

  return {
    hear: (message) => {
      arrivals++;
      switch (message?.kind) {
        case 'stop':
          return reflexes.stops && act(null, NO_REFLEXES);
        case 'pulse': {
          const { downbeat } = reflexes;
          if (downbeat === null) return false;
          const line = { tempo: downbeat.tempo, tickOrigin: downbeat.tick, timeOrigin: message.time };
          return act(line, { ...reflexes, downbeat: null });
        }
        case 'start':
        case 'continue':
        case 'position':
          moved = arrivals;
          reflexes = { ...reflexes, downbeat: null };
          return false;
        default:
          return false;
      }
    },
    learn: (learnt, heard) => {
      if (heard >= acted) reflexes = heard >= moved ? learnt : { ...learnt, downbeat: null };
    },
    setTimeline: (line, by, heard) => {
      offset = by;
      if (heard >= acted) out.setTimeline(line, by);
    },
  };
}
