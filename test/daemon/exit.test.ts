import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Program } from '../support/program.js';

/** A program that says when it is up and when it has closed, and takes its time to close. */
const program = (then = '', closing = 'await new Promise((done) => setTimeout(done, 50)); console.log("closed")') =>
  new Program(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { closeOnExit } from '#daimon/daemon/exit.js';
     closeOnExit(async () => { ${closing} });
     setInterval(() => {}, 1000);
     console.log('up');
     ${then}`,
  ]);

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  it(`${signal} closes first, then exits with ${code}`, async () => {
    const running = program();
    await running.says(/up/);
    const ended = await running.end(signal);
    assert.equal(ended.code, code);
    assert.match(ended.stdout, /closed/);
  });
}

for (const [what, then] of [
  ['an uncaught error', "setTimeout(() => { throw new Error('oh') }, 1)"],
  ['a rejection that nobody handles', "void Promise.reject(new Error('oh'))"],
]) {
  it(`${what} is told, and closes before it ends the process with 1`, async () => {
    const ended = await program(then).ended();
    assert.equal(ended.code, 1);
    assert.match(ended.stdout, /closed/);
    assert.match(ended.stderr, /please report.*oh/);
  });
}

it('an error while closing does not cut it short', async () => {
  const closing = `setTimeout(() => { throw new Error('oh') }, 1);
    await new Promise((done) => setTimeout(done, 100)); console.log('closed')`;
  const running = program('', closing);
  await running.says(/up/);
  const ended = await running.end('SIGTERM');
  assert.equal(ended.code, 143);
  assert.match(ended.stdout, /closed/);
});

it('one Ctrl-C that comes twice, as under npm, still lets it close', async () => {
  const running = program(
    '',
    "console.log('closing'); await new Promise((done) => setTimeout(done, 50)); console.log('closed')",
  );
  await running.says(/up/);
  process.kill(running.pid, 'SIGINT');
  await running.says(/closing/);
  const ended = await running.end('SIGINT');
  assert.equal(ended.code, 130);
  assert.match(ended.stdout, /closed/);
});

it('a later signal does not wait for a closing that takes for ever', async () => {
  const running = program('', 'await new Promise(() => {})');
  await running.says(/up/);
  const again = setInterval(() => process.kill(running.pid, 'SIGINT'), 100);
  assert.equal((await running.ended()).code, 130);
  clearInterval(again);
});

it('a reader who has seen enough ends it, closed first', async () => {
  const running = program("setInterval(() => console.log('on and on'), 10)", "console.error('closed')");
  await running.says(/on and on/);
  running.stopReading();
  const ended = await running.ended();
  assert.equal(ended.code, 0);
  assert.match(ended.stderr, /closed/);
});
