import type { Unit } from '../measures/measures.js';
import type { Day } from '../ledger/edtf.js';
import type { MethodForecast } from './method-forecast.js';
import { LEAST_ORIGINS } from './past-errors.js';

/** Why there is no forecast though there are points enough, in sentences. */
export function reasonsOf(methods: readonly MethodForecast[], origins: number, vintages: number): string[] {
  if (origins < LEAST_ORIGINS) {
    const days = vintages === 1 ? 'one day' : `${vintages} days`;
    const found = origins === 0 ? 'none' : `only ${origins}`;
    return [
      `The figures were recorded on ${days}. A method is judged by ${LEAST_ORIGINS} forecasts or more, each made from what was recorded by then, of something that still lay ahead, and there is ${found}.`,
      'The day on which a source was published is not taken for the day on which it was recorded.',
    ];
  }
  const told = methods.flatMap(({ method, score, inapplicable }) => {
    if (method === 'persistence') return [];
    if (score) return [`${method} was nearer ${score.nearer} times of ${score.origins}`];
    return inapplicable === undefined ? [] : [`${method} does not apply`];
  });
  return [
    `Of ${origins} forecasts on what was known then, no method was nearer than to say that nothing changes, both on average and at more than half of them: ${told.join('; ')}.`,
  ];
}

/** What the methods that beat persistence say of the last day, when each comes to the threshold, and what nobody checked. */
export function wordsOf(
  methods: readonly MethodForecast[],
  { unit, threshold }: { readonly unit: Unit; readonly threshold: number },
): string[] {
  const others = methods.filter(({ method }) => method !== 'persistence');
  const shown = others.flatMap(({ method, values, reachesOn }) => {
    const last = values.at(-1);
    return last ? [{ method, last, values, reachesOn }] : [];
  });
  const values = shown.map(({ method, last }) => `${amount(last.value, unit)} (${method})`);
  const reached = shown.map(({ method, reachesOn }) => `${method} ${yearOf(reachesOn)}`);
  const lead = shown.length > 1 ? 'The methods side by side' : 'One method beats persistence';
  const sentences = [
    `${lead}: on ${shown[0]?.last.on ?? ''} it is ${values.join(', ')}.`,
    `When they come to ${amount(threshold, unit)}: ${reached.join(', ')}.`,
  ];
  const worse = others.filter(({ score }) => score && !score.beatsPersistence).map(({ method }) => method);
  if (worse.length > 0) sentences.push(`Not shown, for it did not beat persistence: ${worse.join(', ')}.`);
  for (const { method, values: ahead } of shown) {
    const unchecked = ahead.filter(({ bands }) => bands.length === 0).map(({ on }) => on.slice(0, 4));
    if (unchecked.length > 0)
      sentences.push(
        `No bands of ${method} for ${unchecked.join(', ')}: too few of its forecasts of so far ahead have come due, or its bands did not hold what they say.`,
      );
  }
  return sentences;
}

const yearOf = (day: Day | undefined): string =>
  day === undefined ? 'not within thirty years' : `by the end of ${day.slice(0, 4)}`;

function amount(value: number, unit: Unit): string {
  return unit === 'percent' ? `${value.toFixed(1)} %` : `${Math.round(value)} ${unit}`;
}
