import type { Progress } from '../../domain/progress.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { amountInWords, MEASURE_WORDS } from '../design/words.js';

/** What a chart of a target shows, in a sentence that could stand as a headline. */
export function findingOf(name: string, { terms, value, status, deadline, missing }: Progress): string {
  const goal = `${amountInWords(terms.threshold, terms.unit)}${deadline ? ` by ${dateInWords(deadline.words)}` : ''}`;
  const what = MEASURE_WORDS[terms.measure];
  if (!value) return `${name}: nothing reported yet toward ${goal} (${what})`;
  const now = `${value.hi === undefined ? 'at least ' : ''}${amountInWords(value.value, terms.unit)}`;
  switch (status) {
    case 'achieved':
      return `${name} reached ${goal}: ${now} by ${dayInWords(value.last)}`;
    case 'missed':
      return `${name} missed ${goal}: it came to ${now}`;
    case 'withdrawn':
      return `${name} withdrew its goal of ${goal}; it stood at ${now}`;
    case 'on-track':
      return `${name} is at ${now}, on track for ${goal}`;
    case 'acceleration-needed':
      return `${name} is at ${now} and has to speed up for ${goal}`;
    case 'limited':
      return `${name} is at ${now}, far too slow for ${goal}`;
    case 'deteriorating':
      return `${name} is at ${now} and moving away from ${goal}`;
    case 'not-enough-evidence':
      return `${name} is at ${now} of ${goal}${missing.length > 0 ? '; the figures do not say more' : ''}`;
  }
}
