import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { controlsOf } from '#daimon/bridge/control/controls.js';
import { type Argument, readPacket, type Sent, writeMessage } from '#daimon/bridge/osc/packet.js';
import { wishOf } from '#daimon/bridge/osc/wish.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { Program } from './support/program.js';

const page = readFileSync('docs/osc.md', 'utf8');
const knobs = [{ name: 'register', low: '', high: '', help: '' }];
const controls = controlsOf({ knobs, components: [], decoding: DEFAULT_DECODING });

/** What `oscsend` makes of its types and words. */
const argsOf = (types: string, words: readonly string[]): readonly Argument[] => {
  const sent = Array.from(types, (type, at): Sent => {
    if (type === 's') return { type: 'string', value: words[at] };
    return { type: type === 'i' ? 'integer' : 'float', value: Number(words[at]) };
  });
  return readPacket(writeMessage('/x', sent))![0].args;
};

describe('docs/osc.md', () => {
  it('is what the program says of its addresses: node docs/osc.mjs > docs/osc.md', async () => {
    const { code, stdout, stderr } = await new Program(process.execPath, ['docs/osc.mjs']).ended();
    assert.equal(code, 0, stderr);
    assert.equal(page, stdout);
  });

  it('shows messages that daimon reads, each of them', () => {
    const lines = Array.from(page.matchAll(/^oscsend 127\.0\.0\.1 7334 (\S+) ?(\S*) ?(.*)$/gm));
    assert.ok(lines.length >= 10);
    for (const [line, address, types, words] of lines)
      assert.ok(wishOf({ address, args: argsOf(types, words.split(' ')) }, controls), line);
  });
});
