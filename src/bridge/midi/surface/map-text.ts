import { stringify } from 'smol-toml';
import { type ControlMap, USUAL } from './map-file.js';
import { keysOfBinding } from './told-binding.js';

/** A map as the text of its file, a line for each binding, which reads back as the same map. */
export function mapText({ title, port, bindings, name: _, ...keys }: ControlMap): string {
  const own = Object.entries(keys).filter(([key, value]) => USUAL[key as keyof typeof USUAL] !== value);
  const head = stringify({ title, ...(port === null ? {} : { port }), ...Object.fromEntries(own) });
  const lines = bindings.map((binding) => `  ${inline(keysOfBinding(binding))},\n`);
  return `${head.trimEnd()}\nbindings = [\n${lines.join('')}]\n`;
}

/** A value of TOML on one line. */
function inline(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value).replaceAll('\x7f', '\\u007F');
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const pairs = Object.entries(value).map(([key, each]) => `${bare(key)} = ${inline(each)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** Paths such as `knobs/density` want quotes. */
const bare = (key: string): string => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key));
