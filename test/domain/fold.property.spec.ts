import fc from 'fast-check';
import { decideNext } from '../../src/domain/decide.js';
import { definitionOf, EVENT_TYPES, isLedgerAct } from '../../src/domain/events/catalogue.js';
import { FoldAsOf } from '../../src/domain/fold-as-of.js';
import { Fold, foldEvents } from '../../src/domain/fold.js';
import { occurredBy } from '../../src/domain/logged-event.js';
import { daysOf } from '../../src/domain/occurred-on.js';
import { problemsOfProposal, type Proposal } from '../../src/domain/proposal.js';
import { idOf, NOW } from './given-when-then.js';
import { randomStream, randomWorld, RUNS } from './random-history.js';
import { instantOf, record, recordsOf, snapshot } from './recording.js';
import { referenceFold } from './reference-fold.js';

const STREAM = 'automaker-xpeng';
const check = <T>(property: fc.IProperty<T>) => {
  fc.assert(property, { numRuns: RUNS });
};

describe('random histories', () => {
  const sample = fc.sample(randomStream, { numRuns: 600, seed: 7 });
  const decisions = sample.flatMap(({ stream, proposals }) => record(stream, proposals).decisions);

  it('hold valid proposals of every type, which are accepted and refused', () => {
    for (const { proposals } of sample.slice(0, 50))
      for (const each of proposals) expect(problemsOfProposal(each)).toEqual([]);
    const of = (accepted: boolean) =>
      new Set(
        decisions
          .filter(({ decision }) => (decision.kind === 'accepted') === accepted)
          .map(({ type }) => type),
      );
    expect([...of(true)].sort()).toEqual([...EVENT_TYPES].sort());
    expect([...of(false)].sort()).toEqual([...EVENT_TYPES].sort());
    const accepted = decisions.filter(({ decision }) => decision.kind === 'accepted').length;
    expect(accepted / decisions.length).toBeGreaterThan(0.3);
    expect(accepted / decisions.length).toBeLessThan(0.8);
  });

  it('meet every rule', () => {
    const rules = decisions.flatMap(({ decision }) =>
      decision.kind === 'contradiction' ? decision.refusals.map(({ rule }) => rule) : [],
    );
    expect([...new Set(rules)].sort()).toEqual([
      'already-present',
      'already-registered',
      'already-running',
      'event-retracted',
      'home-market',
      'more-closed-than-opened',
      'no-strategy',
      'no-such-event',
      'not-about-acts',
      'not-about-retractions',
      'not-present',
      'not-registered',
      'partnership-ended',
      'partnership-exists',
      'partnership-not-signed',
      'site-announced',
      'site-not-active',
      'target-exists',
      'target-not-set',
      'target-withdrawn',
    ]);
  });
});

describe('for any history', () => {
  it('accepted events never contradict each other', () => {
    check(
      fc.property(randomStream, ({ stream, proposals }) => {
        const { fold, events } = record(stream, proposals);
        expect([...fold.contradictions()]).toEqual([]);
        expect([...foldEvents(stream, events).contradictions()]).toEqual([]);
      }),
    );
  });

  it('a decision leaves the fold untouched, whether it accepts or refuses', () => {
    check(
      fc.property(randomStream, ({ stream, proposals }) => {
        const half = Math.floor(proposals.length / 2);
        const { fold, events } = record(stream, proposals.slice(0, half));
        const before = snapshot(fold, events);
        for (const [index, proposal] of proposals.slice(half).entries()) {
          const [id, now] = [idOf(half + index), instantOf(half + index)];
          const draft = fold.draft();
          const inDraft = snapshot(draft, events);
          const { kind } = decideNext(draft, proposal, { id, now, author: 'tester' });
          expect(snapshot(fold, events)).toBe(before);
          if (kind !== 'accepted') expect(snapshot(draft, events)).toBe(inDraft);
        }
      }),
    );
  });

  it.each([false, true])(
    'the fold kept event by event is the fold made afresh, at every step (contradictions recorded: %s)',
    (evenContradictions) => {
      check(
        fc.property(randomStream, ({ stream, proposals }) => {
          const { fold, events } = record(stream, proposals, { evenContradictions });
          expect(snapshot(fold, events)).toBe(snapshot(foldEvents(stream, events), events));
          const kept = Fold.of(stream);
          for (const [index, event] of events.entries()) {
            const draft = kept.draft();
            draft.apply(event);
            const soFar = events.slice(0, index + 1);
            const afresh = snapshot(foldEvents(stream, soFar), soFar);
            expect(snapshot(draft, soFar)).toBe(afresh);
            draft.keep();
            expect(snapshot(kept, soFar)).toBe(afresh);
          }
        }),
      );
    },
  );

  it.each([false, true])(
    'the fold as of two clocks is what filtering, sorting and folding gives (contradictions recorded: %s)',
    (evenContradictions) => {
      const trueOn = fc.option(fc.constantFrom('2020-12-31', '2023-06-14', '2023-06-15', '2024-12-31'), {
        nil: undefined,
      });
      const knownOn = fc.option(
        fc.oneof(
          fc.nat(45).map((index) => instantOf(index).slice(0, 10)),
          fc.nat(45).map(instantOf),
        ),
        { nil: undefined },
      );
      check(
        fc.property(randomStream, trueOn, knownOn, ({ stream, proposals }, world, ledger) => {
          const { events } = record(stream, proposals, { evenContradictions });
          const clocks = {
            ...(world !== undefined && { trueOn: world }),
            ...(ledger !== undefined && { knownOn: ledger }),
          };
          const fold = foldEvents(stream, events, clocks);
          const { records, contradictions } = referenceFold(stream, events, clocks);
          expect(recordsOf(fold)).toEqual(records);
          expect(recordsOf(new FoldAsOf(foldEvents(stream, events), clocks))).toEqual(records);
          const told = [...fold.contradictions()].map(({ event, rule }) => `${event} ${rule}`).sort();
          expect(told).toEqual(contradictions);
          if (!evenContradictions) expect(told).toEqual([]);
        }),
      );
    },
  );

  it('what is recorded later changes no past answer', () => {
    check(
      fc.property(randomStream, fc.nat(45), ({ stream, proposals }, count) => {
        const { events } = record(stream, proposals);
        const knownOn = instantOf(count).slice(0, 10);
        const known = events.filter(({ recordedAt }) => recordedAt.slice(0, 10) <= knownOn);
        expect(snapshot(foldEvents(stream, events, { knownOn }), known)).toBe(
          snapshot(foldEvents(stream, known), known),
        );
      }),
    );
  });

  it('world events recorded in any other order that the rules accept give the same records', () => {
    let reordered = 0;
    check(
      fc.property(randomWorld, fc.array(fc.nat(), { minLength: 46, maxLength: 46 }), (proposals, keys) => {
        const asDrawn = inOrderOf(distinct(proposals), (place) => place);
        const shuffled = inOrderOf(asDrawn.accepted, (place) => (place === 0 ? -1 : (keys[place] ?? 0)));
        // Not every order is accepted: of two stays in one market, neither can be recorded inside the other.
        if (shuffled.accepted.length < asDrawn.accepted.length) return;
        reordered += 1;
        expect(withoutRevisions(recordsOf(shuffled.fold))).toEqual(withoutRevisions(recordsOf(asDrawn.fold)));
      }),
    );
    expect(reordered).toBeGreaterThan(RUNS / 4);
  });
});

interface Named {
  readonly id: string;
  readonly proposal: Proposal;
}

/** Of the events of a subject with one day and first day, which the order of recording alone tells apart, the first. */
function distinct(proposals: readonly Proposal[]): Named[] {
  const seen = new Set<string>();
  return proposals.flatMap((proposal, index) => {
    const { type, occurredOn = '', data } = proposal;
    const definition = definitionOf(type);
    if (isLedgerAct(definition)) return [];
    const { first } = daysOf(occurredOn);
    const place = `${definition.kind}/${definition.subject(data)} ${occurredBy(occurredOn, NOW)} ${first}`;
    if (seen.has(place)) return [];
    seen.add(place);
    return [{ id: idOf(index), proposal }];
  });
}

/** Records events at one instant in an order, and those that are refused again after the others, as long as that helps. */
function inOrderOf(events: readonly Named[], keyOf: (place: number) => number) {
  const fold = Fold.of(STREAM);
  const accepted: Named[] = [];
  let waiting = events
    .map((event, place) => ({ event, key: keyOf(place) }))
    .sort((a, b) => a.key - b.key)
    .map(({ event }) => event);
  for (let before = -1; before !== accepted.length;) {
    before = accepted.length;
    waiting = waiting.filter((event) => {
      const draft = fold.draft();
      const decision = decideNext(draft, event.proposal, { id: event.id, now: NOW, author: 'tester' });
      if (decision.kind !== 'accepted') return true;
      draft.keep();
      accepted.push(event);
      return false;
    });
  }
  return { fold, accepted };
}

const withoutRevisions = (records: unknown): unknown =>
  JSON.parse(JSON.stringify(records, (key, value: unknown) => (key === 'revision' ? undefined : value)));
