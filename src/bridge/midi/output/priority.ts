import os from 'node:os';

/**
 * Has the thread that calls it go before others, where that is allowed. On Linux a nice value belongs to the thread, and
 * only with rights may it be below 0; elsewhere it belongs to the process, and all stays as it is.
 */
export function raisePriority(): void {
  if (process.platform !== 'linux') return;
  try {
    os.setPriority(os.constants.priority.PRIORITY_HIGHEST);
  } catch {}
}
