import assert from 'node:assert/strict';
import { it } from 'node:test';
import { quoted } from '#daimon/cli/typed-command.js';

it('a command is kept as a shell takes it, with the home folder as ~', () => {
  const words = [
    '--out',
    'models/folk',
    "Bach's 'chorales'",
    '',
    '/home/eve/midi',
    '/home/eve/my midi',
    '/home/evelyn',
  ];
  assert.deepEqual(
    words.map((word) => quoted(word, '/home/eve')),
    ['--out', 'models/folk', `'Bach'\\''s '\\''chorales'\\'''`, "''", '~/midi', "~/'my midi'", '/home/evelyn'],
  );
});
