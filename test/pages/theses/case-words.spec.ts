import {
  automakersIn,
  caseInWords,
  showsInWords,
  type CaseNames,
} from '../../../src/pages/theses/case-words.js';

const names: CaseNames = {
  automakers: new Map([
    ['gwm', 'Great Wall Motor'],
    ['geely', 'Geely'],
  ]),
  sites: new Map([
    ['gwm/south-africa', 'South Africa (local assemblers)'],
    ['geely/medea-dz', 'Médéa'],
  ]),
  goals: new Map([['geely/overseas-share-2015', 'Half of sales abroad']]),
};

describe('the cases of theses', () => {
  it.each([
    ['gwm: south-africa', 'Great Wall Motor: South Africa (local assemblers)'],
    ['geely: medea-dz', 'Geely: Médéa'],
    ['geely: overseas-share-2015', 'Geely: Half of sales abroad'],
    ['geely and gwm', 'Geely and Great Wall Motor'],
    ['geely in EU', 'Geely in the European Union'],
    ['gwm', 'Great Wall Motor'],
    ['gwm: nobody-named-it-my', 'Great Wall Motor: Nobody Named It'],
  ])('name %s by its names', (name, words) => {
    expect(caseInWords(name, names)).toBe(words);
  });

  it('name the plants that answered a duty, and the day as people write it', () => {
    expect(
      showsInWords('geely in EU', 'Named by a duty on 2024-07-04; since then medea-dz, graz-at.', names),
    ).toBe('Named by a duty on 4 Jul 2024; since then Médéa, Graz.');
  });

  it('tell of absence as absence, and leave amounts alone', () => {
    const shows = (text: string) => showsInWords('geely', text, names);
    expect(shows('geely: built in 0 markets, 64,500 units abroad; gwm: built in 2 markets.')).toBe(
      'Geely: no plant abroad is logged, 64,500 units abroad; Great Wall Motor: built in 2 markets.',
    );
    expect(shows('No figure bears on the goal of 50 % between 2029 and 2036.')).toContain(
      'between 2029 and 2036',
    );
  });

  it('are of automakers whose names can be asked for', () => {
    expect(automakersIn(['geely and gwm', 'gwm: south-africa', 'nio in EU'])).toEqual([
      'geely',
      'gwm',
      'nio',
    ]);
  });
});
