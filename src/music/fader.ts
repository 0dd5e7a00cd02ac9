import type { Parameter, Value } from './parameter.js';

/** A parameter under a fader or an encoder: its range as a way from 0 to 1. A pattern or a list has none. */

/** Where on the way a value is; null where there is no way. */
export function shareOf(parameter: Parameter, value: Value): number | null {
  switch (parameter.kind) {
    case 'number':
    case 'whole': {
      const { min, max } = parameter;
      return typeof value === 'number' ? (value - min) / (max - min) : null;
    }
    case 'choice': {
      const place = typeof value === 'object' ? -1 : parameter.options.indexOf(value);
      return place < 0 ? null : place / (parameter.options.length - 1);
    }
    case 'pattern':
    case 'list':
      return null;
  }
}

/** The value so far on the way, 0..1; null where there is none. */
export function atShare(parameter: Parameter, share: number): Value | null {
  const way = Math.min(Math.max(share, 0), 1);
  switch (parameter.kind) {
    case 'number':
      return parameter.min + way * (parameter.max - parameter.min);
    case 'whole':
      return Math.round(parameter.min + way * (parameter.max - parameter.min));
    case 'choice':
      return parameter.options[Math.round(way * (parameter.options.length - 1))];
    case 'pattern':
    case 'list':
      return null;
  }
}
