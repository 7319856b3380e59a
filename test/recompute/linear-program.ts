/** A fraction of big integers; the denominator is positive. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const whole = (value: number): Fraction => ({ over: BigInt(value), under: 1n });
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
function fraction(over: bigint, under: bigint): Fraction {
  const shared = gcd(over, under) || 1n;
  const sign = under < 0n ? -1n : 1n;
  return { over: (sign * over) / shared, under: (sign * under) / shared };
}
const times = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.over, a.under * b.under);
const less = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.over * b.under - b.over * a.under, a.under * b.under);
const divided = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.under, a.under * b.over);
const isBelow = (a: Fraction, b: Fraction): boolean => a.over * b.under < b.over * a.under;

/** Σ coefficients × x is at most, at least, or equal to a bound; x ≥ 0. */
export interface Row {
  readonly coefficients: readonly number[];
  readonly relation: '<=' | '>=' | '=';
  readonly bound: number;
}

/**
 * The maximum of Σ objective × x under integer constraints, computed exactly: the two-phase simplex method
 * over fractions, with the rule of Bland (1977), which never cycles. Infinity if unbounded, undefined if
 * infeasible. For systems of some dozens of rows.
 */
export function greatest(objective: readonly number[], rows: readonly Row[]): number | undefined {
  const size = objective.length;
  // Writes each row as an equality with a non-negative bound, a slack variable if it is an inequality, and an
  // artificial variable.
  const flipped = rows.map((row) => (row.bound < 0 ? flip(row) : row));
  const slacks = flipped.filter(({ relation }) => relation !== '=').length;
  const width = size + slacks + flipped.length;
  let slack = size;
  const table = flipped.map(({ coefficients, relation, bound }, index) => {
    const line = Array.from({ length: width + 1 }, (_, at) => whole(coefficients[at] ?? 0));
    if (relation !== '=') line[slack++] = whole(relation === '<=' ? 1 : -1);
    line[size + slacks + index] = whole(1);
    line[width] = whole(bound);
    return line;
  });
  const basis = flipped.map((_, index) => size + slacks + index);
  const artificial = (at: number): boolean => at >= size + slacks;
  const first = maximise(
    Array.from({ length: width }, (_, at) => whole(artificial(at) ? -1 : 0)),
    table,
    basis,
    () => true,
  );
  if (first === undefined || first.over !== 0n) return undefined;
  const second = maximise(
    Array.from({ length: width }, (_, at) => whole(objective[at] ?? 0)),
    table,
    basis,
    (at) => !artificial(at),
  );
  return second === undefined ? Number.POSITIVE_INFINITY : Number(second.over) / Number(second.under);
}

/** The minimum under the same constraints. */
export function least(objective: readonly number[], rows: readonly Row[]): number | undefined {
  const found = greatest(
    objective.map((each) => -each),
    rows,
  );
  return found === undefined ? undefined : 0 - found;
}

const OTHER = { '<=': '>=', '>=': '<=', '=': '=' } as const;
const flip = ({ coefficients, relation, bound }: Row): Row => ({
  coefficients: coefficients.map((each) => -each),
  relation: OTHER[relation],
  bound: -bound,
});

/** The maximum from a feasible basis on; undefined if unbounded. Changes table and basis. */
function maximise(
  objective: readonly Fraction[],
  table: Fraction[][],
  basis: number[],
  mayEnter: (at: number) => boolean,
): Fraction | undefined {
  for (;;) {
    const gain = (at: number): Fraction =>
      table.reduce(
        (rest, line, row) => less(rest, times(objective[basis[row] ?? 0] ?? whole(0), line[at] ?? whole(0))),
        objective[at] ?? whole(0),
      );
    const entering = objective.findIndex(
      (_, at) => mayEnter(at) && !basis.includes(at) && isBelow(whole(0), gain(at)),
    );
    if (entering < 0)
      return table.reduce(
        (sum, line, row) =>
          less(sum, times(whole(-1), times(objective[basis[row] ?? 0] ?? whole(0), line.at(-1) ?? whole(0)))),
        whole(0),
      );
    let leaving: { row: number; ratio: Fraction } | undefined;
    for (const [row, line] of table.entries()) {
      const pivot = line[entering] ?? whole(0);
      // An artificial variable that is still zero leaves first, in whichever direction it would change.
      const isStuck = pivot.over < 0n && line.at(-1)?.over === 0n && !mayEnter(basis[row] ?? 0);
      if (pivot.over <= 0n && !isStuck) continue;
      const ratio = divided(line.at(-1) ?? whole(0), pivot);
      const isEarlier =
        leaving &&
        !isBelow(leaving.ratio, ratio) &&
        (isBelow(ratio, leaving.ratio) || (basis[row] ?? 0) < (basis[leaving.row] ?? 0));
      if (!leaving || isEarlier) leaving = { row, ratio };
    }
    if (!leaving) return undefined;
    exchange(table, basis, leaving.row, entering);
  }
}

function exchange(table: Fraction[][], basis: number[], row: number, entering: number): void {
  const chosen = table[row] ?? [];
  const pivot = chosen[entering] ?? whole(1);
  const scaled = chosen.map((each) => divided(each, pivot));
  table.forEach((line, index) => {
    const factor = line[entering] ?? whole(0);
    table[index] =
      index === row ? scaled : line.map((each, at) => less(each, times(factor, scaled[at] ?? whole(0))));
  });
  basis[row] = entering;
}
