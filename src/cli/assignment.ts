import { InvalidArgumentError } from 'commander';
import type { Values } from '../bridge/control/controls.js';

/** Reads `swing=58`, `scale=dorian`, `scale=0,2,4,7,9` onto what was read before. What is legal where, the daemon knows. */
export function assignment(text: string, before: Values = {}): Values {
  const [, path, written] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (path === undefined || written === undefined)
    throw new InvalidArgumentError(`It must be a name and a value, as in swing=58, not '${text}'.`);
  return { ...before, [path]: readValue(written) };
}

function readValue(text: string): Values[string] {
  if (isNumber(text)) return Number(text);
  const parts = text.split(/[\s,]+/);
  return parts.length > 1 && parts.every(isNumber) ? parts.map(Number) : text;
}

const isNumber = (text: string): boolean => /^-?(?:\d+\.?\d*|\.\d+)$/.test(text.trim());
