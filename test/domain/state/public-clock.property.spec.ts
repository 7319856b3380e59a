import fc from 'fast-check';
import { dayAsked, type Clocks } from '../../../src/domain/ledger/clocks.js';
import type { StreamEvent } from '../../../src/domain/ledger/event.js';
import { daysOf } from '../../../src/domain/ledger/edtf.js';
import type { Evidence } from '../../../src/domain/ledger/evidence.js';
import { automakerOf } from '../../../src/domain/state/automaker.js';
import { foldEvents } from '../../../src/domain/state/evolve.js';
import { isUndated } from '../../../src/domain/state/public-events.js';
import { stateAsOf } from '../../../src/domain/state/state-as-of.js';
import { StreamState } from '../../../src/domain/state/stream-state.js';
import { shownNumbers } from '../../../src/domain/audit/shown-numbers.js';
import { given, proposal, registered } from '../given-when-then.js';
import { randomStream } from '../random-history.js';
import { instantOf, record, recordsOf, snapshot } from '../recording.js';
import { referenceFold } from '../reference-fold.js';

const TRIPLES = 300;
const day = fc
  .record({
    year: fc.integer({ min: 2021, max: 2026 }),
    month: fc.integer({ min: 1, max: 12 }),
    date: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, date }) =>
    [String(year), ...[month, date].map((part) => String(part).padStart(2, '0'))].join('-'),
  );
const publishedOn = fc.option(
  fc.oneof(
    { weight: 4, arbitrary: day },
    { weight: 1, arbitrary: day.map((text) => text.slice(0, 7)) },
    { weight: 1, arbitrary: day.map((text) => text.slice(0, 4)) },
  ),
  { nil: undefined, freq: 4 },
);
const published = (on: string | undefined): Evidence => ({
  url: `https://example.com/told/${on ?? 'undated'}`,
  publisher: 'Example',
  grade: 'reported',
  ...(on !== undefined && { publishedOn: on }),
});

/** A history whose sources have random dates: some have two, some none. */
const history = fc
  .tuple(randomStream, fc.array(publishedOn, { minLength: 100, maxLength: 100 }))
  .map(([{ stream, proposals }, dates]) => {
    const dated = (index: number): Evidence[] => [
      published(dates[index % 100]),
      ...(index % 3 === 0 ? [published(dates[(index + 50) % 100])] : []),
    ];
    const told = proposals.map((each, index) =>
      each.type === 'EvidenceAdded'
        ? { ...each, data: { ...each.data, evidence: dated(index) } }
        : each.type === 'EvidenceCorrected'
          ? {
              ...each,
              data: {
                ...each.data,
                url: published(dates[(index * 7) % 100]).url,
                replacement: dated(index + 20)[0],
              },
            }
          : each.type === 'EventRetracted' ||
              each.type === 'EventReinstated' ||
              each.type === 'EventCorrected'
            ? each
            : { ...each, evidence: dated(index) },
    );
    return { stream, events: record(stream, told, { evenContradictions: true }).events };
  });
const clocks = fc
  .record({
    trueOn: fc.option(day, { nil: undefined }),
    knownOn: fc.option(fc.nat(45).map(instantOf), { nil: undefined }),
    publicOn: day,
  })
  .map(({ trueOn, knownOn, publicOn }): Clocks & { readonly publicOn: string } => ({
    ...(trueOn !== undefined && { trueOn }),
    ...(knownOn !== undefined && { knownOn }),
    publicOn,
  }));
const check = <T>(property: fc.IProperty<T>): void => {
  fc.assert(property, { numRuns: TRIPLES });
};
const toldIn = (state: StreamState): string[] =>
  [...state.contradictions()].map(({ event, rule }) => `${event} ${rule}`).sort();

describe('what the public could know, for any history', () => {
  it('is what filtering by hand, sorting and folding gives, with any two other clocks', () => {
    check(
      fc.property(history, clocks, ({ stream, events }, at) => {
        const { records, contradictions } = referenceFold(stream, events, at);
        const afresh = foldEvents(stream, events, at);
        const asOf = stateAsOf(foldEvents(stream, events), at);
        for (const state of [afresh, asOf]) {
          expect(recordsOf(state)).toEqual(records);
          expect(toldIn(state)).toEqual(contradictions);
        }
        // The numbers on the pages derive from the records, so they must be equal too.
        const on = dayAsked(at, '2026-11-29');
        expect([...shownNumbers(automakerOf('xpeng', asOf), on)]).toEqual([
          ...shownNumbers(automakerOf('xpeng', afresh), on),
        ]);
      }),
    );
  });

  it('does not change with an event, or evidence, that was published later', () => {
    check(
      fc.property(history, clocks, ({ stream, events }, at) => {
        const without = withoutLater(events, at.publicOn);
        const [all, some] = [events, without].map((each) => foldEvents(stream, each, at));
        expect(all && recordsOf(all)).toEqual(some && recordsOf(some));
      }),
    );
  });

  it('is, in a far future, all but what nobody dated', () => {
    check(
      fc.property(history, ({ stream, events }) => {
        const all = foldEvents(stream, events);
        const undated = new Set([...all.loggedEvents()].filter(isUndated).map(({ recorded }) => recorded.id));
        const about = (event: StreamEvent): string =>
          'event' in event.data ? (all.amendment(event.data.event)?.about ?? event.data.event) : event.id;
        const dated = events.filter((event) => !undated.has(about(event)));
        const far = foldEvents(stream, events, { publicOn: '9999-12-31' });
        const without = withoutEvidence(recordsOf(foldEvents(stream, dated)));
        expect(withoutEvidence(recordsOf(far))).toEqual(without);
      }),
    );
  });

  it('combines with the other clocks in any order', () => {
    check(
      fc.property(history, clocks, ({ stream, events }, { publicOn, ...others }) => {
        const all = foldEvents(stream, events);
        const { trueOn, knownOn } = others;
        const known = stateAsOf(all, { ...(knownOn !== undefined && { knownOn }) });
        const oneByOne = stateAsOf(stateAsOf(known, { publicOn }), {
          ...(trueOn !== undefined && { trueOn }),
        });
        const atOnce = stateAsOf(all, { ...others, publicOn });
        expect(snapshot(atOnce, events)).toBe(snapshot(oneByOne, events));
      }),
    );
  });
});

describe('given a goal that was told twice', () => {
  const target = {
    target: 'half',
    measure: 'overseas-sales-share',
    threshold: 50,
    unit: 'percent',
  };
  const { state } = given(
    registered,
    proposal(
      'TargetSet',
      '2022-09-02',
      { ...target, wording: 'first' },
      { evidence: [published('2022-09-02')] },
    ),
    proposal(
      'TargetRevised',
      '2022-09',
      { ...target, wording: 'second' },
      { evidence: [published('2022-09')] },
    ),
    proposal('MarketEntered', '2022-01-01', { market: 'NO' }, { evidence: [published(undefined)] }),
    proposal('EvidenceAdded', undefined, {
      event: '00000000-0000-4000-8000-000000000003',
      evidence: [published('2023-05-01')],
    }),
  );
  const wordings = (publicOn: string): string[] =>
    [...stateAsOf(state, { publicOn }).entries('target')].flatMap(([, { versions }]) =>
      versions.map(({ terms }) => terms.wording),
    );

  it.each([
    ['2022-09-01', []],
    ['2022-09-02', ['first']],
    ['2022-09-29', ['first']],
    ['2022-09-30', ['first', 'second']],
  ])('when asked what was public on %s, then %j: a month is over on its last day', (on, told) => {
    expect(wordings(on)).toEqual(told);
  });

  it('when evidence with a date is added to an event without, then it is public from that day on', () => {
    const isThere = (publicOn: string): boolean =>
      stateAsOf(state, { publicOn }).record('market', 'NO')?.present === true;
    expect([isThere('2023-04-30'), isThere('2023-05-01')]).toEqual([false, true]);
  });
});

/**
 * The history as if nothing had been published after a day: less evidence, and no events that would have none
 * left.
 */
function withoutLater(events: readonly StreamEvent[], until: string): StreamEvent[] {
  // Corrected evidence may have been published on a different day than it states.
  const corrected = new Set(
    events.flatMap(({ type, data }) => (type === 'EvidenceCorrected' ? [`${data.event} ${data.url}`] : [])),
  );
  const keep = (of: string, evidence: readonly Evidence[]): Evidence[] =>
    evidence.filter(
      ({ url, publishedOn: on }) =>
        corrected.has(`${of} ${url}`) || (on !== undefined && daysOf(on).last <= until),
    );
  return events.map((event) =>
    event.type === 'EvidenceAdded'
      ? { ...event, data: { ...event.data, evidence: keep(event.data.event, event.data.evidence) } }
      : { ...event, evidence: keep(event.id, event.evidence) },
  );
}

/** Removes the fields that depend only on evidence, because not all evidence is dated. */
function withoutEvidence(records: readonly [string, unknown][]): unknown {
  return JSON.parse(
    JSON.stringify(records, (name, value: unknown) =>
      ['publishers', 'publishedOn', 'grade'].includes(name) ? undefined : value,
    ),
  );
}
