import type { Encoding } from './encoder.js';

/** What on a controller is moved, or pressed. */
export type Source = SourceKind & {
  /** 1..16, as musicians count; null for any. */
  readonly channel: number | null;
};

type SourceKind =
  /** `encoding`: of an endless encoder; null for what says where it stands. */
  | { readonly kind: 'cc'; readonly number: number; readonly encoding: Encoding | null }
  /** A pair of control changes, `number` 0..31 with the coarse half and `number` + 32 with the fine one. */
  | { readonly kind: 'cc14'; readonly number: number }
  | { readonly kind: 'nrpn'; readonly number: number }
  /** The keys from `low` to `high`: one, where they are the same. */
  | { readonly kind: 'note'; readonly low: number; readonly high: number }
  | { readonly kind: 'bend' }
  /** Of a key that is held (polyphonic), or of the whole channel where `note` is null. */
  | { readonly kind: 'pressure'; readonly note: number | null }
  /** Null: every program. */
  | { readonly kind: 'program'; readonly number: number | null };

/** In words, as in 'CC 21 on channel 1'. */
export function sourceWords(source: Source): string {
  return source.channel === null ? kindWords(source) : `${kindWords(source)} on channel ${source.channel}`;
}

function kindWords(source: Source): string {
  switch (source.kind) {
    case 'cc':
      return `CC ${source.number}`;
    case 'cc14':
      return `14-bit CC ${source.number}`;
    case 'nrpn':
      return `NRPN ${source.number}`;
    case 'note':
      return source.low === source.high ? `note ${source.low}` : `notes ${source.low} to ${source.high}`;
    case 'bend':
      return 'pitch bend';
    case 'pressure':
      return source.note === null ? 'pressure' : `pressure of note ${source.note}`;
    case 'program':
      return source.number === null ? 'program change' : `program ${source.number}`;
  }
}

/** How many bits its values have; 0 where they are no way. */
export function bitsOf(source: Source): 0 | 7 | 14 {
  switch (source.kind) {
    case 'cc':
    case 'pressure':
      return 7;
    case 'cc14':
    case 'nrpn':
    case 'bend':
      return 14;
    case 'note':
    case 'program':
      return 0;
  }
}

/**
 * A value of so many bits as a way from 0 to 1, with the middle in the middle: 64 of 0..127 and 8192 of 0..16383 are a
 * half, as MIDI 2.0 translates them ("min-center-max").
 */
export function shareOfBits(value: number, bits: 7 | 14): number {
  const [centre, top] = ends(bits);
  return value <= centre ? value / centre / 2 : 0.5 + (value - centre) / (top - centre) / 2;
}

/** The value nearest to a share. */
export function bitsAtShare(share: number, bits: 7 | 14): number {
  const [centre, top] = ends(bits);
  const way = Math.min(Math.max(share, 0), 1);
  return Math.round(way <= 0.5 ? way * 2 * centre : centre + (way - 0.5) * 2 * (top - centre));
}

const ends = (bits: 7 | 14): readonly [number, number] => [2 ** (bits - 1), 2 ** bits - 1];
