import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { didYouMean, editDistance, suggest } from '#daimon/suggest.js';

describe('the distance between two words', () => {
  it('is the fewest letters put in, taken out or changed', () => {
    assert.equal(editDistance('', 'folk'), 4);
    assert.equal(editDistance('folk', 'folk'), 0);
    assert.equal(editDistance('kitten', 'sitting'), 3);
    assert.equal(editDistance('sitting', 'kitten'), 3);
  });
});

describe('a suggestion', () => {
  it('is the nearest name, letter case aside', () => {
    assert.equal(suggest('Flok', ['drone', 'folk', 'fork']), 'folk');
    assert.equal(didYouMean('musicbox', ['music-box']), " Did you mean 'music-box'?");
  });

  it('is none when nothing is near', () => {
    assert.equal(suggest('piano', ['drone', 'folk']), null);
    assert.equal(suggest('xy', ['ab']), null, 'every letter changed is no likeness');
    assert.equal(didYouMean('piano', []), '');
  });
});
