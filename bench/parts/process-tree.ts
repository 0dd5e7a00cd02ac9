import { readdirSync, readFileSync } from 'node:fs';

/** What a program and all that it has started have used, from /proc: Linux only. */
export interface Usage {
  /** Processor time so far, in ms. Of a process that has ended in the meantime nothing is known. */
  readonly cpu: number;
  /** Resident memory, in MB; pages that two of its processes share count twice. */
  readonly rss: number;
  readonly processes: number;
}

/** Of USER_HZ and of pages, on every Linux of today's processors for desktops. */
const TICK_MS = 10;
const PAGE_MB = 4096 / 1e6;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly cpu: number;
  readonly rss: number;
}

export function usageOf(root: number): Usage {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? processOf(Number(name)) : []));
  const tree = new Set([root]);
  for (let size = 0; size < tree.size; ) {
    size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  const own = all.filter(({ pid }) => tree.has(pid));
  const sum = (key: 'cpu' | 'rss'): number => own.reduce((total, process) => total + process[key], 0);
  return { cpu: sum('cpu'), rss: sum('rss'), processes: own.length };
}

/** Empty where it has just ended. */
function processOf(pid: number): readonly Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the name, in brackets, may hold anything; from there on: state, parent, ...; see proc(5)
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return [{ pid, parent: fields[1]!, cpu: (fields[11]! + fields[12]!) * TICK_MS, rss: fields[21]! * PAGE_MB }];
  } catch {
    return [];
  }
}
