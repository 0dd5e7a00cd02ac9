import type { MidiOut, MidiOutOptions, Sent } from '#daimon/bridge/midi/midi-out.js';
import { bpm, type Millis, tick } from '#daimon/music/units.js';
import type { Edge } from '#daimon/transport/edge.js';

/** An output without a port on any machine: what it would send is only echoed. */
export async function openPortless(open: (options: MidiOutOptions) => Promise<MidiOut>) {
  const warnings: string[] = [];
  const out = await open({
    port: { kind: 'existing', name: 'no port has this name' },
    warn: (sentence) => warnings.push(sentence),
  });
  const sent: Sent[] = [];
  const listeners = new Set<() => void>();
  out.onSent((each) => {
    sent.push(each);
    for (const listener of listeners) listener();
  });
  /** Resolves once so many messages have been heard of. */
  const heard = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (sent.length < count) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  return { out, sent, heard, warnings };
}

export const on = (at: number, pitch: number): Edge => ({ tick: tick(at), status: 0x90, data1: pitch, data2: 80 });
export const off = (at: number, pitch: number): Edge => ({ tick: tick(at), status: 0x80, data1: pitch, data2: 64 });
/** A tick that no test lives to see. */
export const FAR = 1e9;

/** 1000 BPM: a tick is an eighth of a millisecond. */
export const playFrom = (out: MidiOut, time: Millis): void =>
  out.setTimeline({ tempo: bpm(1000), tickOrigin: tick(0), timeOrigin: time });

export const edgesOf = (sent: readonly Sent[]): readonly Edge[] => sent.map((each) => each.edge);
export const messages = (sent: readonly Sent[]): readonly (readonly number[])[] =>
  sent.map(({ edge }) => [edge.status, edge.data1]);
