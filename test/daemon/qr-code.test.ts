import assert from 'node:assert/strict';
import { it } from 'node:test';
import { qrCode } from '#daimon/daemon/qr-code.js';

const LINK = 'http://192.168.100.200:65535/#token=AbCdEfGhIjKlMnOpQrStUv';

/** Whether each module is dark, from lines in which a sign is two modules, one above the other. */
const modulesOf = (lines: readonly string[]): boolean[][] =>
  lines.flatMap((line) => [
    Array.from(line, (sign) => sign === ' ' || sign === '▄'),
    Array.from(line, (sign) => sign === ' ' || sign === '▀'),
  ]);

it('the QR code of the longest link fits on a terminal, with ground around it and a finder in three of its corners', () => {
  const lines = qrCode(LINK, false);
  const dark = modulesOf(lines);
  const width = dark[0].length;
  assert.ok(
    dark.every((row) => row.length === width) && width <= 80 && lines.length <= 24,
    `${width} x ${lines.length}`,
  );
  const size = width - 4;
  for (let i = 0; i < width; i++) for (const edge of [0, 1]) assert.ok(!dark[edge][i] && !dark[i]?.[edge]);
  const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];
  for (const [top, left] of [
    [2, 2],
    [2, size - 5],
    [size - 5, 2],
  ] as const) {
    const seen = finder.map((_, y) => finder.map((_, x) => (dark[top + y][left + x] ? '#' : '.')).join(''));
    assert.deepEqual(seen, finder);
  }
  const coloured = qrCode(LINK, true);
  assert.ok(coloured.every((line, i) => line === `\x1b[97;40m${lines[i]}\x1b[0m`));
});
