import { problemsOfProposal } from '../../src/domain/ledger/proposal.js';
import { decide, decideNext } from '../../src/domain/ledger/decide.js';
import { ClaimedNames } from '../../src/domain/state/claimed-names.js';
import type { StreamState } from '../../src/domain/state/stream-state.js';
import { CompanyDirectory } from '../../src/domain/state/company-directory.js';
import { foldEvents } from '../../src/domain/state/evolve.js';
import { recordOf } from '../../src/domain/state/subject-state.js';
import type { Proposal } from '../../src/domain/ledger/proposal.js';
import { givenIn, idOf, NOW, proposal, recordedEvent, recordIn } from './given-when-then.js';
import { retract } from './sample-events.js';

const company = (on: string, names: string[], over: object = {}) =>
  proposal('CompanyRegistered', on, { names, kind: 'group', ...over });
const owned = (on: string, parent: string, share: number, over: object = {}) =>
  proposal('OwnershipChanged', on, { parent, share, ...over });
const horse = company('2024-05-31', ['Horse Powertrain'], { kind: 'joint-venture', aliases: ['HORSE'] });

describe('a company is registered once', () => {
  it('refuses a second registration, in both orders', () => {
    givenIn('company-horse', horse)
      .when(company('2025', ['Horse']))
      .refused('already-registered', 0);
    givenIn('company-horse', company('2025', ['Horse']))
      .when(horse)
      .refused('already-registered', 0);
  });
  it('stands in the stream of a company, and nowhere else', () => {
    givenIn('automaker-horse').when(horse).invalid('type');
  });
  it.each([
    ['lei', '969500F7JLTX36OUI695', '969500F7JLTX36OUI659'],
    ['isin', 'FR0000131906', 'FR0000131960'],
    ['ticker', 'NYSE:XPEV', 'XPEV'],
    ['wikidata', 'Q6686', '6686'],
  ])('takes its %s %s, and tells a slip such as %s', (name, right, wrong) => {
    const wrongIn = (text: string) =>
      problemsOfProposal(company('2024', ['Renault'], { identifiers: { [name]: text } }));
    expect(wrongIn(right)).toEqual([]);
    expect(wrongIn(wrong)).toMatchObject([{ field: `data.identifiers.${name}` }]);
  });
});

describe('the shares of one day add up to the whole at most', () => {
  const halves = [owned('2024-05-31', 'Renault', 50), owned('2024-05-31', 'Geely', 50)];
  it('refuses more, in both orders', () => {
    givenIn('company-horse', horse, ...halves)
      .when(owned('2024-12-02', 'Aramco', 10))
      .refused('more-than-whole', 2);
    givenIn('company-horse', horse, owned('2024-12-02', 'Aramco', 10))
      .when(...halves)
      .refused('more-than-whole', 1);
  });
  it('takes a new owner once the others own less', () => {
    const state = givenIn('company-horse', horse, ...halves)
      .when(
        owned('2024-12-02', 'Renault', 45),
        owned('2024-12-02', 'geely', 45),
        owned('2024-12-02', 'Aramco', 10),
      )
      .accepted();
    expect(recordIn(state, 'company', '')?.owners.map(({ parent, share }) => [parent, share])).toEqual([
      ['Renault', 45],
      ['geely', 45],
      ['Aramco', 10],
    ]);
  });
  it('takes owners before the registration, and lets an owner go', () => {
    const state = givenIn('company-horse', halves[0] as Proposal)
      .when(horse, owned('2025', 'Renault', 0))
      .accepted();
    expect(recordIn(state, 'company', '')).toMatchObject({ names: ['Horse Powertrain'], owners: [] });
  });
  it('keeps the owners where the registration is retracted', () => {
    const state = givenIn('company-horse', horse, ...halves)
      .when(retract(0))
      .accepted();
    expect(recordIn(state, 'company', '')).toMatchObject({ names: [], owners: [{}, {}] });
  });
});

/** The records of companies as of a day. */
function directoryOn(day: string): CompanyDirectory {
  const streams: Record<string, Proposal[]> = {
    renault: [company('1898', ['Renault Group', '雷诺'], { aliases: ['Renault'] })],
    geely: [company('1986', ['Zhejiang Geely Holding', '吉利'], { aliases: ['Geely'] })],
    'renault-korea': [
      company('2000', ['Renault Korea'], { kind: 'brand' }),
      owned('2000-09-01', 'Renault', 80.04),
      owned('2022-11-01', 'Renault', 52.82),
      owned('2022-11-01', 'Geely', 34.02),
    ],
    horse: [
      company('2023-07-06', ['Horse', 'HORSE Powertrain'], { kind: 'joint-venture', aliases: ['Aurobay'] }),
      owned('2023-07-06', 'Renault', 100),
      owned('2024-05-31', 'Renault', 50),
      owned('2024-05-31', 'Geely', 50),
    ],
    volvo: [company('1927', ['Volvo Cars'], { kind: 'brand' }), owned('2010-08-02', 'Geely', 78.7)],
    proton: [
      company('1983', ['Proton'], { kind: 'brand' }),
      owned('2017-06-23', 'DRB-HICOM', 50.1),
      owned('2017-06-23', 'Geely', 49.9),
    ],
    stellantis: [company('2021-01-16', ['Stellantis'])],
    'leapmotor-international': [
      company('2024-05-14', ['Leapmotor International'], { kind: 'joint-venture' }),
      owned('2024-05-14', 'Stellantis', 51),
      owned('2024-05-14', 'Leapmotor', 49),
    ],
  };
  return new CompanyDirectory(
    Object.entries(streams).flatMap(([id, proposals]) => {
      const stream = `company-${id}`;
      const events = proposals.map((each, index) => recordedEvent(index, each, undefined, stream));
      const state = foldEvents(stream, events, { trueOn: day }).record('company', '');
      return state ? [[id, recordOf<'company'>(state)] as const] : [];
    }),
  );
}

describe('a name that no company has', () => {
  const directory = directoryOn('2026-11-30');
  it.each([
    ['volvo car', ['Volvo Cars']],
    ['Group', ['Renault Group']],
    ['powertrain', ['Horse']],
    ['Stelantis', ['Stellantis']],
    ['Toyota', []],
    // A part of a word is no word.
    ['Renau', []],
  ])('%s may mean %j', (name, meant) => {
    expect(directory.resolve(name)).toBeUndefined();
    expect(directory.resembling(name)).toEqual(meant);
  });
});

describe('a company is found by any of its names, and ownership is as of a day', () => {
  it.each([
    ['Renault', 'renault'],
    ['RENAULT GROUP', 'renault'],
    ['雷诺', 'renault'],
    ['Renault Korea', 'renault-korea'],
    ['Horse', 'horse'],
    ['HORSE Powertrain', 'horse'],
    ['Volvo Cars', 'volvo'],
    ['Magna', undefined],
  ])('%s is %s', (name, id) => {
    expect(directoryOn('2026-11-01').resolve(name)).toBe(id);
  });
  it.each([
    ['2024-01-01', 'horse', 'renault'],
    ['2026-01-01', 'horse', 'horse'],
    ['2024-01-01', 'renault-korea', 'renault'],
    ['2026-01-01', 'renault-korea', 'renault'],
    ['2026-01-01', 'volvo', 'geely'],
    ['2026-01-01', 'proton', 'proton'],
    ['2026-01-01', 'leapmotor-international', 'stellantis'],
  ])('on %s the group of %s is %s', (day, id, group) => {
    expect(directoryOn(day).groupOf(id)).toBe(group);
  });
  it('names both parents of a joint venture of equals, and what a parent owns', () => {
    const directory = directoryOn('2026-01-01');
    expect(directory.ownersOf('horse').map((owner) => owner.company)).toEqual(['renault', 'geely']);
    expect(directory.ownedBy('geely').map((owned) => owned.company)).toEqual([
      'horse',
      'proton',
      'renault-korea',
      'volvo',
    ]);
  });
  it('names none by a name that two companies have', () => {
    const record = { kind: 'other', owners: [] } as const;
    const directory = new CompanyDirectory([
      ['a', { ...record, names: ['Bilia'] }],
      ['b', { ...record, names: ['B'], aliases: ['BILIA'] }],
    ]);
    expect(directory.resolve('Bilia')).toBeUndefined();
    expect(directory.ambiguous('a')).toEqual(['Bilia']);
  });
  it('ends where two companies own each other', () => {
    const owner = { event: idOf(1), occurredOn: '2024', share: 60 };
    const directory = new CompanyDirectory([
      ['a', { names: ['A'], kind: 'group', owners: [{ ...owner, parent: 'b' }] }],
      ['b', { names: ['B'], kind: 'group', owners: [{ ...owner, parent: 'a' }] }],
    ]);
    expect(directory.groupOf('a')).toBe('b');
  });
});

describe('one name belongs to one company', () => {
  const claims = new ClaimedNames([
    ['horse', { names: ['Horse Powertrain'], kind: 'joint-venture', aliases: ['HORSE'], owners: [] }],
  ]);
  const decided = (state: StreamState, ...proposals: Proposal[]) =>
    decide(state, proposals, { now: NOW, author: 'tester', companyNames: claims }, (index) =>
      idOf(50 + index),
    );
  const before = (...proposals: Proposal[]) => givenIn('company-geely', ...proposals).state;

  it('refuses a name or an alias of another one, however it is written, and says whose it is', () => {
    for (const other of [
      company('2025', ['horse powertrain']),
      company('2025', ['Geely'], { aliases: ['Horse'] }),
    ])
      expect(decided(before(), other)).toMatchObject({
        kind: 'contradiction',
        violations: [
          { rule: 'name-taken', message: expect.stringContaining('belongs to Horse Powertrain') as unknown },
        ],
      });
    expect(decided(before(), company('2025', ['Geely']))).toMatchObject({ kind: 'accepted' });
  });
  it('refuses a correction and a reinstatement that would take it', () => {
    const corrected = {
      event: idOf(0),
      occurredOn: '2025',
      data: { names: ['Horse'], kind: 'group' },
      reason: 'x',
    };
    expect(
      decided(before(company('2025', ['Geely'])), proposal('EventCorrected', undefined, corrected)),
    ).toMatchObject({ violations: [{ rule: 'name-taken' }] });
    const gone = before(company('2025', ['Horse']), retract(0));
    expect(
      decided(gone, proposal('EventReinstated', undefined, { event: idOf(0), reason: 'x' })),
    ).toMatchObject({ violations: [{ rule: 'name-taken' }] });
  });
  it('leaves what was recorded before, and what is restored', () => {
    const shared = before(company('2025', ['Geely'], { aliases: ['Horse'] }));
    const again = { event: idOf(0), occurredOn: '2025', reason: 'x' };
    const kept = { names: ['Geely Holding'], kind: 'group', aliases: ['Horse'] };
    expect(decided(shared, proposal('EventCorrected', undefined, { ...again, data: kept }))).toMatchObject({
      kind: 'accepted',
    });
    const restored = {
      id: idOf(9),
      now: NOW,
      author: 'tester',
      restored: { warnings: [] },
      companyNames: claims,
    };
    expect(decideNext(before(), company('2025', ['Horse']), restored)).toMatchObject({ kind: 'accepted' });
  });
  it('is given free by a correction', () => {
    claims.set('horse', { names: ['Horse Powertrain'] });
    expect(decided(before(), company('2025', ['Horse']))).toMatchObject({ kind: 'accepted' });
  });
});

describe('companies that analysts name', () => {
  const streams: Readonly<Record<string, readonly Proposal[]>> = {
    'renault-group': [company('1899', ['Renault Group'], { aliases: ['Renault'] })],
    'geely-holding': [company('1986', ['Zhejiang Geely Holding Group'], { aliases: ['Geely Holding'] })],
    stellantis: [company('2021-01-16', ['Stellantis'])],
    'drb-hicom': [company('1996', ['DRB-HICOM'])],
    'renault-korea': [
      company('2000', ['Renault Korea'], { aliases: ['Renault Korea Motors'] }),
      owned('2022', 'Renault', 52.88, { role: 'controls' }),
      owned('2022', 'Geely Holding', 34.02, { role: 'minority' }),
    ],
    'volvo-cars': [
      company('1927', ['Volvo Cars'], { aliases: ['Volvo'] }),
      owned('2021', 'Geely Holding', 78.7),
    ],
    proton: [
      company('1983', ['Proton']),
      owned('2017-06', 'DRB-HICOM', 50.1),
      owned('2017-06', 'geely-holding', 49.9, { role: 'minority' }),
    ],
    'leapmotor-international': [
      company('2024-05', ['Leapmotor International']),
      owned('2024-05', 'Stellantis', 51),
    ],
    horse: [
      horse,
      owned('2024-05-31', 'Renault', 100),
      owned('2024-12-02', 'Renault', 45),
      owned('2024-12-02', 'Geely Holding', 45),
      owned('2024-12-02', 'Aramco', 10, { role: 'minority' }),
    ],
  };
  const directoryOn = (trueOn: string) =>
    new CompanyDirectory(
      Object.entries(streams).map(([id, told]) => {
        const stream = `company-${id}`;
        const events = told.map((each, index) => recordedEvent(index, each, NOW, stream));
        const record = foldEvents(stream, events, { trueOn }).record('company', '');
        if (!record) throw new Error(`${id} is not known on ${trueOn}`);
        return [id, recordOf<'company'>(record)] as const;
      }),
    );

  it.each([
    ['Renault', 'renault-group', 'renault-group'],
    ['Renault Korea', 'renault-group', 'renault-group'],
    ['Horse', 'renault-group', 'horse'],
    ['HORSE', 'renault-group', 'horse'],
    ['Horse Powertrain', 'renault-group', 'horse'],
    ['Volvo', 'geely-holding', 'geely-holding'],
    ['Proton', 'drb-hicom', 'drb-hicom'],
    ['Stellantis', 'stellantis', 'stellantis'],
    ['Leapmotor International', 'stellantis', 'stellantis'],
  ])('%s is of the group %s in the middle of 2024, and of %s in 2026', (name, then, now) => {
    const groupOn = (day: string) => {
      const directory = directoryOn(day);
      const id = directory.resolve(name);
      return id === undefined ? undefined : directory.groupOf(id);
    };
    expect([groupOn('2024-06-30'), groupOn('2026-06-30')]).toEqual([then, now]);
  });
});
