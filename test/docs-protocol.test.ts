import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { MESSAGE_KINDS, messageSchema, REQUEST_KINDS, requestSchema } from '#daimon/bridge/control/protocol.js';
import { Program } from './support/program.js';

const text = readFileSync('docs/protocol.schema.json', 'utf8');
const ajv = new Ajv2020({ allowUnionTypes: true });
ajv.addSchema(JSON.parse(text), 'protocol');
const validator = (name: string): ValidateFunction => ajv.getSchema(`protocol#/$defs/${name}`)!;
const [isRequest, isMessage] = [validator('request'), validator('message')];

const [, requests, messages] = readFileSync('docs/protocol.md', 'utf8').split(/^## .* to .*$/m);
const examples = (section: string): Record<string, unknown>[] =>
  Array.from(section.matchAll(/```json\n(.*?)```/gs), ([, json]) => JSON.parse(json));

/** The example with each of its values in turn left out, or put in the place of another. */
function* damaged(example: Record<string, unknown>): Generator<Record<string, unknown>> {
  const wrong = [null, -1, 0.5, 1e12, '', 'x'.repeat(300), [], [null], {}, true];
  for (const key of [...Object.keys(example), 'qwertz']) {
    const { [key]: _, ...without } = example;
    yield without;
    for (const value of wrong) yield { ...example, [key]: value };
  }
}

describe('docs/protocol.schema.json', () => {
  it('is what the program has it: node docs/protocol-schema.mjs > docs/protocol.schema.json', async () => {
    const { code, stdout, stderr } = await new Program(process.execPath, ['docs/protocol-schema.mjs']).ended();
    assert.equal(code, 0, stderr);
    assert.equal(text, stdout);
  });

  it('has a definition of every request and every message', () => {
    for (const kind of REQUEST_KINDS) assert.ok(validator(`request.${kind}`), kind);
    for (const kind of MESSAGE_KINDS) assert.ok(validator(`message.${kind}`), kind);
  });

  it('takes every example of docs/protocol.md, to a validator that is not ours', () => {
    for (const example of examples(requests)) assert.ok(isRequest(example), ajv.errorsText(isRequest.errors));
    for (const example of examples(messages)) assert.ok(isMessage(example), ajv.errorsText(isMessage.errors));
  });

  it('takes and refuses the same requests as the program, whatever is wrong with them', () => {
    let refused = 0;
    for (const example of examples(requests)) {
      for (const request of damaged(example)) {
        const taken = requestSchema.safeParse(request).success;
        assert.equal(isRequest(request), taken, JSON.stringify(request));
        if (!taken) refused++;
      }
    }
    assert.ok(refused > 1000, `${refused}`);
  });

  it('takes every message that the program may send, and leaves room for keys to come', () => {
    for (const example of examples(messages)) {
      for (const message of damaged(example))
        if (messageSchema.safeParse(message).success) assert.ok(isMessage(message));
      assert.ok(isMessage({ ...example, qwertz: 1 }), ajv.errorsText(isMessage.errors));
    }
  });
});
