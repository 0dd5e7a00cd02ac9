/** The part of jzz-midi-smf that we use; the package ships no types. */
declare module 'jzz-midi-smf' {
  /** Gives a jzz its `MIDI.SMF`. What it makes is made by that jzz's `MIDI` and `MIDI.smf`. */
  function plugin(jzz: unknown): void;

  namespace plugin {
    /** A MIDI message, or a meta event (`ff` its kind, `dd` its data as a string of bytes), `tt` ticks into the track. */
    interface SmfEvent extends ArrayLike<number> {
      readonly tt: number;
      readonly ff?: number;
      readonly dd?: string;
    }

    /** A chunk of the file; an MTrk chunk is an array of its events. */
    interface SmfChunk {
      readonly type: string;
      length: number;
      readonly [n: number]: SmfEvent;
    }

    interface SmfWarning {
      readonly off?: number;
      readonly msg: string;
    }

    interface Smf extends ArrayLike<SmfChunk> {
      readonly type: number;
      /** Ticks per quarter note; undefined where the file counts SMPTE frames. */
      readonly ppqn?: number;
      readonly fps?: number;
      validate(): SmfWarning[] | undefined;
    }
  }

  export = plugin;
}
