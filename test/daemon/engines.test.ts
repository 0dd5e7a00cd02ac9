import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type Engines, newEngines } from '#daimon/daemon/engines.js';
import { type Drawn, type Engine, plainDraw } from '#daimon/engine/engine.js';
import { DaimonError } from '#daimon/errors.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { info, engine as plain } from './bench.js';

const request = plainDraw(seed(1), DEFAULT_DECODING);

const settled = (): Promise<unknown> => setImmediate();

/** Names of the models whose threads run, and of those whose load began. */
let open: string[];
let begun: string[];
let chosen: string[];
/** Ends the load under way, well or ill; `settled` while there is none. */
let finish: (error?: Error) => Promise<unknown>;
/** Ends the draws under way. */
let answer: () => Promise<unknown>;
let engines: Engines;

beforeEach(() => {
  [open, begun, chosen] = [[], [], []];
  finish = settled;
  const drawing: (() => void)[] = [];
  answer = () => {
    for (const resolve of drawing.splice(0)) resolve();
    return settled();
  };
  const engineOf = (model: string): Engine => {
    open.push(model);
    return {
      info: { ...info, model },
      draw: (asked) => new Promise<Drawn>((resolve) => drawing.push(() => resolve(plain.draw(asked)))),
      locate: () => Promise.reject(new Error('nothing is located here')),
      close: async () => void open.splice(open.indexOf(model), 1),
    };
  };
  const start = (model: string): Promise<Engine> => {
    assert.equal(finish, settled, 'one model is loaded at a time');
    begun.push(model);
    return new Promise((resolve, reject) => {
      finish = (error) => {
        finish = settled;
        if (error === undefined) resolve(engineOf(model));
        else reject(error);
        return settled();
      };
    });
  };
  engines = newEngines(engineOf('pop'), start, (_, { model }) => chosen.push(model));
});

const overtaken = { code: 'model', message: /was not loaded yet when "\w+" was chosen/ };

describe('a model that is chosen', () => {
  it('is loaded while the one before still draws, and is told of when it is ready', async () => {
    const done = engines.choose('folk');
    const block = engines.of(0).draw(request);
    assert.equal(engines.info.model, 'pop');
    await answer();
    await block;
    await finish();
    await done;
    assert.deepEqual(chosen, ['folk']);
    assert.equal(engines.info.model, 'folk');
    assert.equal(engines.of(1).info.model, 'folk');
    assert.equal(engines.of(0).info.model, 'pop');
  });

  it('and plays already changes nothing', async () => {
    await engines.choose('pop');
    assert.deepEqual([chosen, begun], [[], []]);
  });

  it('and was chosen before the last, while it is still there, is not loaded again', async () => {
    const done = engines.choose('folk');
    await finish();
    await done;
    await engines.choose('pop');
    assert.deepEqual([chosen, begun], [['folk', 'pop'], ['folk']]);
  });

  it('and can not be loaded is told to who chose it, and nothing changes', async () => {
    const failed = assert.rejects(engines.choose('flok'), { code: 'model', message: 'There is none.' });
    await finish(new DaimonError('model', 'There is none.'));
    await failed;
    assert.deepEqual([chosen, open, engines.info.model], [[], ['pop'], 'pop']);
    const done = engines.choose('folk');
    await finish();
    await done;
    assert.deepEqual(chosen, ['folk']);
  });

  it('twice at once is loaded once', async () => {
    const both = [engines.choose('folk'), engines.choose('folk')];
    await finish();
    await Promise.all(both);
    assert.deepEqual([chosen, begun], [['folk'], ['folk']]);
  });
});

describe('of models chosen while one is loading', () => {
  it('the last is loaded after it, and those between never', async () => {
    const first = assert.rejects(engines.choose('folk'), overtaken);
    const second = assert.rejects(engines.choose('waltz'), overtaken);
    const third = engines.choose('chorale');
    await Promise.all([first, second]);
    await finish();
    assert.deepEqual([open, begun], [['pop'], ['folk', 'chorale']]);
    await finish();
    await third;
    assert.deepEqual([chosen, open], [['chorale'], ['pop', 'chorale']]);
  });

  it('the one that plays has the load given up', async () => {
    const first = assert.rejects(engines.choose('folk'), overtaken);
    await engines.choose('pop');
    await first;
    await finish();
    assert.deepEqual([chosen, open], [[], ['pop']]);
  });

  it('the very same takes up the load under way, though another was chosen between', async () => {
    const first = assert.rejects(engines.choose('folk'), overtaken);
    const second = assert.rejects(engines.choose('chorale'), overtaken);
    const third = engines.choose('folk');
    await Promise.all([first, second]);
    await finish();
    await third;
    assert.deepEqual([chosen, begun], [['folk'], ['folk']]);
  });
});

describe('an engine that plays no more', () => {
  it('is closed after its last answer, and not before', async () => {
    const last = engines.of(0).draw(request);
    const done = engines.choose('folk');
    await finish();
    await done;
    engines.retain([0, 1]);
    assert.deepEqual(open, ['pop', 'folk']);
    engines.retain([1]);
    assert.deepEqual(open, ['pop', 'folk']);
    await answer();
    await last;
    engines.retain([1]);
    assert.deepEqual(open, ['folk']);
    assert.throws(() => engines.of(0), { code: 'internal' });
  });
});

describe('closing', () => {
  it('closes all, refuses what is chosen after, and closes what was loading once it is there', async () => {
    const refused = assert.rejects(engines.choose('folk'), { code: 'model', message: /^daimon ends/ });
    const closing = engines.close();
    await refused;
    await assert.rejects(engines.choose('pop'), { code: 'model', message: /^daimon ends/ });
    await finish();
    await closing;
    assert.deepEqual([open, chosen], [[], []]);
  });

  it('is not held up by a load that fails', async () => {
    const refused = assert.rejects(engines.choose('folk'), { code: 'model' });
    const closing = engines.close();
    await finish(new Error('the disk is gone'));
    await Promise.all([closing, refused]);
    assert.deepEqual(open, []);
  });
});

it('whatever is chosen in whatever order, every choice is answered, the last one plays, and no thread is left behind', async () => {
  const random = randomFrom(seed(11));
  const answers: Promise<unknown>[] = [];
  let last = 'pop';
  for (let i = 0; i < 500; i++) {
    if (random.below(2) === 0) {
      last = ['pop', 'folk', 'chorale', 'waltz'][random.below(4)];
      answers.push(engines.choose(last).catch((error: DaimonError) => assert.equal(error.code, 'model')));
    } else await finish();
    engines.retain([]);
    assert.ok(open.length <= 2);
  }
  for (let i = 0; i < 3; i++) await finish();
  await Promise.all(answers);
  engines.retain([]);
  assert.deepEqual([engines.info.model, open], [last, [last]]);
});
