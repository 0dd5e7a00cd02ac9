import { readFileSync } from 'node:fs';
import os from 'node:os';

/** The machine as it was while a bench ran: shared machines tell another story every time. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
  /** Of all processor time, in percent: what was busy, the bench included, and what a host above us took away. */
  readonly busy: number;
  readonly stolen: number;
}

/** Watches the machine from now on; what it gives tells how it was until then. Linux only: from /proc/stat. */
export function watchMachine(): () => Machine {
  const before = processorTime();
  return () => {
    const now = processorTime();
    const percent = (key: 'idle' | 'steal'): number =>
      Math.round((1000 * (now[key] - before[key])) / (now.all - before.all)) / 10;
    return {
      processor: os.cpus()[0]?.model ?? 'unknown',
      cores: os.cpus().length,
      system: `${os.type()} ${os.release()}`,
      node: process.version,
      busy: Math.round(10 * (100 - percent('idle') - percent('steal'))) / 10,
      stolen: percent('steal'),
    };
  };
}

export const machineLine = ({ processor, cores, system, node, busy, stolen }: Machine): string =>
  `${processor}, ${cores} cores, ${system}, Node ${node}; ${busy} % busy, ${stolen} % stolen meanwhile`;

function processorTime(): { readonly all: number; readonly idle: number; readonly steal: number } {
  // user nice system idle iowait irq softirq steal; the guests' time is in user already
  const fields = /^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))![1]!.split(' ').slice(0, 8).map(Number);
  return { all: fields.reduce((sum, x) => sum + x, 0), idle: fields[3]! + fields[4]!, steal: fields[7]! };
}
