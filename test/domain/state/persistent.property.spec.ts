import fc from 'fast-check';
import { PersistentList } from '../../../src/domain/state/persistent-list.js';
import { PersistentMap } from '../../../src/domain/state/persistent-map.js';
import { SpanTree, type Span } from '../../../src/domain/state/span-tree.js';
import { RUNS } from '../random-history.js';

const check = <T>(property: fc.IProperty<T>) => {
  fc.assert(property, { numRuns: RUNS });
};

describe('a persistent list', () => {
  /** Sizes around those at which a leaf or a level is full. */
  const size = fc.oneof(fc.nat(70), fc.constantFrom(1023, 1024, 1025, 1056, 1057, 2000), fc.nat(3000));
  const range = (count: number) => Array.from({ length: count }, (_, index) => index);
  const step = fc.oneof(
    fc.record({ push: fc.nat(40) }),
    fc.record({ take: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ set: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
  );

  it('does what an array does, and leaves the lists before it as they were', () => {
    check(
      fc.property(size, fc.array(step, { maxLength: 12 }), (count, steps) => {
        let expected = range(count);
        let list = PersistentList.of(expected);
        const passed = [{ list, expected }];
        for (const [at, each] of steps.entries()) {
          if ('push' in each) {
            const more = range(each.push).map((index) => -(at * 100 + index));
            for (const item of more) list = list.push(item);
            expected = [...expected, ...more];
          } else if ('take' in each) {
            const wanted = Math.floor(each.take * (expected.length + 2));
            list = list.take(wanted);
            expected = expected.slice(0, wanted);
          } else if (expected.length > 0) {
            const index = Math.floor(each.set * expected.length);
            list = list.set(index, -at);
            expected = expected.with(index, -at);
          }
          passed.push({ list, expected });
        }
        for (const each of passed) {
          expect(each.list.size).toBe(each.expected.length);
          expect(each.list.toArray()).toEqual(each.expected);
          expect([...each.list]).toEqual(each.expected);
          expect(each.list.last).toBe(each.expected.at(-1));
          const half = Math.floor(each.expected.length / 2);
          expect([...each.list.between(half, half + 40)]).toEqual(each.expected.slice(half, half + 40));
          expect(each.list.get(half)).toBe(each.expected[half]);
          expect([-1, each.expected.length].map((index) => each.list.get(index))).toEqual([
            undefined,
            undefined,
          ]);
        }
      }),
    );
  });

  it('finds where something begins to hold', () => {
    check(
      fc.property(size, fc.nat(3100), (count, from) => {
        expect(PersistentList.of(range(count)).search((item) => item >= from)).toBe(Math.min(count, from));
      }),
    );
  });

  it('throws for an item beyond its end', () => {
    expect(() => PersistentList.of([1]).set(1, 2)).toThrow(RangeError);
  });
});

describe('a persistent map', () => {
  const key = fc.oneof(fc.string({ maxLength: 3 }), fc.nat(5000).map(String), fc.uuid());

  it('tells the keys that differ from another map, whether that was made of it or not', () => {
    const entries = fc.array(fc.tuple(fc.string({ maxLength: 2 }), fc.nat(3)), { maxLength: 200 });
    const mapOf = (pairs: readonly (readonly [string, number])[], from = PersistentMap.empty<number>()) =>
      pairs.reduce((map, [key, value]) => map.set(key, value), from);
    check(
      fc.property(entries, entries, fc.boolean(), (some, more, isMadeOfIt) => {
        const map = mapOf(some);
        const other = mapOf(more, isMadeOfIt ? map : undefined);
        const keys = new Set([...some, ...more].map(([key]) => key));
        const differing = [...keys].filter((key) => map.get(key) !== other.get(key)).sort();
        expect([...map.keysUnlike(other)].sort()).toEqual(differing);
        expect([...other.keysUnlike(map)].sort()).toEqual(differing);
      }),
    );
  });

  it('does what a map does, and leaves the maps before it as they were', () => {
    check(
      fc.property(fc.array(fc.tuple(key, fc.nat()), { maxLength: 400, size: 'max' }), (entries) => {
        let map = PersistentMap.empty<number>();
        const expected = new Map<string, number>();
        const half = Math.floor(entries.length / 2);
        let atHalf = { map, expected: new Map<string, number>() };
        for (const [index, [name, value]] of entries.entries()) {
          if (index === half) atHalf = { map, expected: new Map(expected) };
          map = map.set(name, value);
          expected.set(name, value);
        }
        for (const each of [{ map, expected }, atHalf]) {
          expect(each.map.size).toBe(each.expected.size);
          expect(new Map(each.map)).toEqual(each.expected);
          for (const [name] of entries) expect(each.map.get(name)).toBe(each.expected.get(name));
        }
      }),
    );
  });

  it('tells keys apart whose hashes are equal', () => {
    // Found by search: the first hashes of each pair are equal, so the two collide on all levels of that
    // hash.
    const pairs = ['8aq10e', 'asikfd', 'vra24k', 'x6ybg4', '6y0cze', 'yvyn8o'];
    let map = PersistentMap.empty<number>();
    for (const [index, key] of [...pairs, ...pairs].entries()) map = map.set(key, index);
    expect(pairs.map((key) => map.get(key))).toEqual([6, 7, 8, 9, 10, 11]);
    expect(map.size).toBe(6);
  });
});

describe('a tree of spans', () => {
  const day = fc.nat(30).map((date) => `2025-01-${String(date + 1).padStart(2, '0')}`);
  const span = fc
    .record({ key: fc.constantFrom('a', 'b', 'c'), from: day, to: day })
    .map(({ key, from, to }) => {
      const [first = from, last = to] = [from, to].sort();
      return { key, first, last };
    });

  it('finds the first of the overlapping spans of a key, whatever was added and removed', () => {
    check(
      fc.property(
        fc.array(span, { maxLength: 150, size: 'max' }),
        fc.array(fc.nat()),
        span,
        (all, gone, asked) => {
          const spans = all.map((each, index): Span => ({ ...each, revision: index, event: String(index) }));
          const removed = new Set(gone.map((index) => spans[index % (spans.length || 1)]));
          let tree = SpanTree.empty;
          for (const each of spans) tree = tree.with(each);
          const whole = tree;
          for (const each of removed) if (each) tree = tree.without(each);
          const firstOf = (left: readonly Span[]) =>
            left
              .filter(
                ({ key, first, last }) => key === asked.key && first <= asked.last && last >= asked.first,
              )
              .sort((a, b) =>
                a.first === b.first ? a.revision - b.revision : a.first < b.first ? -1 : 1,
              )[0];
          const left = spans.filter((each) => !removed.has(each));
          expect(tree.overlapping(asked.key, asked.first, asked.last)).toEqual(firstOf(left));
          expect(whole.overlapping(asked.key, asked.first, asked.last)).toEqual(firstOf(spans));
        },
      ),
    );
  });
});
