import fc from 'fast-check';
import type { StreamEvent } from '../../src/domain/ledger/event.js';
import { newestVersion } from '../../src/domain/events/versions.js';
import { evolve, type ChangedSubject } from '../../src/domain/state/evolve.js';
import { finish } from '../../src/domain/state/steps.js';
import { recordOf } from '../../src/domain/state/subject-state.js';
import { StreamState } from '../../src/domain/state/stream-state.js';
import { recordRowsInSteps } from '../../src/read-model/changes.js';
import { wholeRecord, type ReadPart } from '../../src/read-model/record-parts.js';

const STREAM = 'automaker-xpeng';

function event(revision: number, type: string, occurredOn: string, data: object): StreamEvent {
  return {
    id: `e${revision}`,
    stream: STREAM,
    revision,
    type,
    version: newestVersion(type),
    occurredOn,
    data,
    evidence: [],
    recordedAt: '2025-01-01T00:00:00.000Z',
    recordedBy: 'analyst',
  } as StreamEvent;
}

const registered = evolve(
  StreamState.of(STREAM),
  event(0, 'AutomakerRegistered', '2014', { name: 'XPeng', homeMarket: 'CN' }),
).state;

const dayOf = (number: number): string => new Date(Date.UTC(2015, 0, 1 + number)).toISOString().slice(0, 10);

const opened = (revision: number, day: number) =>
  event(revision, 'ServiceCenterOpened', dayOf(day), { market: 'NO', city: `City ${revision}` });
const reported = (revision: number, value: number, growth: boolean) =>
  event(revision, 'FigureReported', '2025-06-01', {
    measure: 'overseas-units',
    period: '2024',
    ...(growth ? { growth: { percent: value, on: '2023' } } : { value: 1000 + value }),
  });

/** The rows after each batch of changes. */
class Rows {
  private readonly kept = new Map<string, string>();

  write(changes: readonly ChangedSubject[]): number {
    const { records, gone } = finish(recordRowsInSteps(STREAM, changes));
    for (const { kind, key, part, doc } of records) this.kept.set(`${kind} ${key} ${part}`, doc);
    for (const { kind, key, part } of gone) this.kept.delete(`${kind} ${key} ${part}`);
    return records.length + gone.length;
  }

  get longest(): number {
    return Math.max(...[...this.kept.values()].map(({ length }) => length));
  }

  record(kind: 'outlets' | 'figure'): unknown {
    const parts = [...this.kept].flatMap(([name, doc]): ReadPart[] => {
      const [ofKind = '', key = '', part = ''] = name.split(' ');
      return ofKind === kind ? [{ kind, key, part: Number(part), value: JSON.parse(doc) }] : [];
    });
    return parts.length === 0 ? undefined : wholeRecord(STREAM, parts);
  }
}

type Step =
  | { readonly does: 'open'; readonly day: number }
  | { readonly does: 'report'; readonly value: number; readonly growth: boolean }
  | { readonly does: 'retract'; readonly event: number };

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ does: fc.constant('open' as const), day: fc.nat(3000) }) },
    {
      weight: 6,
      arbitrary: fc.record({ does: fc.constant('report' as const), value: fc.nat(90), growth: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('retract' as const), event: fc.nat(300) }) },
  ),
  { minLength: 80, maxLength: 250 },
);

function eventOf(step: Step, revision: number, gone: Set<number>): StreamEvent | undefined {
  if (step.does === 'open') return opened(revision, step.day);
  if (step.does === 'report') return reported(revision, step.value, step.growth);
  const about = 1 + (step.event % revision);
  if (about >= revision || gone.has(about)) return undefined;
  gone.add(about).add(revision);
  return event(revision, 'EventRetracted', '2025-06-01', { event: `e${about}`, reason: 'mistaken' });
}

describe('the rows of a record', () => {
  it('say the same as its state after any batch, whatever comes late or is taken back', () => {
    const runs = fc.property(steps, fc.integer({ min: 1, max: 40 }), (history: readonly Step[], batch) => {
      const rows = new Rows();
      const gone = new Set<number>();
      let state = registered;
      let changed = new Map<string, ChangedSubject>();
      let revision = 0;
      for (const [index, step] of history.entries()) {
        const next = eventOf(step, revision + 1, gone);
        if (next) {
          revision += 1;
          const evolved = evolve(state, next);
          ({ state } = evolved);
          for (const each of evolved.change.touched) {
            const { before } = changed.get(each.ref.name) ?? each;
            changed.set(each.ref.name, { ...each, before });
          }
        }
        if (index % batch > 0 && index < history.length - 1) continue;
        rows.write([...changed.values()]);
        changed = new Map();
        for (const kind of ['outlets', 'figure'] as const) {
          const [found] = state.records(kind);
          expect(rows.record(kind)).toEqual(found ? JSON.parse(JSON.stringify(recordOf(found))) : undefined);
        }
      }
    });
    fc.assert(runs, { numRuns: 40 });
  });

  it('stay of bounded size: one more of many events writes two rows at most', () => {
    const rows = new Rows();
    let state = registered;
    let most = 0;
    for (let revision = 1; revision <= 2000; revision++) {
      const evolved = evolve(state, opened(revision, revision));
      ({ state } = evolved);
      most = Math.max(most, rows.write(evolved.change.touched));
    }
    expect(most).toBe(2);
    expect(rows.longest).toBeLessThan(8000);
  });

  it('stay of bounded size where the plan of a site changes ever again, and where a company has many owners', () => {
    for (const [first, next] of [
      [
        event(1, 'ProductionAnnounced', '2015', { site: 'graz', name: 'Graz', market: 'AT' }),
        (revision: number) =>
          event(revision, 'ProductionPlanRevised', dayOf(revision), {
            site: 'graz',
            annualCapacity: revision,
          }),
      ],
      [
        event(1, 'CompanyRegistered', '2015', { names: ['Magna'], kind: 'group' }),
        (revision: number) =>
          event(revision, 'OwnershipChanged', dayOf(revision), { parent: `Fund ${revision}`, share: 0.01 }),
      ],
    ] as const) {
      const rows = new Rows();
      let { state } = evolve(registered, first);
      let most = 0;
      for (let revision = 2; revision <= 1000; revision++) {
        const evolved = evolve(state, next(revision));
        ({ state } = evolved);
        most = Math.max(most, rows.write(evolved.change.touched));
      }
      expect(most).toBe(2);
      expect(rows.longest).toBeLessThan(8000);
    }
  });

  it('are written from the place of one that comes late, and not before', () => {
    const rows = new Rows();
    let state = registered;
    for (let revision = 1; revision <= 320; revision++) {
      const evolved = evolve(state, opened(revision, revision));
      ({ state } = evolved);
      rows.write(evolved.change.touched);
    }
    const { change } = evolve(state, opened(321, 250));
    const { records } = finish(recordRowsInSteps(STREAM, change.touched));
    // 9 full parts of 32 and the record. The 250th event is in part 8, and up to 63 events before it are
    // folded again.
    expect(records.map(({ part }) => part)).toEqual([0, 7, 8, 9, 10]);
  });
});
