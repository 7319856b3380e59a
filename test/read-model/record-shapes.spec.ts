import { changedParts, type ReadPart } from '../../src/read-model/record-parts.js';
import { misfitOfPart } from '../../src/read-model/record-shapes.js';
import { PersistentList } from '../../src/domain/state/persistent-list.js';
import type { SubjectStates } from '../../src/domain/state/subject-state.js';

const OCCURRENCE = { event: 'e', occurredOn: '2024-05' };
const VERSION = {
  ...OCCURRENCE,
  type: 'StrategyDeclared',
  approach: 'blended',
  elements: ['x'],
  rationale: 'y',
} as const;
const strategy = (versions: number): SubjectStates['strategy'] => ({
  versions: Array.from({ length: versions }).reduce<SubjectStates['strategy']['versions']>(
    (list) => list.push(VERSION),
    PersistentList.empty(),
  ),
});
const partsOf = (versions: number): ReadPart[] =>
  [...changedParts(undefined, strategy(versions))].flatMap((each) =>
    'gone' in each
      ? []
      : [{ kind: 'strategy' as const, key: '', part: each.part, value: JSON.parse(each.doc) as unknown }],
  );

describe('misfitOfPart', () => {
  it('finds nothing in what a record is written as, also where its history takes several rows', () => {
    const parts = partsOf(70);
    expect(parts.map(({ part }) => part)).toEqual([0, 1, 2]);
    expect(parts.map(misfitOfPart)).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['null', null, ''],
    ['a list', [], ''],
    ['a text', 'record', ''],
    ['no history', {}, '.versions'],
    ['a history that is an object', { versions: {} }, '.versions'],
    ['an item that is null', { versions: [VERSION, null] }, '.versions[1]'],
    [
      'an item without its approach',
      { versions: [{ ...VERSION, approach: undefined }] },
      '.versions[0].approach',
    ],
    ['a list with a number', { versions: [{ ...VERSION, elements: ['x', 1] }] }, '.versions[0].elements[1]'],
    ['a flag that is a text', { versions: [{ ...VERSION, isRumour: 'yes' }] }, '.versions[0].isRumour'],
  ])('says where a record is none: %s', (_, value, misfit) => {
    expect(misfitOfPart({ kind: 'strategy', key: '', part: 0, value })).toBe(misfit);
  });

  it('holds earlier rows against the items of the histories alone', () => {
    const earlier = (value: unknown) => misfitOfPart({ kind: 'site', key: 's', part: 1, value });
    expect(earlier({ revisions: [OCCURRENCE] })).toBeUndefined();
    expect(earlier({ revisions: [{ event: 1 }] })).toBe('.revisions[0].event');
    expect(earlier(7)).toBe('');
  });
});
