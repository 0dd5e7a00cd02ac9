import { EventEmitter } from 'node:events';
import type { FromOutput, ToOutput } from '#daimon/bridge/midi/output/output-messages.js';
import { type OutputChild, openMidiOut } from '#daimon/bridge/midi/output/output-process.js';
import { bpm, millis, tick } from '#daimon/music/units.js';

/** A process that is none: what it is told is kept, and it says and does what the test wants. */
export class Puppet extends EventEmitter {
  readonly told: ToOutput[] = [];
  readonly kills: unknown[] = [];
  /** Whether it reads what it is told. */
  reads = true;

  send(message: ToOutput, done: () => void): boolean {
    this.told.push(message);
    if (this.reads) process.nextTick(done);
    return this.reads;
  }

  kill(signal?: unknown): boolean {
    this.kills.push(signal);
    return true;
  }

  say(message: FromOutput): void {
    this.emit('message', message);
  }

  hears(kind: ToOutput['kind']): readonly ToOutput[] {
    return this.told.filter((message) => message.kind === kind);
  }
}

/** An output whose processes are puppets. */
export function puppets() {
  const all: Puppet[] = [];
  const warnings: string[] = [];
  const opening = openMidiOut({
    port: { kind: 'virtual', name: 'Daimon Out' },
    warn: (sentence) => warnings.push(sentence),
    startProcess: () => {
      all.push(new Puppet());
      return all[all.length - 1] as unknown as OutputChild;
    },
  });
  const open = (puppet: Puppet): void => puppet.say({ kind: 'port', port: 'Daimon Out', missing: null });
  return { all, warnings, opening, open };
}

/** 125 BPM: a tick is a millisecond. */
export const lineFrom = (time: number) => ({ tempo: bpm(125), tickOrigin: tick(0), timeOrigin: millis(time) });
