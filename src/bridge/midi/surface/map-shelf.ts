import type { ControlMap } from './map-file.js';
import { mapFor } from './map-folder.js';

/** The maps at hand. */
export interface MapShelf {
  readonly names: readonly string[];
  /** The one for a port. */
  find(port: string): ControlMap;
  /** Puts a map in the place of the one of its name, and has it written; the newest last. */
  keep(map: ControlMap): void;
  /** Resolves once all are written. */
  close(): Promise<void>;
}

/** `fail` hears of a map that could not be written: it holds until the end all the same. */
export function newMapShelf(
  from: readonly ControlMap[],
  save: (map: ControlMap) => Promise<void>,
  fail: (error: unknown) => void,
): MapShelf {
  let maps = from;
  let saving: Promise<void> = Promise.resolve();
  return {
    get names() {
      return maps.map(({ name }) => name);
    },
    find: (port) => mapFor(maps, port),
    keep: (map) => {
      maps = [...maps.filter(({ name }) => name !== map.name), map];
      saving = saving.then(() => save(map)).catch(fail);
    },
    close: () => saving,
  };
}
