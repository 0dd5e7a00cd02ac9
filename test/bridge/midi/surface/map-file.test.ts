import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMap } from '#daimon/bridge/midi/surface/map-file.js';
import { mapText } from '#daimon/bridge/midi/surface/map-text.js';
import { DaimonError } from '#daimon/errors.js';
import { ask, cc, note, turn } from './some-bindings.js';

const parse = (text: string, name = 'desk') => parseMap(name, text, `maps/${name}.toml`);
const refusal = (text: string, name?: string): string => {
  try {
    parse(text, name);
  } catch (error) {
    assert.ok(error instanceof DaimonError && error.code === 'map');
    return error.message;
  }
  return assert.fail('it was not refused');
};

describe('a map', () => {
  it('says what a controller moves, a line for each, and leaves out what is usual', () => {
    const map = parse(`
      title = "Desk"
      bindings = [
        { cc = 20, turns = "knob 1" }, # the first
        { note = 36, channel = 10, asks = { kind = "next" } },
      ]`);
    assert.deepEqual(map, {
      name: 'desk',
      title: 'Desk',
      port: null,
      takeover: 'pick-up',
      feedback: true,
      channel: 1,
      lit: 127,
      unlit: 0,
      bindings: [
        { source: cc(20), target: turn('knob 1') },
        { source: note(36, 36, 10), target: ask({ kind: 'next' }) },
      ],
    });
  });

  it('reads back as it was written, whatever it says', () => {
    const map = parse(`
      title = "A \\"desk\\" of mine: \\u00e4\\u007f\\n"
      port = "MIDI Mix"
      takeover = "scale"
      feedback = false
      lit = 60
      bindings = [
        { notes = [36, 67], recalls = "presets", first = 2 },
        { cc = 71, relative = "twos-complement", turns = "tempo", from = 60.5, to = 180 },
        { note = 1, asks = { kind = "set", values = { "knobs/density" = 0.25, scale = [0, 2, 7] } }, lifts = { kind = "hold", columns = [] } },
        { bend = true, turns = "morph/x" },
      ]`);
    assert.deepEqual(parse(mapText(map)), map);
    assert.equal(mapText(parse(mapText(map))), mapText(map));
    const empty = { ...map, bindings: [] };
    assert.deepEqual(parse(mapText(empty)), empty);
  });

  it('is refused in one sentence, with the file, the key, its value and the legal range', () => {
    const binding = (line: string): string => `title = "Desk"\nbindings = [${line}]`;
    const said: readonly (readonly [string, RegExp])[] = [
      ['title = "Desk"', /^The map maps\/desk\.toml is refused: bindings is missing; it must be a list of bindings/],
      ['title = 3\nbindings = []', /title is 3; it must be a text of 1 to 60 characters\.$/],
      ['bindings = [', /it is no TOML at line /],
      [
        'title = "D"\ntakeover = "leap"\nbindings = []',
        /takeover is "leap"; it must be one of 'jump', 'pick-up', 'scale'\.$/,
      ],
      ['title = "D"\nprot = "X"\nbindings = []', /"prot" is no key here\. Did you mean 'port'\?$/],
      [binding('{ cc = 200, turns = "swing" }'), /bindings\.0\.cc is 200; it must be a whole number from 0 to 119\.$/],
      [binding('{ cc = 2, trns = "swing" }'), /"trns" is no key here\. Did you mean 'turns'\?$/],
      [
        binding('{ cc = 2, turns = "swing" }, { cc = 3 }'),
        /in binding 2, it must have one of the keys turns, asks, recalls/,
      ],
    ];
    for (const [text, sentence] of said) assert.match(refusal(text), sentence);
    assert.match(refusal(binding(''), '../desk'), /its name must be of lower-case letters, digits and hyphens\.$/);
    const many = Array.from({ length: 257 }, (_, i) => `{ nrpn = ${i}, turns = "swing" }`);
    assert.match(refusal(binding(many.join(','))), /it must be a list of at most 256 bindings\.$/);
  });
});
