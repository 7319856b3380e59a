import type { Unit } from '../measures/measures.js';
import { dateInWords } from '../words/dates.js';
import { unitInWords } from '../words/goals.js';
import type { Day } from '../ledger/edtf.js';
import type { MethodForecast } from './method-forecast.js';
import type { MethodName } from './method.js';
import { LEAST_ORIGINS, type OriginClock, type Past } from './past-errors.js';

/** Names of the methods for readers. */
export const METHOD_WORDS: Readonly<Record<MethodName, string>> = {
  persistence: 'nothing changes',
  drift: 'mean growth goes on',
  'damped-trend': 'damped trend',
  theta: 'theta',
  ets: 'exponential smoothing',
  logistic: 'logistic growth',
  gompertz: 'Gompertz growth',
};

/** What past forecasts are based on. */
const THEN: Readonly<Record<OriginClock, string>> = {
  recorded: 'what this ledger had recorded by then',
  published: 'what had been published by then, whenever it was recorded here',
};

/** Why there is no forecast despite enough points, in sentences. */
export function reasonsOf(methods: readonly MethodForecast[], past: Past, pasts: readonly Past[]): string[] {
  if (past.origins.length < LEAST_ORIGINS)
    return [
      `A method is judged by ${LEAST_ORIGINS} forecasts or more, each made from what had been told by then, of something that still lay ahead.`,
      ...pasts.map(({ clock, vintages, origins }) => {
        const days = vintages === 0 ? 'no day' : vintages === 1 ? 'one day' : `${vintages} days`;
        const found = origins.length === 0 ? 'none' : `only ${origins.length}`;
        return `The figures were ${clock} on ${days}: that gives ${found}.`;
      }),
    ];
  const told = methods.flatMap(({ method, score, inapplicable }) => {
    if (method === 'persistence') return [];
    if (score) return [`“${METHOD_WORDS[method]}” was nearer ${score.nearer} times of ${score.origins}`];
    return inapplicable === undefined ? [] : [`“${METHOD_WORDS[method]}” does not apply`];
  });
  return [
    `Of ${past.origins.length} forecasts on ${THEN[past.clock]}, no method was nearer than “nothing changes” by a tenth on average and more than half of the times: ${told.join('; ')}.`,
  ];
}

interface Told {
  readonly unit: Unit;
  readonly threshold?: number;
  readonly clock: OriginClock;
  readonly origins: number;
}

/**
 * Sentences on what the methods that beat persistence forecast for the last day, when each reaches the
 * threshold, and which values have no bands.
 */
export function wordsOf(
  methods: readonly MethodForecast[],
  { unit, threshold, clock, origins }: Told,
): string[] {
  const others = methods.filter(({ method }) => method !== 'persistence');
  const shown = others.flatMap(({ method, values, reachesOn }) => {
    const last = values.at(-1);
    return last ? [{ method: METHOD_WORDS[method], last, values, reachesOn }] : [];
  });
  const sentences = [
    `Judged by ${origins} forecasts that each method would have made of ${THEN[clock]}${clock === 'published' ? ' (pseudo-real-time)' : ''}.`,
  ];
  if (shown.length > 0) {
    const values = shown.map(({ method, last }) => `${amount(last.value, unit)} (${method})`);
    const lead = shown.length > 1 ? 'The methods side by side' : 'One method beats “nothing changes”';
    sentences.push(`${lead}: on ${dateInWords(shown[0]?.last.on ?? '')} it is ${values.join(', ')}.`);
  }
  if (threshold !== undefined) {
    const reached = shown.map(({ method, reachesOn }) => `${method} ${yearOf(reachesOn)}`);
    sentences.push(`When they come to ${amount(threshold, unit)}: ${reached.join(', ')}.`);
  }
  const worse = others.filter(({ score }) => score && !score.beatsPersistence);
  if (worse.length > 0)
    sentences.push(
      `Not shown, for it was no nearer than “nothing changes”: ${worse.map(({ method }) => METHOD_WORDS[method]).join(', ')}.`,
    );
  for (const { method, values: ahead } of shown) {
    const unchecked = ahead.filter(({ bands }) => bands.length === 0).map(({ on }) => dateInWords(on));
    if (unchecked.length > 0)
      sentences.push(
        `No bands of ${method} for ${unchecked.join(', ')}: too few of its forecasts of so far ahead have come due, or its bands did not hold what they say.`,
      );
  }
  return sentences;
}

const yearOf = (day: Day | undefined): string =>
  day === undefined ? 'not within thirty years' : `by the end of ${day.slice(0, 4)}`;

const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

function amount(value: number, unit: Unit): string {
  return unit === 'percent'
    ? `${value.toFixed(1)} %`
    : `${NUMBERS.format(value)} ${unitInWords(unit, value)}`;
}
