import type { Check } from './progress.js';

/**
 * Recomputes every number of the six readings from the inputs in the answer, without any code of the tracker.
 */

interface Input {
  readonly name: string;
  readonly group: string;
  readonly lo?: number;
  readonly hi?: number;
  readonly partners?: readonly string[];
  readonly rate?: { readonly lo: number; readonly hi: number };
  readonly happened?: boolean;
}
export interface ReadingJson {
  readonly reading: string;
  readonly numbers: readonly {
    readonly name: string;
    readonly formula: string;
    readonly lo?: number;
    readonly hi?: number;
  }[];
  readonly inputs: readonly Input[];
}
type Ends = readonly [lo: number | undefined, hi: number | undefined];

const INFINITE = Number.POSITIVE_INFINITY;
const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
const tally = (names: readonly string[]): number[] =>
  [...new Set(names)].map((name) => names.filter((each) => each === name).length);

const share = (part: number, rest: number): number =>
  part === INFINITE ? 100 : rest === INFINITE ? 0 : part + rest === 0 ? 0 : (100 * part) / (part + rest);

function partnerRun(inputs: readonly Input[], weigh: (input: Input) => [number, number]): Ends {
  const of = (group: string, end: 0 | 1) =>
    total(inputs.filter((input) => input.group === group).map((input) => weigh(input)[end]));
  const unknown = of('unknown', 1);
  return [
    share(of('partner-run', 0), of('own', 1) + unknown),
    share(of('partner-run', 1) + unknown, of('own', 0)),
  ];
}

const alone = (inputs: readonly Input[]): string[] =>
  inputs.flatMap(({ partners = [] }) => (partners.length === 1 ? partners : []));

function largestLoss(inputs: readonly Input[], what: string): Ends {
  const all = inputs.filter(({ group }) => group === what || group === `unknown-${what}`);
  const unknown = all.filter(({ group }) => group !== what).length;
  const most = Math.max(0, ...tally(alone(all)));
  return [(100 * most) / all.length, (100 * (most + unknown)) / all.length];
}

function concentration(inputs: readonly Input[]): Ends {
  const whole = inputs.find(({ group }) => group === 'total');
  const markets = inputs.filter(({ group }) => group === 'market');
  const [least = 0, most = 0] = [whole?.lo, whole?.hi];
  const rest = Math.max(0, most - total(markets.map(({ lo = 0 }) => lo)));
  const square = (part: number, of: number) => Math.min(100, (100 * part) / of) ** 2;
  const others = 248 - markets.length;
  const surely = Math.max(0, least - total(markets.map(({ hi = 0 }) => hi)));
  const spread = others * square(surely / others, most);
  const lo = total(markets.map((market) => square(market.lo ?? 0, most))) + spread;
  const hi = total(markets.map((market) => square(market.hi ?? 0, least)));
  return [lo, Math.min(10_000, hi + square(rest, least))];
}

function duty(inputs: readonly Input[]): Ends {
  const whole = inputs.find(({ group }) => group === 'total');
  const markets = inputs.filter(({ group }) => group === 'market');
  const told = markets.filter((market) => market.lo !== undefined || market.hi !== undefined);
  const [least = 0, most = 0] = [whole?.lo, whole?.hi];
  const anywhere = inputs.filter(({ group }) => group === 'world');
  const highest = Math.max(0, ...[...markets, ...anywhere].map(({ rate }) => rate?.hi ?? 0));
  const rest = Math.max(0, most - total(told.map(({ lo = 0 }) => lo)));
  const lo = total(told.map((market) => ((market.lo ?? 0) / most) * (market.rate?.lo ?? 0)));
  const hi = total(told.map((market) => Math.min(1, (market.hi ?? 0) / least) * (market.rate?.hi ?? 0)));
  return [lo, Math.min(highest, hi + (rest / least) * highest)];
}

/** The first time at which the product of (1 − happened / at risk) falls to a half. */
function median(cases: readonly { days: number; happened: boolean }[]): number | undefined {
  const inTime = [...cases].sort((a, b) => a.days - b.days);
  let left = 1;
  for (const day of new Set(inTime.filter(({ happened }) => happened).map(({ days }) => days))) {
    const atRisk = inTime.filter(({ days }) => days >= day).length;
    left *= (atRisk - inTime.filter((each) => each.happened && each.days === day).length) / atRisk;
    if (left <= 0.5 + 1e-12) return day;
  }
  return undefined;
}

function medianEnds(inputs: readonly Input[], wait: string): Ends {
  const cases = inputs.filter(({ group }) => group === wait);
  const medians = (['lo', 'hi'] as const).flatMap((done) =>
    (['lo', 'hi'] as const).map((open) =>
      median(
        cases.map((each) => ({
          days: (each.happened ? each[done] : each[open]) ?? 0,
          happened: each.happened === true,
        })),
      ),
    ),
  );
  const known = medians.filter((days) => days !== undefined);
  return [Math.min(...known), known.length === medians.length ? Math.max(...known) : undefined];
}

function again({ reading, inputs }: ReadingJson, name: string, formula: string): Ends {
  const grouped = (group: string) => inputs.filter((input) => input.group === group);
  if (name.startsWith('capital-per-unit.')) {
    const [amount = 0, capacity = 0] = formula.split(' / ').map((part) => Number.parseFloat(part));
    return [amount / capacity, amount / capacity];
  }
  if (name.startsWith('rung-')) {
    const rung = Number(name.slice(5));
    const surely = inputs.filter(({ lo, hi }) => lo === rung && hi === rung).length;
    return [surely, inputs.filter(({ lo = 0, hi = 0 }) => lo <= rung && rung <= hi).length];
  }
  if (name.startsWith('median-days.')) return medianEnds(inputs, name.slice('median-days.'.length));
  switch (`${reading} ${name}`) {
    case 'asset-light partner-run-sites':
      return partnerRun(inputs, () => [1, 1]);
    case 'asset-light partner-run-capacity':
      return partnerRun(inputs, ({ lo = 0, hi = INFINITE }) => [lo, hi]);
    case 'partner-dependence largest-loss-of-markets':
      return largestLoss(inputs, 'market');
    case 'partner-dependence largest-loss-of-sites':
      return largestLoss(inputs, 'site');
    case 'partner-dependence partner-hhi': {
      const counts = tally(alone(inputs));
      const hhi = 10_000 * total(counts.map((count) => (count / total(counts)) ** 2));
      return [hhi, hhi];
    }
    case 'market-concentration hhi':
      return concentration(inputs);
    case 'market-concentration effective-markets': {
      const [lo = 0, hi = 0] = concentration(inputs);
      return [10_000 / hi, lo > 0 ? 10_000 / lo : undefined];
    }
    case 'exposure duty':
      return duty(inputs);
    case 'exposure markets-with-duties':
      return [
        grouped('market').filter(({ rate }) => (rate?.lo ?? 0) > 0).length,
        grouped('market').filter(({ rate }) => (rate?.hi ?? 0) > 0).length,
      ];
    case 'exposure other-conditions':
      return [grouped('other-condition').length, grouped('other-condition').length];
    case 'speed announced-sites-started': {
      const [started, awaited] = [grouped('started').length, grouped('awaited').length];
      const all = started + awaited + grouped('never-started').length;
      return [(100 * started) / all, (100 * (started + awaited)) / all];
    }
    default:
      throw new Error(`no formula is known for ${name} of ${reading}`);
  }
}

/** Every number of the reading, compared with the one recomputed from its inputs. */
export const recomputedReading = (reading: ReadingJson): Check[] =>
  reading.numbers.flatMap(({ name, formula, lo, hi }) => {
    const [least, most] = again(reading, name, formula);
    return [
      { what: `${reading.reading} ${name}.lo`, told: lo, recomputed: least },
      { what: `${reading.reading} ${name}.hi`, told: hi, recomputed: most },
    ];
  });
