import type { Millis } from '../../../music/units.js';
import { hearing, type MidiIn } from '../midi-in.js';
import type { PortWish } from '../ports/ports.js';

type InputPort = Pick<MidiIn, 'port' | 'missing'>;

/** An input that is heard in another process, as it tells of it. */
export interface RemoteInput {
  /** What shall be heard; null while nobody has asked. */
  readonly wish: PortWish | null;
  /** Resolves once it is known what has come of it. */
  open(wish: PortWish): Promise<MidiIn>;
  /** What has come of it now. */
  tell(port: InputPort): void;
  hear(bytes: Uint8Array, time: Millis): void;
}

export function remoteInput(): RemoteInput {
  const { hear, ...listening } = hearing();
  let wish: PortWish | null = null;
  let now: InputPort = { port: null, missing: 'The MIDI input is not open yet.' };
  let told = (): void => {};
  const input: MidiIn = {
    get port() {
      return now.port;
    },
    get missing() {
      return now.missing;
    },
    ...listening,
    // the other process closes it as it ends
    close: () => {},
  };
  return {
    get wish() {
      return wish;
    },
    open: (wanted) => {
      wish = wanted;
      return new Promise((resolve) => {
        told = () => resolve(input);
      });
    },
    tell: (port) => {
      now = port;
      told();
    },
    hear,
  };
}
