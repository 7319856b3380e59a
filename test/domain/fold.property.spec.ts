import fc from 'fast-check';
import { decideNext } from '../../src/domain/decide.js';
import type { StreamEvent } from '../../src/domain/event.js';
import { Fold, foldEvents } from '../../src/domain/fold.js';
import { effective } from '../../src/domain/logged-event.js';
import type { Proposal } from '../../src/domain/proposal.js';
import { RECORD_KINDS } from '../../src/domain/records.js';
import { differencesBetween } from '../../src/domain/differences.js';
import { idOf } from './given-when-then.js';
import { randomHistory, RUNS } from './random-history.js';

const STREAM = 'automaker-xpeng';

/** Decides on proposals one by one, one day after the other, and gives the events that were accepted. */
function record(
  proposals: readonly Proposal[],
  fold = Fold.of(STREAM),
): { fold: Fold; events: StreamEvent[] } {
  const events: StreamEvent[] = [];
  for (const [index, proposal] of proposals.entries()) {
    const draft = fold.draft();
    const before = dump(fold);
    const now = new Date(Date.UTC(2026, 10, 23, 0, index)).toISOString();
    const decision = decideNext(
      draft,
      { ...proposal, duplicateOf: 'none' },
      { id: idOf(index), now, author: 'x' },
    );
    if (decision.kind === 'accepted') {
      draft.keep();
      events.push({ ...decision.event, stream: STREAM, revision: events.length });
    } else {
      expect(dump(fold)).toBe(before);
    }
  }
  return { fold, events };
}

/** All records of a fold, as text. */
function dump(fold: Fold): string {
  return JSON.stringify(
    RECORD_KINDS.map((kind) => [...fold.entries(kind)].sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}

const check = <T>(property: fc.IProperty<T>) => {
  fc.assert(property, { numRuns: RUNS });
};

describe('for any history', () => {
  it('accepted events never contradict, and what is refused leaves no trace', () => {
    check(
      fc.property(randomHistory, (proposals) => {
        const { fold, events } = record(proposals);
        expect([...fold.contradictions()]).toEqual([]);
        expect([...foldEvents(STREAM, events).contradictions()]).toEqual([]);
      }),
    );
  });

  it('the fold kept event by event is the fold made afresh, at every step', () => {
    check(
      fc.property(randomHistory, (proposals) => {
        const { events } = record(proposals);
        const kept = Fold.of(STREAM);
        for (const [index, event] of events.entries()) {
          const draft = kept.draft();
          draft.apply(event);
          draft.keep();
          if (index % 7 === 0) expect(dump(kept)).toBe(dump(foldEvents(STREAM, events.slice(0, index + 1))));
        }
        expect(dump(kept)).toBe(dump(foldEvents(STREAM, events)));
      }),
    );
  });

  it('the fold as of two clocks is the fold of what was known, and had happened, by then', () => {
    check(
      fc.property(
        randomHistory,
        fc.integer({ min: 2017, max: 2027 }),
        fc.integer({ min: 0, max: 45 }),
        (proposals, year, minute) => {
          const { events } = record(proposals);
          const trueOn = `${year}-06-30`;
          const knownOn = new Date(Date.UTC(2026, 10, 23, 0, minute)).toISOString();
          const known = foldEvents(
            STREAM,
            events.filter(({ recordedAt }) => recordedAt <= knownOn),
          );
          const happened = [...known.loggedEvents()]
            .flatMap((entry) => effective(entry) ?? [])
            .filter(({ type, day }) => type === 'AutomakerRegistered' || day <= trueOn);
          const asOf = foldEvents(STREAM, events, { trueOn, knownOn });
          expect(dump(asOf)).toBe(dump(Fold.ofEffective(STREAM, happened)));
          expect([...asOf.contradictions()]).toEqual([]);
        },
      ),
    );
  });

  it('what is recorded later changes no past answer', () => {
    check(
      fc.property(randomHistory, randomHistory, (first, later) => {
        const { fold, events } = record(first);
        const knownOn = '2026-11-23T01:00:00.000Z';
        const before = dump(foldEvents(STREAM, events, { knownOn }));
        const more: StreamEvent[] = [];
        for (const [index, proposal] of later.entries()) {
          const draft = fold.draft();
          const now = new Date(Date.UTC(2026, 10, 24, 0, index)).toISOString();
          const decision = decideNext(
            draft,
            { ...proposal, duplicateOf: 'none' },
            { id: idOf(100 + index), now, author: 'x' },
          );
          if (decision.kind !== 'accepted') continue;
          draft.keep();
          more.push({
            ...decision.event,
            stream: STREAM,
            revision: events.length + more.length,
          });
        }
        expect(dump(foldEvents(STREAM, [...events, ...more], { knownOn }))).toBe(before);
      }),
    );
  });

  it('world events recorded in any other order that the rules accept give the same records', () => {
    check(
      fc.property(
        randomHistory.filter((history) => history.length > 2),
        fc.infiniteStream(fc.nat()),
        (proposals, random) => {
          const { fold, events } = record(proposals.filter(({ type }) => !/^Event|^Evidence/.test(type)));
          const byId = new Map(events.map((event) => [event.id, event]));
          // Events of a subject on one day are told apart by the order of recording alone.
          const days = new Set<string>();
          const distinct = [...fold.loggedEvents()]
            .flatMap((entry) => effective(entry) ?? [])
            .filter((event) => {
              const name = event.day;
              return event.type === 'AutomakerRegistered' || (!days.has(name) && days.add(name));
            });
          const [first, ...rest] = distinct
            .map(({ id }) => byId.get(id))
            .filter((event) => event !== undefined);
          const shuffled = rest
            .map((event) => ({ event, key: random.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ event }) => event);
          const folded = (list: readonly StreamEvent[]) =>
            foldEvents(
              STREAM,
              list.map((event, revision) => ({ ...event, revision })),
            );
          if (!first) return;
          const [one, other] = [folded([first, ...rest]), folded([first, ...shuffled])];
          const withoutRevisions = (text: string) => text.replace(/"revision":\d+/g, '');
          expect(withoutRevisions(dump(other))).toBe(withoutRevisions(dump(one)));
        },
      ),
    );
  });

  it('differences between any two points add up to the change, and lead from the one view to the other', () => {
    check(
      fc.property(
        randomHistory,
        fc.tuple(
          fc.integer({ min: 2018, max: 2026 }),
          fc.integer({ min: 2018, max: 2026 }),
          fc.integer({ min: 0, max: 45 }),
          fc.integer({ min: 0, max: 45 }),
        ),
        (proposals, [y1, y2, m1, m2]) => {
          const { events } = record(proposals);
          const point = (year: number, minute: number) => ({
            trueOn: `${year}-09-30`,
            knownOn: new Date(Date.UTC(2026, 10, 23, 0, minute)).toISOString(),
          });
          const [from, to] = [point(y1, m1), point(y2, m2)];
          const { records, numbers } = differencesBetween(STREAM, events, from, to);
          for (const { before, after, parts } of numbers) {
            if (typeof before !== 'number' || typeof after !== 'number') continue;
            expect(parts[0]?.from).toBe(before);
            expect(parts.at(-1)?.to).toBe(after);
            const sum = parts.reduce((total, { change = 0 }) => total + change, 0);
            if (parts.every(({ change }) => change !== undefined)) expect(sum).toBeCloseTo(after - before, 9);
          }
          const view = new Map<string, string>();
          const first = foldEvents(STREAM, events, from);
          const second = foldEvents(STREAM, events, to);
          for (const kind of RECORD_KINDS)
            for (const [key, record] of first.entries(kind))
              view.set(`${kind}/${key}`, JSON.stringify(record));
          for (const { kind, key, after } of records) {
            if (after) view.set(`${kind}/${key}`, JSON.stringify(after));
            else view.delete(`${kind}/${key}`);
          }
          const expected = RECORD_KINDS.flatMap((kind) =>
            [...second.entries(kind)].map(
              ([key, record]) => [`${kind}/${key}`, JSON.stringify(record)] as const,
            ),
          );
          expect(new Map([...view].sort())).toEqual(new Map([...expected].sort()));
        },
      ),
    );
  });
});
