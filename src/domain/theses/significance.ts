/** Results with a probability below this are not attributed to chance. Fixed before looking at the data. */
export const SIGNIFICANT = 0.05;

/** A test of whether the cases differ from what chance alone would give. */
export interface SignificanceTest {
  readonly method: 'exact binomial' | 'exact permutation' | 'sampled permutation' | 'log-rank';
  /** Two-sided probability, 0 to 1, of cases this uneven if the claim is as likely wrong as right. */
  readonly p: number;
  /** The side to which the cases lean. */
  readonly leans: 'for' | 'against' | 'neither';
}

/**
 * Two-sided sign test: the probability, over n cases that each go either way with probability 1/2, of a
 * result at least as extreme.
 */
export function binomialTest(supporting: number, contradicting: number): SignificanceTest {
  const count = supporting + contradicting;
  const most = Math.max(supporting, contradicting);
  let tail = 0;
  for (let k = most; k <= count; k++) tail += Math.exp(logChoose(count, k) - count * Math.LN2);
  return {
    method: 'exact binomial',
    p: Math.min(1, 2 * tail),
    leans: sideOf(supporting - contradicting),
  };
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log(n - k + i) - Math.log(i);
  return sum;
}

/** Up to this many subjects, all orders are tried: 8! is 40,320. */
const MOST_EXACT = 8;
const SAMPLES = 20_000;

/**
 * Tests whether two numbers of the same subjects are related more strongly than if the second were assigned
 * at random. `score(order)` measures the relation if subject i has the second number of subject `order[i]`.
 * Tries every order for few subjects, otherwise orders from a fixed pseudo-random sequence, so that the
 * result is reproducible.
 */
export function permutationTest(
  subjects: number,
  score: (order: readonly number[]) => number,
): SignificanceTest {
  const asItIs = Array.from({ length: subjects }, (_, index) => index);
  const told = score(asItIs);
  const isExact = subjects <= MOST_EXACT;
  let [all, asExtreme] = [0, 0];
  for (const order of isExact ? orders(asItIs) : shuffles(asItIs)) {
    all += 1;
    if (Math.abs(score(order)) >= Math.abs(told)) asExtreme += 1;
  }
  // The observed order counts as one of the samples.
  const p = isExact ? asExtreme / all : (asExtreme + 1) / (all + 1);
  return { method: isExact ? 'exact permutation' : 'sampled permutation', p, leans: sideOf(told) };
}

function* orders(items: readonly number[]): Generator<number[]> {
  const [first] = items;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const [index, item] of items.entries()) {
    const others = [...items.slice(0, index), ...items.slice(index + 1)];
    for (const order of orders(others)) yield [item, ...order];
  }
}

function* shuffles(items: readonly number[]): Generator<number[]> {
  // The minimal standard generator of Park & Miller (1988).
  let seed = 20_261_129;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const order = [...items];
    for (let index = order.length - 1; index > 0; index--) {
      seed = (seed * 48_271) % 2_147_483_647;
      const other = Math.floor((seed / 2_147_483_647) * (index + 1));
      [order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0];
    }
    yield order;
  }
}

/** A case observed for some days, and its group. */
export interface GroupedWait {
  readonly days: number;
  readonly happened: boolean;
  /** Whether it belongs to the group that the claim says is quicker. */
  readonly isQuicker: boolean;
}

/**
 * The log-rank test of two groups of waiting times: compares the events of one group with those expected if
 * both were alike, at every time with an event. Source: Mantel 1966; χ² with one degree of freedom. Undefined
 * if a group is empty or there are no events.
 */
export function logRankTest(waits: readonly GroupedWait[]): SignificanceTest | undefined {
  const times = new Set(waits.filter(({ happened }) => happened).map(({ days }) => days));
  let [excess, variance] = [0, 0];
  for (const time of times) {
    const atRisk = waits.filter(({ days }) => days >= time);
    const happened = atRisk.filter((each) => each.happened && each.days === time);
    const [n, d] = [atRisk.length, happened.length];
    const ofQuicker = atRisk.filter(({ isQuicker }) => isQuicker).length;
    excess += happened.filter(({ isQuicker }) => isQuicker).length - (d * ofQuicker) / n;
    if (n > 1) variance += (d * (ofQuicker / n) * (1 - ofQuicker / n) * (n - d)) / (n - 1);
  }
  if (variance === 0) return undefined;
  return { method: 'log-rank', p: twoSided(excess / Math.sqrt(variance)), leans: sideOf(excess) };
}

/** 2 (1 − Φ(|z|)), by erfc (Abramowitz & Stegun 1964, 7.1.26; error at most 1.5e-7). */
function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.min(1, poly * Math.exp(-x * x));
}

const sideOf = (value: number): SignificanceTest['leans'] =>
  value > 0 ? 'for' : value < 0 ? 'against' : 'neither';
