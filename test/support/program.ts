import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** How long a program may take to say or do what is waited for: far longer than it needs on a slow machine. */
const PATIENCE_MS = 60_000;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A running program: what it says is kept; what it reads, given. */
export class Program {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #name: string;
  readonly #end: Promise<unknown>;
  #stdout = '';
  #stderr = '';

  constructor(file: string, args: readonly string[], options: RunOptions = {}) {
    this.#name = [file, ...args].join(' ');
    // a process group of its own, so that what it starts can be ended with it
    this.#child = spawn(file, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    this.#end = once(this.#child, 'close');
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get stdout(): string {
    return this.#stdout;
  }

  get said(): string {
    return this.#stdout + this.#stderr;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  write(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Reads no more of what it prints, as `head` does. */
  stopReading(): void {
    this.#child.stdout.destroy();
  }

  /** Resolves once the program has said something that fits, on either stream. */
  async says(pattern: RegExp): Promise<RegExpMatchArray> {
    return eventually(`${this.#name} to say ${pattern}`, () => {
      const match = this.said.match(pattern);
      if (match === null && !this.isRunning) throw new Error(`${this.#name} ended, having said:\n${this.said}`);
      return match;
    });
  }

  /** Waits for the end, of the program and of what it started; patience ends it by SIGKILL. */
  async ended(): Promise<Ended> {
    const patience = setTimeout(() => this.#kill(), PATIENCE_MS);
    await this.#end;
    clearTimeout(patience);
    const { exitCode: code, signalCode: signal } = this.#child;
    return { code, signal, stdout: this.#stdout, stderr: this.#stderr };
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended();
  }

  /** Ends it the hard way where it still runs, with what it started: for the end of a test that failed. */
  async close(): Promise<void> {
    if (!this.isRunning) return;
    this.#kill();
    await this.#end;
  }

  #kill(): void {
    process.kill(-this.pid, 'SIGKILL');
  }
}

/** Looks again and again, until there is something or patience ends. */
export async function eventually<T>(what: string, look: () => T | null | Promise<T | null>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The built program. */
export const daimon = (args: readonly string[], options?: RunOptions): Program =>
  new Program(process.execPath, ['dist/cli/main.js', ...args], options);

/** Runs the built program to its end. */
export const runDaimon = (...args: readonly string[]): Promise<Ended> => daimon(args).ended();

/** Gives a test a folder of its own that is gone afterwards. */
export async function inFolder<T>(test: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'daimon-'));
  try {
    return await test(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
