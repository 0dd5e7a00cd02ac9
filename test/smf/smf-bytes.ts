/** Standard MIDI Files byte by byte, so that tests can also write broken ones. */

export type Event = readonly [tick: number, ...message: readonly number[]];

export const QUARTER = 96;
export const BAR = 4 * QUARTER;

const word = (n: number): number[] => [(n >> 24) & 255, (n >> 16) & 255, (n >> 8) & 255, n & 255];
const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];

export function variableLength(n: number): number[] {
  const bytes = [n & 127];
  for (let rest = n >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 127) | 128);
  return bytes;
}

export function trackBytes(events: readonly Event[]): number[] {
  let now = 0;
  const body: number[] = [];
  for (const [tick, ...message] of [...events].sort((a, b) => a[0] - b[0])) {
    body.push(...variableLength(tick - now), ...message);
    now = tick;
  }
  return chunk('MTrk', [...body, 0, 0xff, 0x2f, 0]);
}

export const chunk = (type: string, body: readonly number[]): number[] => [
  ...ascii(type),
  ...word(body.length),
  ...body,
];

export const headerBytes = (type: number, tracks: number, division: number): number[] =>
  chunk('MThd', [0, type, tracks >> 8, tracks & 255, division >> 8, division & 255]);

/** A file of type 1 with one track for each list of events. */
export const songBytes = (...tracks: readonly (readonly Event[])[]): Uint8Array =>
  Uint8Array.from([...headerBytes(1, tracks.length, QUARTER), ...tracks.flatMap(trackBytes)]);

export const noteEvents = (onset: number, end: number, pitch: number, channel = 0): Event[] => [
  [onset, 0x90 | channel, pitch, 64],
  [end, 0x80 | channel, pitch, 0],
];

export const meterEvent = (tick: number, numerator: number, power: number): Event => [
  tick,
  0xff,
  0x58,
  4,
  numerator,
  power,
  24,
  8,
];

export const trackName = (name: string): Event => [0, 0xff, 0x03, name.length, ...ascii(name)];

/** Quarter notes going up and down a scale, from the tick 0 on. */
export function scaleEvents(bars: number, scale: readonly number[]): Event[] {
  return Array.from({ length: 4 * bars }, (_, i) =>
    noteEvents(i * QUARTER, (i + 1) * QUARTER, scale[i % scale.length]),
  ).flat();
}
