import type { ChangeClass } from '../../../src/domain/goals/target-history.js';
import { changesInWords } from '../../../src/pages/target/change-words.js';
import { sampleTerms } from './sample-terms.js';

const said = (occurredOn: string, deadline: string) => ({ occurredOn, terms: sampleTerms({ deadline }) });
const later: readonly ChangeClass[] = ['deadline-later'];

describe('how the deadline of a goal changed', () => {
  it('rolled on where it is as many years off as it was before', () => {
    expect(
      changesInWords(later, said('2025-05', '2035-05'), said('2025-04-15/2025-04-17', '2035-04')),
    ).toEqual(['the deadline rolled on: 10 years from when it was said, as before']);
  });

  it('moved away where it became more years off', () => {
    expect(changesInWords(later, said('2025-05', '2036-05'), said('2025-04', '2035-04'))).toEqual([
      'the deadline moved away',
    ]);
  });

  it('moved away where it is of another year, told to the year', () => {
    expect(changesInWords(later, said('2025-05', '2035'), said('2025-04', '2034'))).toEqual([
      'the deadline moved away',
    ]);
  });

  it.each([
    ['wider', '2029/2036', '2035-11'],
    ['narrower', '2033', '2030/2036'],
  ])('became %s where both ends moved, and is not said to have gone both ways', (what, is, was) => {
    const both: readonly ChangeClass[] = ['deadline-earlier', 'deadline-later', 'perimeter-moved'];
    expect(changesInWords(both, said('2026-01-12', is), said('2025-11', was))).toEqual([
      `the deadline became ${what}, at both ends`,
      'it is counted otherwise',
    ]);
  });

  it('is left alone where something else changed', () => {
    expect(changesInWords(['stronger'], said('2026', '2030'), said('2025', '2030'))).toEqual([
      'more was promised',
    ]);
  });
});
