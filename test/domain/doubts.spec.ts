import { problemsOfProposal, type Proposal } from '../../src/domain/ledger/proposal.js';
import { decide } from '../../src/domain/ledger/decide.js';
import { foldEvents } from '../../src/domain/state/evolve.js';
import { given, idOf, NOW, proposal, recordedEvent, registered } from './given-when-then.js';

const figure = (period: string, over: Partial<Proposal> = {}) =>
  proposal('FigureReported', '2026-01-01', { measure: 'overseas-units', value: 10, period }, over);
const goal = (deadline: string, over: Partial<Proposal> = {}) =>
  proposal(
    'TargetSet',
    '2026-01-01',
    { target: 't', measure: 'overseas-units', threshold: 20, unit: 'units', deadline, wording: 'w' },
    over,
  );
const entry = (occurredOn: string, over: Partial<Proposal> = {}) =>
  proposal('MarketEntered', occurredOn, { market: 'NO' }, over);
const confirm: Partial<Proposal> = { confirm: ['unlikely-year'] };

const fieldsOfDoubts = (decision: { kind: string; doubts?: readonly { field: string; code: string }[] }) => [
  decision.kind,
  ...(decision.doubts ?? []).map(({ field, code }) => `${field}: ${code}`),
];

describe('a year that nothing logged here happens in', () => {
  it.each([
    ['the date of an event', entry('0205-03'), 'occurredOn'],
    ['an interval that begins with it', entry('0205/2025'), 'occurredOn'],
    ['a decade', entry('020X'), 'occurredOn'],
    ['the last year before those that are likely', entry('1799-12-31'), 'occurredOn'],
    ['a period', figure('0205'), 'data.period'],
    ['a deadline', goal('9999'), 'data.deadline'],
    ['the first year after those that are likely', goal('2201'), 'data.deadline'],
    [
      'a day of publication',
      entry('2025', {
        evidence: [
          { url: 'https://a.example/b', publisher: 'B', grade: 'reported', publishedOn: '0202-02-02' },
        ],
      }),
      'evidence[0].publishedOn',
    ],
  ])('is asked about in %s, and recorded with a warning once its author confirms it', (_, event, field) => {
    const { decision } = given(registered).when(event);
    expect(fieldsOfDoubts(decision)).toEqual(['unconfirmed', `${field}: unlikely-year`]);
    const confirmed = given(registered).when({ ...event, ...confirm }).decision;
    if (confirmed.kind !== 'accepted') throw new Error(confirmed.kind);
    expect(confirmed.events[0]?.warnings?.map(({ code }) => code)).toContain('unlikely-year');
    expect(confirmed.events[0]).not.toHaveProperty('confirm');
  });

  it.each(['2200-12-31', '1800/2200', '203X'])('is not %s', (deadline) => {
    given(registered).when(goal(deadline)).accepted();
  });

  it('is not 1800, which is asked about as a deadline that was over before', () => {
    const { decision } = given(registered).when(goal('1800'));
    expect(fieldsOfDoubts(decision)).toEqual(['unconfirmed', 'data.deadline: deadline-passed']);
  });

  it('is asked about in what a correction says, by the fields of the event that it corrects', () => {
    const correction = (occurredOn: string, period: string, over: Partial<Proposal> = {}) =>
      proposal(
        'EventCorrected',
        undefined,
        {
          event: idOf(1),
          data: { measure: 'overseas-units', value: 10, period },
          occurredOn,
          reason: 'r',
        },
        over,
      );
    const corrected = (...args: Parameters<typeof correction>) =>
      given(registered, figure('2025')).when(correction(...args));
    expect(fieldsOfDoubts(corrected('0205', '0205').decision)).toEqual([
      'unconfirmed',
      'data.occurredOn: unlikely-year',
      'data.data.period: unlikely-year',
    ]);
    corrected('0205', '0205', confirm).accepted();
    corrected('2026', '0000', confirm).invalid('data.data.period');
  });
});

describe('what a correction says of an event', () => {
  const sold = (period: string, value: number, over: Partial<Proposal> = {}) =>
    proposal('FigureReported', '2026-01-01', { measure: 'overseas-units', value, period }, over);
  const corrected = (index: number, data: object, over: Partial<Proposal> = {}) =>
    proposal(
      'EventCorrected',
      undefined,
      { event: idOf(index), data, occurredOn: '2026-01-01', reason: 'r' },
      over,
    );
  const units = (period: string, value: number) => ({ measure: 'overseas-units', value, period });
  const years = given(registered, sold('2022', 90_000), sold('2023', 100_000), sold('2024', 110_000));

  it.each([
    ['a nought too many', units('2024', 1_200_000), 'data.data.value: far-off'],
    ['thousands after a point', units('2024', 110.5), 'data.data.value: decimals-in-count'],
    ['a time to come', units('2027', 120_000), 'data.data.period: not-over-yet'],
  ])('is asked about as if it were said now: %s', (_, data, doubt) => {
    expect(fieldsOfDoubts(years.when(corrected(3, data)).decision)).toEqual(['unconfirmed', doubt]);
  });

  it('is recorded with a warning once its author confirms it', () => {
    const confirmed = years.when(corrected(3, units('2024', 1_200_000), { confirm: ['far-off'] })).decision;
    if (confirmed.kind !== 'accepted') throw new Error(confirmed.kind);
    expect(confirmed.events[0]?.warnings?.map(({ code }) => code)).toContain('far-off');
  });

  it('is not held against what it replaces', () => {
    const slip = sold('2024', 11_000_000, { confirm: ['far-off'] });
    const wrong = given(registered, sold('2022', 90_000), sold('2023', 100_000), slip);
    wrong.when(corrected(3, units('2024', 110_000))).accepted();
  });

  it('is not asked about again where the data so far was confirmed to say so', () => {
    const meant = proposal(
      'PartnerSigned',
      '2025-01-01',
      { partnership: 'p', partner: 'Uzavtosanoot', roles: ['importer'], markets: ['NO'] },
      { confirm: ['partner-resembles'] },
    );
    const other = proposal('PartnerSigned', '2024-01-01', {
      partnership: 'o',
      partner: 'Uzavtosanoat',
      roles: ['importer'],
      markets: ['NO'],
    });
    given(registered, other, meant)
      .when(
        corrected(2, { partnership: 'p', partner: 'Uzavtosanoot', roles: ['distributor'], markets: ['NO'] }),
      )
      .accepted();
  });
});

describe('the year 0, which there is not', () => {
  it.each([
    ['0000', figure('0000', confirm)],
    ['000X', figure('000X', confirm)],
    ['0000/2025', figure('0000/2025', confirm)],
    ['0000-12-31', figure('0000-12-31', confirm)],
  ])('is refused in a period of %s, whatever is confirmed', (_, event) => {
    expect(problemsOfProposal(event).map(({ field }) => field)).toEqual(['data.period']);
  });
  it('is refused in the date of an event and of a publication', () => {
    const evidence = [
      { url: 'https://a.example/b', publisher: 'B', grade: 'reported' as const, publishedOn: '0000' },
    ];
    expect(problemsOfProposal(entry('0000', { evidence })).map(({ field }) => field)).toEqual([
      'occurredOn',
      'evidence[0].publishedOn',
    ]);
  });
});

describe('names, however they are typed', () => {
  const opened = (city: string) => proposal('ServiceCenterOpened', '2025-01-01', { market: 'CH', city });
  it.each([
    'Zu\u0308rich',
    ' Zürich',
    'Zürich\u00a0',
    'Zürich\u200b',
    'ZÜRICH',
    'Zü\u00adrich',
    '\u200eZürich\u200f',
    'Zürich\n',
  ])('of one town are one town: %j', (city) => {
    given(registered, opened('Zürich')).when(opened(city)).duplicateOf(1);
  });
  it('are recorded in one form', () => {
    const { decision } = given(registered).when(opened(' Zu\u0308rich\u00a0\u200b'));
    expect(decision).toMatchObject({ events: [{ data: { city: 'Zürich' } }] });
  });
  it('of one partner are one partner', () => {
    const signed = (partnership: string, partner: string) =>
      proposal('PartnerSigned', '2025', { partnership, partner, roles: ['importer'], markets: ['NO'] });
    const { decision } = given(registered, signed('one', 'Škoda')).when(
      { ...signed('two', 'SKoDA'), confirm: ['partner-resembles'] },
      signed('three', 'S\u030ckoda\u00a0'),
    );
    expect(decision).toMatchObject({
      kind: 'accepted',
      events: [
        { warnings: [{ code: 'partner-resembles' }] },
        { warnings: [{ code: 'partner-signed-twice' }] },
      ],
    });
  });
  it('of which nothing is left are refused as empty', () => {
    expect(problemsOfProposal(opened('\u200b\u00a0')).map(({ field }) => field)).toEqual(['data.city']);
  });
});

describe('a stream whose newest event a wrong clock dated in the future', () => {
  const ahead = () => {
    return foldEvents('automaker-xpeng', [recordedEvent(0, registered, '2099-01-01T00:00:00.000Z')]);
  };
  const decideOn = (event: Proposal) => decide(ahead(), [event], { now: NOW, author: 'a' }, () => idOf(1));
  it('takes nothing that lies in the future of the clock', () => {
    expect(decideOn(entry('2090-01-01'))).toMatchObject({
      kind: 'invalid',
      problems: [{ field: 'occurredOn' }],
    });
  });
  it('takes what has happened, and what is said of its events', () => {
    expect(decideOn(entry('2025')).kind).toBe('accepted');
    expect(decideOn(proposal('EventRetracted', undefined, { event: idOf(0), reason: 'r' })).kind).toBe(
      'accepted',
    );
  });
});
