import fc from 'fast-check';
import {
  CHOOSING_RULES,
  FlowModel,
  type FlowReport,
  type ProofTerm,
} from '../../../src/domain/measures/flows.js';
import { addDays } from '../../../src/domain/ledger/edtf.js';
import { roundingBounds } from '../../../src/domain/measures/rounding.js';

const START = '2024-12-25';
const HORIZON = 12;
const day = (index: number): string => addDays(START, index);

const GRADES = ['confirmed', 'reported', 'rumoured'] as const;

interface Drawn {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly plusMinus: number;
  readonly grade: (typeof GRADES)[number];
  readonly published: number | undefined;
}

const period = fc
  .uniqueArray(fc.nat(HORIZON), { minLength: 2, maxLength: 2 })
  .map((ends) => ({ from: Math.min(...ends), to: Math.max(...ends) }));

const drawn = fc
  .record({
    period,
    value: fc.nat(12),
    plusMinus: fc.nat(3),
    grade: fc.constantFrom(...GRADES),
    published: fc.option(fc.nat(3), { nil: undefined }),
  })
  .map(({ period: days, ...rest }): Drawn => ({ ...days, ...rest }));

const reportOf = ({ from, to, value, plusMinus, grade, published }: Drawn, position: number): FlowReport => ({
  event: `event-${position}`,
  value,
  plusMinus,
  approximate: false,
  first: day(from),
  last: day(to - 1),
  grade,
  position,
  ...(published !== undefined && { publishedOn: day(published) }),
});

const anyReports = fc.array(drawn, { maxLength: 14 }).map((list) => list.map(reportOf));

/** Reports that round one hidden daily series. */
const truthAndReports = fc
  .record({
    daily: fc.array(fc.nat(40_000), { minLength: HORIZON, maxLength: HORIZON }),
    told: fc.array(
      fc.record({ period, digits: fc.nat(5), stated: fc.boolean(), grade: fc.constantFrom(...GRADES) }),
      { maxLength: 14 },
    ),
  })
  .map(({ daily, told }) => {
    const counts = daily.reduce((sums, units) => [...sums, (sums.at(-1) ?? 0) + units], [0]);
    const truth = (from: number, to: number): number => (counts[to] ?? 0) - (counts[from] ?? 0);
    const reports = told.map(({ period: { from, to }, digits, stated, grade }, position): FlowReport => {
      const exact = truth(from, to);
      // A printed figure counts as having at least two significant digits. A source with only one must state
      // its precision.
      const place = Math.round(exact / 10 ** digits) >= 10 && digits >= 2 ? 10 ** digits : 1;
      return {
        event: `event-${position}`,
        value: Math.round(exact / place) * place,
        ...((stated || place === 1) && { plusMinus: place / 2 }),
        approximate: false,
        first: day(from),
        last: day(to - 1),
        grade,
        position,
      };
    });
    return { truth, reports };
  });

const indexOf = (text: string): number => (Date.parse(text) - Date.parse(START)) / 86_400_000;

/**
 * An independent solver: Floyd–Warshall, with every day as a variable. Undefined if the reports are
 * inconsistent.
 */
function allPairs(reports: readonly FlowReport[]): number[][] | undefined {
  const size = HORIZON + 1;
  const d = Array.from({ length: size }, (_, u) =>
    Array.from({ length: size }, (__, v) => (u === v || v === u - 1 ? 0 : Infinity)),
  );
  const relax = (u: number, v: number, w: number): void => {
    const row = d[u] ?? [];
    row[v] = Math.min(row[v] ?? Infinity, w);
  };
  for (const report of reports) {
    const { lo, hi } = roundingBounds(report);
    relax(indexOf(report.first), indexOf(report.last) + 1, hi);
    relax(indexOf(report.last) + 1, indexOf(report.first), -lo);
  }
  for (let k = 0; k < size; k += 1) {
    for (let u = 0; u < size; u += 1) {
      for (let v = 0; v < size; v += 1) relax(u, v, (d[u]?.[k] ?? Infinity) + (d[k]?.[v] ?? Infinity));
    }
  }
  return d.some((row, u) => (row[u] ?? 0) < 0) ? undefined : d;
}

/** Another independent solver: Bellman–Ford from one source, over all reports at once. */
function satisfiable(reports: readonly FlowReport[]): boolean {
  const edges: [number, number, number][] = Array.from({ length: HORIZON }, (_, i) => [i + 1, i, 0]);
  for (const report of reports) {
    const { lo, hi } = roundingBounds(report);
    const [from, to] = [indexOf(report.first), indexOf(report.last) + 1];
    edges.push([from, to, hi], [to, from, -lo]);
  }
  const x = new Array<number>(HORIZON + 1).fill(0);
  for (let round = 0; round <= HORIZON + 1; round += 1) {
    let changed = false;
    for (const [u, v, w] of edges) {
      if ((x[u] ?? 0) + w >= (x[v] ?? 0)) continue;
      x[v] = (x[u] ?? 0) + w;
      changed = true;
    }
    if (!changed) return true;
  }
  return false;
}

const added = (terms: readonly ProofTerm[]): number =>
  terms.reduce((sum, { sign, units }) => sum + sign * units, 0);

/** Whether each term is a bound of the report that it names. */
function termsAreOwnBounds(terms: readonly ProofTerm[], reports: readonly FlowReport[]): boolean {
  return terms.every(({ event, end, units }) => {
    const report = reports.find((candidate) => candidate.event === event);
    return report !== undefined && roundingBounds(report)[end] === units;
  });
}

/** How often the terms count each day. */
function coverage(terms: readonly ProofTerm[], reports: readonly FlowReport[]): number[] {
  const counted = new Array<number>(HORIZON).fill(0);
  for (const { event, sign } of terms) {
    const report = reports.find((candidate) => candidate.event === event);
    if (!report) throw new Error(`no report ${event}`);
    for (let i = indexOf(report.first); i <= indexOf(report.last); i += 1)
      counted[i] = (counted[i] ?? 0) + sign;
  }
  return counted;
}

const every = (visit: (from: number, to: number) => void): void => {
  for (let from = 0; from < HORIZON; from += 1) {
    for (let to = from + 1; to <= HORIZON; to += 1) visit(from, to);
  }
};

/** The rules that take reports in an order (`ordered`), and those with the least repair (`rule`). */
const ordered = fc.constantFrom(...CHOOSING_RULES.filter((name) => name !== 'least-repair'));
const rule = fc.constantFrom(...CHOOSING_RULES);

const snapshot = (model: FlowModel) => {
  const bounds: unknown[] = [];
  every((from, to) => bounds.push(model.bounds(day(from), day(to - 1))));
  return { used: model.used, conflicts: model.conflicts, bounds };
};

describe('flows, whatever is reported', () => {
  it('contain the truth where reports are roundings of it, and find no conflict', () => {
    fc.assert(
      fc.property(truthAndReports, rule, ({ truth, reports }, name) => {
        const model = FlowModel.of(reports, name);
        expect(model.conflicts).toEqual([]);
        every((from, to) => {
          const { lo, hi } = model.bounds(day(from), day(to - 1));
          expect(lo).toBeLessThanOrEqual(truth(from, to));
          expect(hi).toBeGreaterThanOrEqual(truth(from, to));
        });
      }),
    );
  });

  it('are exactly as tight as all pairs of shortest paths over every day', () => {
    fc.assert(
      fc.property(anyReports, ordered, (reports, name) => {
        const model = FlowModel.of(reports, name);
        const distances = allPairs(reports.filter(({ event }) => model.used.includes(event)));
        every((from, to) => {
          const { lo, hi } = model.bounds(day(from), day(to - 1));
          expect({ lo, hi }).toEqual({
            lo: 0 - (distances?.[to]?.[from] ?? NaN),
            hi: distances?.[from]?.[to],
          });
        });
      }),
    );
  });

  it('are attained: on tiny cases every series is tried', () => {
    const tiny = fc.array(
      fc.record({
        from: fc.nat(1),
        length: fc.integer({ min: 1, max: 2 }),
        value: fc.nat(3),
        plusMinus: fc.nat(1),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(tiny, (list) => {
        const whole: Drawn = {
          from: 0,
          to: 3,
          value: 3,
          plusMinus: 3,
          grade: 'confirmed',
          published: undefined,
        };
        const rest = list.map(({ from, length, value, plusMinus }): Drawn => ({
          from,
          to: from + length,
          value,
          plusMinus,
          grade: 'reported',
          published: undefined,
        }));
        const reports = [whole, ...rest].map(reportOf);
        const model = FlowModel.of(reports, 'best-evidence-first');
        const used = reports.filter(({ event }) => model.used.includes(event));
        const fitting: number[][] = [];
        for (let a = 0; a <= 6; a += 1) {
          for (let b = 0; b <= 6; b += 1) {
            for (let c = 0; c <= 6; c += 1) {
              const series = [a, b, c];
              const fits = used.every((report) => {
                const { lo, hi } = roundingBounds(report);
                const sum = series
                  .slice(indexOf(report.first), indexOf(report.last) + 1)
                  .reduce((x, y) => x + y, 0);
                return lo <= sum && sum <= hi;
              });
              if (fits) fitting.push(series);
            }
          }
        }
        for (const [from, to] of [
          [0, 1],
          [1, 2],
          [2, 3],
          [0, 2],
          [1, 3],
          [0, 3],
        ] as const) {
          const sums = fitting.map((series) => series.slice(from, to).reduce((x, y) => x + y, 0));
          const { lo, hi } = model.bounds(day(from), day(to - 1));
          expect({ lo, hi }).toEqual({ lo: Math.min(...sums), hi: Math.max(...sums) });
        }
      }),
    );
  });

  it('report a conflict if and only if no nondecreasing count fits all reports', () => {
    fc.assert(
      fc.property(anyReports, ordered, (reports, name) => {
        expect(FlowModel.of(reports, name).conflicts.length === 0).toBe(satisfiable(reports));
      }),
    );
  });

  it('use each report that fits those used before it, and no other', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const model = FlowModel.of(reports, 'latest-first');
        const ranked = [...reports].sort((a, b) => {
          const [x, y] = [a.publishedOn ?? '', b.publishedOn ?? ''];
          return x === y ? b.position - a.position : x > y ? -1 : 1;
        });
        const used: FlowReport[] = [];
        for (const report of ranked) if (satisfiable([...used, report])) used.push(report);
        expect(model.used).toEqual(used.map(({ event }) => event));
      }),
    );
  });

  it('name for each conflict better reports that cannot all be true with it', () => {
    fc.assert(
      fc.property(anyReports, ordered, (reports, name) => {
        const { conflicts, used } = FlowModel.of(reports, name);
        expect([...conflicts.map(({ event }) => event), ...used].sort()).toEqual(
          reports.map(({ event }) => event).sort(),
        );
        for (const { event, cycle, claims, against, proven, proof, excess } of conflicts) {
          expect(cycle[0]).toBe(event);
          expect(satisfiable(reports.filter((report) => cycle.includes(report.event)))).toBe(false);
          expect(satisfiable(reports.filter((report) => cycle.slice(1).includes(report.event)))).toBe(true);
          expect(added(proof)).toBe(proven);
          expect(excess).toBe(against === 'hi' ? claims.lo - proven : proven - claims.hi);
          expect(excess).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('do not depend on the order in which reports come, at once or one by one', () => {
    const shuffled = anyReports.chain((reports) =>
      fc.tuple(
        fc.constant(reports),
        fc.shuffledSubarray(reports, { minLength: reports.length }),
        fc.nat(reports.length),
      ),
    );
    fc.assert(
      fc.property(shuffled, rule, ([reports, other, atOnce], name) => {
        const expected = snapshot(FlowModel.of(reports, name));
        const grown = other
          .slice(atOnce)
          .reduce((model, report) => model.add(report), FlowModel.of(other.slice(0, atOnce), name));
        expect(snapshot(grown)).toEqual(expected);
      }),
    );
  });

  it('are recomputed from their proofs by addition', () => {
    fc.assert(
      fc.property(anyReports, rule, (reports, name) => {
        const model = FlowModel.of(reports, name);
        every((from, to) => {
          const { lo, hi, proof } = model.bounds(day(from), day(to - 1));
          expect(added(proof.lo)).toBe(lo);
          expect(termsAreOwnBounds([...proof.lo, ...proof.hi], reports)).toBe(true);
          expect(proof.lo.every(({ sign, end }) => end === (sign === 1 ? 'lo' : 'hi'))).toBe(true);
          expect(proof.hi.every(({ sign, end }) => end === (sign === 1 ? 'hi' : 'lo'))).toBe(true);
          const inPeriod = (i: number): number => (i >= from && i < to ? 1 : 0);
          expect(coverage(proof.lo, reports).every((count, i) => count <= inPeriod(i))).toBe(true);
          if (hi === Infinity) return expect(proof.hi).toEqual([]);
          expect(added(proof.hi)).toBe(hi);
          expect(coverage(proof.hi, reports).every((count, i) => count >= inPeriod(i))).toBe(true);
        });
      }),
    );
  });

  it('are finite wherever they are covered, and no wider than the rounding of what covers them', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const model = FlowModel.of(reports, 'best-evidence-first');
        const slack = reports
          .filter(({ event }) => model.used.includes(event))
          .map((report) => roundingBounds(report))
          .reduce((sum, { lo, hi }) => sum + hi - lo, 0);
        every((from, to) => {
          if (!model.covers(day(from), day(to - 1))) return;
          const { lo, hi } = model.bounds(day(from), day(to - 1));
          expect(hi - lo).toBeLessThanOrEqual(slack);
        });
      }),
    );
  });

  it('leave nothing out and dispute nothing, by least repair, if and only if a nondecreasing count fits all reports', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const { conflicts, disputed } = FlowModel.of(reports);
        expect(conflicts.length + disputed.length === 0).toBe(satisfiable(reports));
      }),
    );
  });

  it('use, by least repair, reports that are all true together, and explain what they leave out', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const { used, conflicts, disputed } = FlowModel.of(reports);
        expect([...used, ...disputed, ...conflicts.map(({ event }) => event)].sort()).toEqual(
          reports.map(({ event }) => event).sort(),
        );
        expect(satisfiable(reports.filter(({ event }) => used.includes(event)))).toBe(true);
        for (const { cycle, proof, proven, excess } of conflicts) {
          expect(satisfiable(reports.filter(({ event }) => cycle.includes(event)))).toBe(false);
          expect([added(proof), excess > 0]).toEqual([proven, true]);
        }
      }),
    );
  });

  it('span, where least repairs tie, what each of them gives', () => {
    let disputes = 0;
    fc.assert(
      fc.property(anyReports, (reports) => {
        const model = FlowModel.of(reports);
        for (const event of model.disputed) {
          const rest = reports.filter((report) => report.event !== event);
          if (!satisfiable(rest)) continue;
          disputes += 1;
          const without = FlowModel.of(rest);
          every((from, to) => {
            const [hull, one] = [model, without].map((each) => each.bounds(day(from), day(to - 1)));
            expect(hull?.lo).toBeLessThanOrEqual(one?.lo ?? NaN);
            expect(hull?.hi).toBeGreaterThanOrEqual(one?.hi ?? NaN);
          });
        }
      }),
    );
    expect(disputes).toBeGreaterThan(0);
  });

  it('are never narrower where a claim is wider, as long as nothing contradicts', () => {
    fc.assert(
      fc.property(truthAndReports, fc.nat(13), fc.nat(500), ({ reports }, index, more) => {
        const wider = reports.map((report, at) => {
          if (at !== index) return report;
          const { lo, hi } = roundingBounds(report);
          return { ...report, qualifier: 'between' as const, from: Math.max(0, lo - more), to: hi + more };
        });
        const [before, after] = [reports, wider].map((each) => FlowModel.of(each));
        every((from, to) => {
          const [narrow, wide] = [before, after].map((each) => each?.bounds(day(from), day(to - 1)));
          expect(wide?.lo).toBeLessThanOrEqual(narrow?.lo ?? NaN);
          expect(wide?.hi).toBeGreaterThanOrEqual(narrow?.hi ?? NaN);
        });
      }),
    );
  });
});
