import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runDaimon } from '../support/program.js';

const COMMANDS = ['start', 'render', 'status', 'panic', 'ports', 'presets', 'models', 'doctor', 'data', 'train'];

describe('the command line', () => {
  it('says its version', async () => {
    const { code, stdout } = await runDaimon('--version');
    assert.deepEqual([code, stdout.trim()], [0, JSON.parse(readFileSync('package.json', 'utf8')).version]);
  });

  it('shows every command in its group, and examples', async () => {
    const { code, stdout } = await runDaimon('--help');
    assert.equal(code, 0);
    for (const command of COMMANDS) assert.match(stdout, new RegExp(`^ {2}${command} `, 'm'), command);
    assert.match(
      stdout,
      /^Play:\n {2}start .*^While it plays:\n {2}status .*^Look around:\n.*^Make a model of your own:\n.*^Examples:\n/ms,
    );
  });

  it('has help and an example for every command', async () => {
    for (const command of COMMANDS) {
      const { code, stdout } = await runDaimon('help', command);
      assert.equal(code, 0, command);
      assert.match(stdout, new RegExp(`^Usage: daimon ${command} .*^Examples?:\n`, 'ms'), command);
    }
  });

  it('names the nearest command, option and value when one is misspelt, and ends with status 2', async () => {
    for (const [args, hint] of [
      [['strat'], "unknown command 'strat'. Did you mean 'start'?"],
      [['help', 'preset'], "unknown command 'preset'. Did you mean 'presets'?"],
      [['presets', '--jsno'], "unknown option '--jsno'\n(Did you mean --json?)"],
      [['start', '--clok', 'host'], "unknown option '--clok'\n(Did you mean --clock?)"],
      [['--clok', 'host'], "unknown option '--clok'\n(Did you mean --clock?)"],
      [['--clock', 'intern'], "It must be host, internal or auto. Did you mean 'internal'?"],
      [['--clock', 'auto', '--clock-addon', 'x'], '--clock-addon has a session lead, --clock auto another: leave one'],
      [['--ws-port', '99999'], 'It must be a whole number from 0 to 65535.'],
      [['start', 'now'], 'too many arguments'],
    ] as const) {
      const { code, stdout, stderr } = await runDaimon(...args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.ok(stderr.startsWith('daimon: ') && stderr.includes(hint), stderr);
      assert.match(stderr, /daimon --help/);
    }
  });

  it('says what went wrong in one line, and ends with status 1', async () => {
    const { code, stdout, stderr } = await runDaimon('presets', 'musicbox');
    assert.deepEqual([code, stdout], [1, '']);
    assert.equal(stderr, "daimon: There is no preset 'musicbox'. Did you mean 'music-box'?\n");
  });

  it('is quiet when its reader has seen enough', async () => {
    const program = spawn(process.execPath, ['dist/cli/main.js', 'presets', '--json'], { stdio: 'pipe' });
    program.stdout.destroy();
    let said = '';
    program.stderr.on('data', (text) => {
      said += text;
    });
    const [code] = await once(program, 'close');
    assert.deepEqual([code, said], [0, '']);
  });

  // a device of Linux's that is always full
  if (existsSync('/dev/full')) {
    it('says in a sentence that there is no room for what it prints', () => {
      const full = openSync('/dev/full', 'w');
      const { status, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', 'presets'], {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      });
      closeSync(full);
      assert.equal(status, 1);
      assert.match(stderr, /^daimon: .*ENOSPC.*make room.*\n$/);
    });
  }
});
