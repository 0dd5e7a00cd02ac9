import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { line, off, on, studio } from '../../../support/studio.js';

describe('a panic', () => {
  it('ends what sounds, then all that was ever struck, then each channel played, and plays on', () => {
    const { schedule, setTimeline, until, panic, wire } = studio();
    setTimeline(line(0, 0));
    schedule([
      on(0, 60),
      on(0, 64, 3),
      on(10, 67),
      off(20, 60),
      off(90, 67),
      off(90, 64, 3),
      on(100, 60),
      off(200, 60),
    ]);
    until(50);
    panic();
    until(99);
    const silencers = ['b04000', 'b07800', 'b07b00', 'b34000', 'b37800', 'b37b00'];
    const offs = ['804300', '834000', '803c00'];
    assert.deepEqual(
      wire.slice(4),
      [...offs, ...silencers].map((message) => `50 ${message}`),
    );
    until(1000);
    assert.deepEqual(wire.slice(13), ['100 903c50', '200 803c40']);
  });

  it('tells of the offs that end a sounding note, where they came, and of nothing else', () => {
    const { schedule, setTimeline, until, panic, echo } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), off(20, 60), on(30, 62), off(90, 62)]);
    until(50);
    echo();
    panic();
    until(80);
    const told = echo().map(({ edge, tick: at, late }) => [edge.tick, edge.status, edge.data1, at, late]);
    assert.deepEqual(told, [[50, 0x80, 62, 50, 0]]);
  });

  it('comes while stopped too, once each time', () => {
    const { schedule, setTimeline, until, panic, wire } = studio();
    setTimeline(line(0, 0));
    schedule([on(0, 60), off(20, 60)]);
    until(50);
    setTimeline(null);
    until(60);
    for (const time of [70, 80]) {
      panic();
      until(time);
    }
    const all = ['803c00', 'b04000', 'b07800', 'b07b00'];
    assert.deepEqual(wire.slice(2), [...all.map((each) => `60 ${each}`), ...all.map((each) => `70 ${each}`)]);
  });

  it('has nothing to end where nothing was ever played', () => {
    const { until, panic, wire } = studio();
    panic();
    until(10);
    assert.deepEqual(wire, []);
  });
});
