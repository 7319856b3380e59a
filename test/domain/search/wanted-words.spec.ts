import { chineseNameOf } from '../../../src/domain/search/chinese-names.js';
import { asSearched, holdsAll, rankOf, wantedWords } from '../../../src/domain/search/wanted-words.js';

describe('the words of a question', () => {
  it.each([
    ['Valencia', ['valencia']],
    ['  half   overseas ', ['half', 'overseas']],
    ['"Half of sales" 2033', ['half of sales', '2033']],
    ['小鹏', ['小鹏']],
    ['港', ['港']],
    ['a X 5', []],
    ['"', []],
    ['magna Magna MAGNA', ['magna']],
    ['Citroën Škoda', ['citroen', 'skoda']],
    ['', []],
  ])('%s: %j', (question, words) => {
    expect(wantedWords(question)).toEqual(words);
  });

  it('are eight at most', () => {
    expect(wantedWords('aa bb cc dd ee ff gg hh ii jj')).toHaveLength(8);
  });
});

describe('texts that are searched', () => {
  it('hold words in any case, with or without accents, and inside of words', () => {
    expect(holdsAll(['A plant in València', 'Zeekr'], ['valencia', 'zeek'])).toBe(true);
    expect(holdsAll(['小鹏汽车有限公司'], ['小鹏'])).toBe(true);
    expect(holdsAll(['Valencia'], ['valencia', 'spain'])).toBe(false);
  });

  it('are the same however they are typed', () => {
    expect(asSearched('ＸＰＥＮＧ')).toBe(asSearched('xpeng'));
  });

  it('rank by how well the name fits', () => {
    expect(
      ['Magna', 'Magna Steyr', 'The Magna plant', 'Graz'].map((name) => rankOf(asSearched(name), ['magna'])),
    ).toEqual([0, 1, 2, 3]);
  });

  it('know automakers by their Chinese names', () => {
    expect(chineseNameOf('xpeng')).toContain('小鹏');
    expect(chineseNameOf('nobody')).toBeUndefined();
  });
});
