import { DaimonError } from '../../errors.js';
import { atShare, shareOf } from '../../music/fader.js';
import type { Parameter, Value } from '../../music/parameter.js';
import { type Control, legalValue } from '../control/controls.js';
import type { Argument, Sent } from './packet.js';
import { asNumber } from './positional.js';

/** The value of a control that arguments give. Throws `parameter` where they give none. */
export function valueFrom({ path, parameter }: Control, args: readonly Argument[]): Value {
  const [first] = args;
  if (parameter.kind === 'list') {
    const list = Array.isArray(first) ? first : args;
    const isName = args.length === 1 && typeof first === 'string' && parameter.names.includes(first);
    return legalValue(path, parameter, isName ? first : list.map(asNumber));
  }
  if (args.length !== 1) throw new DaimonError('parameter', `${path} takes one value, not ${args.length}.`);
  return legalValue(path, parameter, oneOf(parameter, first));
}

function oneOf(parameter: Parameter, arg: Argument): unknown {
  switch (parameter.kind) {
    case 'number':
    case 'whole':
      return asNumber(arg);
    // a number may stand for its digits, and the other way around
    case 'choice':
      return parameter.options.find((option) => String(option) === String(arg)) ?? arg;
    case 'pattern':
      return typeof arg === 'number' ? String(arg) : arg;
    case 'list':
      return arg;
  }
}

/** The value under a fader. Throws `parameter` where there is no such place, or nothing that a fader could move. */
export function valueUnder({ path, parameter }: Control, args: readonly Argument[]): Value {
  const share = args.length === 1 ? asNumber(args[0]) : null;
  if (typeof share !== 'number' || !(share >= 0 && share <= 1))
    throw new DaimonError('parameter', `fader/${path} takes one number from 0 to 1.`);
  const value = atShare(parameter, share);
  if (value !== null) return value;
  throw new DaimonError('parameter', `${path} has no fader: send its value to /daimon/${path}.`);
}

/** A value as it is sent: always of the same OSC type, but for a list that has a name. */
export function valueSent(parameter: Parameter, value: Value): readonly Sent[] {
  if (typeof value === 'string') return [{ type: 'string', value }];
  if (typeof value === 'number') return [parameter.kind === 'number' ? { type: 'float', value } : whole(value)];
  return value.map(whole);
}

/** Where a fader stands; null where there is none. */
export function faderSent(parameter: Parameter, value: Value): readonly Sent[] | null {
  const share = shareOf(parameter, value);
  return share === null ? null : [{ type: 'float', value: share }];
}

/** What 32 bits do not hold, as most seeds, goes as a double, which more programs read than 64 bits of integer. */
export const whole = (value: number): Sent => ({ type: value === (value | 0) ? 'integer' : 'double', value });
