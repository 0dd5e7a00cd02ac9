import { constants } from 'node:os';

/** What ends the process from outside, each with the exit code that shells expect: 128 and the signal's number. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Whatever ends the process, `close` comes first: a signal, an uncaught error, a rejection that nobody handled. Who
 * signals a second time does not want to wait for it.
 */
export function closeOnExit(close: () => Promise<void>): void {
  let closing = false;
  const end = (code: number): void => {
    if (closing) process.exit(code);
    closing = true;
    void close().finally(() => process.exit(code));
  };
  for (const signal of SIGNALS) process.on(signal, () => end(128 + constants.signals[signal]));
  const fail = (error: unknown): void => {
    console.error('daimon: something in daimon itself is broken; please report:', error);
    end(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
}
