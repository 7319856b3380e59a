import fc from 'fast-check';
import { knownBy } from '../../../src/domain/ledger/clocks.js';
import { decideNext } from '../../../src/domain/ledger/decide.js';
import { definitionOf, EVENT_TYPES, isAmendment } from '../../../src/domain/events/catalogue.js';
import { daysOf, overlap } from '../../../src/domain/ledger/edtf.js';
import { readProposal, type Proposal } from '../../../src/domain/ledger/proposal.js';
import { evolve, foldEvents } from '../../../src/domain/state/evolve.js';
import { occurredBy } from '../../../src/domain/state/logged-event.js';
import type { RecordKind } from '../../../src/domain/state/records.js';
import { recordsAsOf } from '../../../src/domain/state/records-as-of.js';
import { worldEvent } from '../../../src/domain/state/subject.js';
import { stateAsOf, stateAtInSteps } from '../../../src/domain/state/state-as-of.js';
import { finish } from '../../../src/domain/state/steps.js';
import { StreamState } from '../../../src/domain/state/stream-state.js';
import { idOf, NOW } from '../given-when-then.js';
import { busyHistory, randomStream, randomWorld, RUNS } from '../random-history.js';
import { instantOf, record, recordsOf, snapshot } from '../recording.js';
import { referenceFold } from '../reference-fold.js';

const STREAM = 'automaker-xpeng';
const OF_LISTS: readonly RecordKind[] = ['automaker', 'target', 'market', 'site'];
const check = <T>(property: fc.IProperty<T>) => {
  fc.assert(property, { numRuns: RUNS });
};

describe('random histories', () => {
  const sample = fc.sample(randomStream, { numRuns: 600, seed: 7 });
  const decisions = sample.flatMap(({ stream, proposals }) => record(stream, proposals).decisions);

  it('hold valid proposals of every type, which are accepted and refused', () => {
    for (const { proposals } of sample.slice(0, 50))
      for (const each of proposals) expect(readProposal(each)).not.toHaveProperty('problems');
    const of = (accepted: boolean) =>
      new Set(
        decisions
          .filter(({ decision }) => (decision.kind === 'accepted') === accepted)
          .map(({ type }) => type),
      );
    // These are streams of automakers and markets; company streams have their own rules.
    const types = EVENT_TYPES.filter((type) => {
      const definition = definitionOf(type);
      return isAmendment(definition) || definition.stream !== 'company';
    });
    expect([...of(true)].sort()).toEqual([...types].sort());
    expect([...of(false)].sort()).toEqual([...types].sort());
    const accepted = decisions.filter(({ decision }) => decision.kind === 'accepted').length;
    expect(accepted / decisions.length).toBeGreaterThan(0.3);
    expect(accepted / decisions.length).toBeLessThan(0.8);
  });

  it('meet every rule', () => {
    const rules = decisions.flatMap(({ decision }) =>
      decision.kind === 'contradiction' ? decision.violations.map(({ rule }) => rule) : [],
    );
    expect([...new Set(rules)].sort()).toEqual([
      'already-present',
      'already-registered',
      'already-running',
      'event-moved',
      'event-retracted',
      'home-market',
      'more-closed-than-opened',
      'no-strategy',
      'no-such-event',
      'no-such-evidence',
      'not-about-acts',
      'not-about-moves',
      'not-about-retractions',
      'not-present',
      'not-registered',
      'not-retracted',
      'partnership-ended',
      'partnership-exists',
      'site-announced',
      'site-not-active',
      'site-not-announced',
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
        const { state, events } = record(stream, proposals);
        expect([...state.contradictions()]).toEqual([]);
        expect([...foldEvents(stream, events).contradictions()]).toEqual([]);
      }),
    );
  });

  it('a decision leaves the state untouched, whether it accepts or rejects', () => {
    check(
      fc.property(randomStream, ({ stream, proposals }) => {
        const half = Math.floor(proposals.length / 2);
        const { state, events } = record(stream, proposals.slice(0, half));
        const before = snapshot(state, events);
        for (const [index, proposal] of proposals.slice(half).entries()) {
          const [id, now] = [idOf(half + index), instantOf(half + index)];
          decideNext(state, proposal, { id, now, author: 'tester' });
          expect(snapshot(state, events)).toBe(before);
        }
      }),
    );
  });

  it.each([false, true])(
    'the state kept event by event is the one made afresh, and those before it stay (contradictions recorded: %s)',
    (evenContradictions) => {
      check(
        fc.property(randomStream, ({ stream, proposals }) => {
          const { state, events } = record(stream, proposals, { evenContradictions });
          expect(snapshot(state, events)).toBe(snapshot(foldEvents(stream, events), events));
          let kept = StreamState.of(stream);
          const passed = events.map((event, index) => {
            ({ state: kept } = evolve(kept, event));
            return { kept, soFar: events.slice(0, index + 1) };
          });
          for (const { kept: earlier, soFar } of passed) {
            const afresh = snapshot(foldEvents(stream, soFar), soFar);
            expect(snapshot(earlier, soFar)).toBe(afresh);
            expect(snapshot(finish(stateAtInSteps(kept, earlier.revision)), soFar)).toBe(afresh);
          }
        }),
      );
    },
  );

  it.each([false, true])(
    'the state as of two clocks is what filtering, sorting and folding gives (contradictions recorded: %s)',
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
          const { records, contradictions } = referenceFold(stream, events, clocks);
          const known = events.filter(({ recordedAt }) => knownBy(recordedAt, clocks.knownOn));
          const states = [foldEvents(stream, events, clocks), stateAsOf(foldEvents(stream, events), clocks)];
          for (const state of states) {
            expect(recordsOf(state)).toEqual(records);
            const told = [...state.contradictions()].map(({ event, rule }) => `${event} ${rule}`).sort();
            expect(told).toEqual(contradictions);
            if (!evenContradictions) expect(told).toEqual([]);
          }
          const [first, second] = states.map((state) => snapshot(state, events));
          expect(second).toBe(first);
          expect(recordsOf(recordsAsOf(stream, events, clocks))).toEqual(records);
          // Records of some kinds are the same without the events of other kinds.
          const some = events.filter(
            ({ type }) => isAmendment(definitionOf(type)) || OF_LISTS.includes(worldEvent(type).kind),
          );
          expect(recordsOf(recordsAsOf(stream, some, clocks))).toEqual(
            records.filter(([name]) => OF_LISTS.some((kind) => name.startsWith(`${kind}/`))),
          );
          expect([...(states[1]?.loggedEvents() ?? [])].length).toBeLessThanOrEqual(known.length);
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
        // Not every order is accepted: if a market has two stays, neither can be recorded inside the other.
        if (shuffled.accepted.length < asDrawn.accepted.length) return;
        reordered += 1;
        expect(withoutRevisions(recordsOf(shuffled.state))).toEqual(
          withoutRevisions(recordsOf(asDrawn.state)),
        );
      }),
    );
    expect(reordered).toBeGreaterThan(RUNS / 4);
  });
});

describe('for any history of busy subjects', () => {
  // Shrinking a history of two hundred events takes longer than reading it.
  const runs = { numRuns: Math.ceil(RUNS / 15), endOnFailure: true };
  const moment = fc.option(fc.nat(200).map(instantOf), { nil: undefined });
  const day = fc.option(fc.constantFrom('2021-12-31', '2023-06-14', '2024-12-31'), { nil: undefined });

  it('the state and the states as of two clocks are what filtering, sorting and folding gives', () => {
    fc.assert(
      fc.property(busyHistory, day, moment, (proposals, trueOn, knownOn) => {
        const { state, events } = record(STREAM, proposals, { evenContradictions: true });
        const clocks = {
          ...(trueOn !== undefined && { trueOn }),
          ...(knownOn !== undefined && { knownOn }),
        };
        for (const [as, at] of [[state, {}] as const, [stateAsOf(state, clocks), clocks] as const]) {
          const { records, contradictions } = referenceFold(STREAM, events, at);
          expect(recordsOf(as)).toEqual(records);
          expect([...as.contradictions()].map(({ event, rule }) => `${event} ${rule}`).sort()).toEqual(
            contradictions,
          );
        }
      }),
      runs,
    );
  });

  it('a duplicate is found exactly where an event says the same on an overlapping date', () => {
    let found = 0;
    fc.assert(
      fc.property(busyHistory, (proposals) => {
        const { state } = record(STREAM, proposals);
        for (const asked of proposals.filter(({ type }) => type === 'FigureReported').slice(0, 40)) {
          const { occurredOn = '', data } = asked;
          const { duplicateOf: _, ...again } = asked;
          const alike = [...state.effectiveEvents()].filter(
            (event) =>
              event.type === asked.type &&
              JSON.stringify(event.data) === JSON.stringify(data) &&
              overlap(event.occurredOn, occurredOn),
          );
          const decision = decideNext(state, again, { id: idOf(9999), now: NOW, author: 'tester' });
          expect(decision.kind === 'duplicate').toBe(alike.length > 0);
          if (decision.kind !== 'duplicate') continue;
          found++;
          expect(alike.map(({ id }) => id)).toContain(decision.duplicateOf);
        }
      }),
      runs,
    );
    expect(found).toBeGreaterThan(50);
  });
});

interface Named {
  readonly id: string;
  readonly proposal: Proposal;
}

/**
 * Keeps the first of a subject's events with the same day and first day, because only the order of recording
 * distinguishes them.
 */
function distinct(proposals: readonly Proposal[]): Named[] {
  const seen = new Set<string>();
  return proposals.flatMap((proposal, index) => {
    const { type, occurredOn = '', data } = proposal;
    const definition = definitionOf(type);
    if (isAmendment(definition)) return [];
    const { first } = daysOf(occurredOn);
    const place = `${definition.kind}/${definition.subject(data)} ${occurredBy(occurredOn, NOW)} ${first}`;
    if (seen.has(place)) return [];
    seen.add(place);
    return [{ id: idOf(index), proposal }];
  });
}

/**
 * Records events at one instant in a given order. Retries refused events after the others until no more
 * succeed.
 */
function inOrderOf(events: readonly Named[], keyOf: (place: number) => number) {
  let state = StreamState.of(STREAM);
  const accepted: Named[] = [];
  let waiting = events
    .map((event, place) => ({ event, key: keyOf(place) }))
    .sort((a, b) => a.key - b.key)
    .map(({ event }) => event);
  for (let before = -1; before !== accepted.length;) {
    before = accepted.length;
    waiting = waiting.filter((event) => {
      const decision = decideNext(state, event.proposal, { id: event.id, now: NOW, author: 'tester' });
      if (decision.kind !== 'accepted') return true;
      ({ state } = decision);
      accepted.push(event);
      return false;
    });
  }
  return { state, accepted };
}

const withoutRevisions = (records: unknown): unknown =>
  JSON.parse(JSON.stringify(records, (key, value: unknown) => (key === 'revision' ? undefined : value)));
