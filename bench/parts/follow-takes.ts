import { fitGrid } from './grid.js';
import { type Arrival, isOff, isOn } from './probe.js';

const PULSES_PER_STEP = 6;
const PULSE_MS = 60_000 / (120 * 24);
const [CLOCK, START, STOP] = [0xf8, 0xfa, 0xfc];

/** From a Start to its Stop; all in ms. */
export interface FollowedTake {
  /** Each note on behind the pulse of its sixteenth. */
  readonly behindPulse: readonly number[];
  /** The same behind the even grid that fits the take's pulses best: what of it is not the host's own jitter. */
  readonly behindGrid: readonly number[];
  /** The pulses themselves, behind that grid. */
  readonly pulses: readonly number[];
  /** From the Stop to the last off of a note that sounded then; null where none did. */
  readonly silentAfter: number | null;
  /** Notes that never got their off. */
  readonly left: number;
}

/** The takes in what two probes heard: of the host, and of the daemon. */
export function followedTakes(host: readonly Arrival[], daemon: readonly Arrival[]): readonly FollowedTake[] {
  const starts = host.filter(({ status }) => status === START);
  return starts.flatMap(({ time: start }, i) => {
    const end = starts[i + 1]?.time ?? Number.POSITIVE_INFINITY;
    const within = ({ time }: Arrival): boolean => time >= start && time < end;
    const stop = host.filter(within).find(({ status }) => status === STOP)?.time;
    const pulses = host.filter((arrival) => arrival.status === CLOCK && within(arrival) && arrival.time < (stop ?? 0));
    if (stop === undefined || pulses.length < 2 * PULSES_PER_STEP) return [];
    return [
      followedTake(
        pulses.map(({ time }) => time),
        stop,
        daemon.filter(within),
      ),
    ];
  });
}

function followedTake(pulses: readonly number[], stop: number, heard: readonly Arrival[]): FollowedTake {
  // a host that is held up sends its pulses late, but sends each: they are told apart by their number
  const fit = fitGrid(
    pulses,
    PULSE_MS,
    pulses.map((_, i) => i),
  );
  const ons = heard.filter((arrival) => isOn(arrival) && arrival.time < stop);
  // the first pulse after Start is the downbeat, and every sixth from there a sixteenth
  const steps = ons.map(({ time }) => Math.round((time - fit.at(0)) / (fit.at(PULSES_PER_STEP) - fit.at(0))));
  const pulseOf = (i: number): number => steps[i]! * PULSES_PER_STEP;
  return {
    behindPulse: ons.flatMap(({ time }, i) => (pulseOf(i) < pulses.length ? [time - pulses[pulseOf(i)]!] : [])),
    behindGrid: ons.map(({ time }, i) => time - fit.at(pulseOf(i))),
    pulses: fit.deviations,
    ...endings(heard, stop),
  };
}

function endings(heard: readonly Arrival[], stop: number): Pick<FollowedTake, 'silentAfter' | 'left'> {
  const sounding = new Set<number>();
  let silentAfter: number | null = null;
  for (const arrival of heard) {
    const voice = (arrival.status & 0x0f) * 128 + arrival.data1;
    if (isOn(arrival)) sounding.add(voice);
    if (isOff(arrival) && sounding.delete(voice) && arrival.time > stop) silentAfter = arrival.time - stop;
  }
  return { silentAfter, left: sounding.size };
}
