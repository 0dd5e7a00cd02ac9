import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeOnly, importsAtRunTime, importsOf } from './imports.js';

describe('reading imports', () => {
  it('finds static, type-only, re-exported, bare, dynamic and worker imports', () => {
    const source = `
      import { a } from 'a';
      import type {
        B,
      } from './b.js';
      export * from './c.js';
      export { d } from './d.js';
      import 'e';
      const f = await import('f');
      new Worker(new URL('./g.js', import.meta.url));
      type H = import('./h.js').H;`;
    assert.deepEqual([...importsOf(source)].sort(), ['./b.js', './c.js', './d.js', './g.js', './h.js', 'a', 'e', 'f']);
  });

  it('tells what the program needs when it runs from what only its types need', () => {
    const source = `
      import type * as A from 'a';
      import type { B } from 'b';
      export type { C } from 'c';
      import { type D, d } from 'd';
      import { type } from 'e';`;
    assert.deepEqual(importsAtRunTime(source), ['d', 'e']);
  });

  it('takes no comment for an import and no string for code', () => {
    const source = `// import a from 'a'\n/* import 'b' */ const url = 'http://x'; import c from 'c';`;
    assert.deepEqual(importsOf(source), ['c']);
    assert.doesNotMatch(codeOnly(`const word = 'Date';`), /Date/);
  });
});
