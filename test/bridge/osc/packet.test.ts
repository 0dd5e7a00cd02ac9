import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type OscPacketInput, toBuffer } from 'osc-min';
import { readPacket, shortest, writeMessage } from '#daimon/bridge/osc/packet.js';
import { DaimonError } from '#daimon/errors.js';
import { randomFrom, seed } from '#daimon/music/random.js';

const bytesOf = (packet: OscPacketInput): Uint8Array => {
  const { buffer, byteOffset, byteLength } = toBuffer(packet);
  return new Uint8Array(buffer, byteOffset, byteLength);
};
const message = (address: string, ...args: number[]): OscPacketInput => ({
  address,
  args: args.map((value) => ({ type: 'integer', value })),
});
const isProtocol = (error: unknown): boolean => error instanceof DaimonError && error.code === 'protocol';

describe('an OSC packet', () => {
  it('is laid out as the examples of the OSC 1.0 specification are', () => {
    const frequency = writeMessage('/oscillator/4/frequency', [{ type: 'float', value: 440 }]);
    assert.equal(
      Buffer.from(frequency).toString('hex'),
      '2f6f7363696c6c61746f722f342f6672657175656e6379002c66000043dc0000',
    );
    assert.deepEqual(readPacket(frequency), [{ address: '/oscillator/4/frequency', args: [440] }]);
    const foo = Buffer.from('2f666f6f000000002c69697366660000000003e8ffffffff68656c6c6f0000003f9df3b640b5b22d', 'hex');
    assert.deepEqual(readPacket(foo), [{ address: '/foo', args: [1000, -1, 'hello', 1.234, 5.678] }]);
  });

  it('gives the messages of bundles within bundles in the order in which they stand there', () => {
    const inner: OscPacketInput = { timetag: [0, 1], elements: [message('/b', 2), message('/c', 3)] };
    const bundle = bytesOf({ timetag: [0, 1], elements: [message('/a', 1), inner, message('/d', 4)] });
    assert.deepEqual(
      readPacket(bundle)?.map(({ address }) => address),
      ['/a', '/b', '/c', '/d'],
    );
  });

  it('is none where it is garbage, cut short, or of no type that there is', () => {
    for (const hex of ['', '00', '2f61', '2f610000', '2f6100002c790000', '2f6100002c690000', '2362756e646c6500'])
      assert.equal(readPacket(Buffer.from(hex, 'hex'))?.length ?? null, hex === '2f610000' ? 1 : null, hex);
  });

  it('is refused in a sentence where it has what can be no value, or more messages than a layout', () => {
    assert.throws(() => readPacket(bytesOf({ address: '/a', args: [new ArrayBuffer(4)] })), isProtocol);
    assert.throws(() => readPacket(bytesOf({ address: '/a', args: [[1, [2]]] })), isProtocol);
    const bundle = (count: number) => bytesOf({ timetag: [0, 1], elements: Array(count).fill(message('/a')) });
    assert.equal(readPacket(bundle(256))?.length, 256);
    assert.throws(() => readPacket(bundle(257)), isProtocol);
  });

  it('a thousand bundles deep is read as any other', () => {
    let packet: OscPacketInput = message('/deep');
    for (let depth = 0; depth < 700; depth++) packet = { timetag: [0, 1], elements: [packet] };
    assert.ok(bytesOf(packet).length < 16 * 1024);
    assert.doesNotThrow(() => readPacket(bytesOf(packet)));
  });
});

describe('a number of 32 bits', () => {
  it('is the decimal that was meant, up to six digits', () => {
    const random = randomFrom(seed(1));
    for (let n = 0; n < 10_000; n++) {
      const meant = Number(((random.uniform() - 0.5) * 10 ** random.below(6)).toPrecision(6));
      assert.equal(shortest(Math.fround(meant)), meant);
    }
  });

  it('has the same 32 bits after it was made short, whatever it is', () => {
    const random = randomFrom(seed(2));
    const view = new DataView(new ArrayBuffer(4));
    for (let n = 0; n < 10_000; n++) {
      view.setUint32(0, random.below(2 ** 32));
      const float = view.getFloat32(0);
      assert.ok(Object.is(Math.fround(shortest(float)), float), String(float));
    }
  });
});
