import fc from 'fast-check';
import { differencesBetween } from './differences-between.js';
import { foldEvents } from '../../src/domain/state/evolve.js';
import { randomHistory, RUNS } from './random-history.js';
import { instantOf, record, recordsOf } from './recording.js';

const STREAM = 'automaker-xpeng';

const point = fc.record({
  trueOn: fc.integer({ min: 2020, max: 2026 }).map((year) => `${year}-09-30`),
  knownOn: fc.nat(45).map(instantOf),
});

it('differences between any two points add up to the change, and lead from the one view to the other', () => {
  fc.assert(
    fc.property(randomHistory, point, point, (proposals, from, to) => {
      const { events, state } = record(STREAM, proposals);
      const { records, numbers } = differencesBetween(state, from, to);
      for (const { before, after, parts } of numbers) {
        if (typeof before !== 'number' || typeof after !== 'number') continue;
        expect(parts[0]?.from).toBe(before);
        expect(parts.at(-1)?.to).toBe(after);
        const sum = parts.reduce((total, { change = 0 }) => total + change, 0);
        if (parts.every(({ change }) => change !== undefined)) expect(sum).toBeCloseTo(after - before, 9);
      }
      const view = new Map(recordsOf(foldEvents(STREAM, events, from)));
      for (const { kind, key, after } of records) {
        if (after) view.set(`${kind}/${key}`, after);
        else view.delete(`${kind}/${key}`);
      }
      expect(view).toEqual(new Map(recordsOf(foldEvents(STREAM, events, to))));
    }),
    { numRuns: RUNS },
  );
});
