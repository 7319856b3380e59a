import type { Progress } from '../../domain/goals/progress.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { amountInWords, boundsInWords, countedInWords } from '../design/words.js';

/** The bands within a sentence. */
const LOW = {
  'on-track': 'on track',
  'acceleration-needed': 'acceleration needed',
  limited: 'limited',
  deteriorating: 'deteriorating',
} as const;

/** What a chart of a target shows, in a sentence that could stand as a headline. */
export function findingOf(
  name: string,
  { terms, value, status, deadline, missing, on, late, bands, statusAsOf }: Progress,
): string {
  const threshold = amountInWords(terms.threshold, terms.unit);
  const goal = `${threshold}${deadline ? ` by ${dateInWords(deadline.words)}` : ''}`;
  const isOver = deadline !== undefined && deadline.late < on;
  if (!value) {
    const what = countedInWords(terms);
    return isOver
      ? `Nothing reported says how near ${name} came to ${goal} (${what})`
      : `${name}: nothing reported yet toward ${goal} (${what})`;
  }
  const asOf =
    statusAsOf === undefined || terms.measure === 'market-presence' ? '' : ` as of ${dayInWords(statusAsOf)}`;
  const now = boundsInWords(value, terms.unit);
  // "at least" takes no second "at".
  const was = now.startsWith('at ') ? 'had' : 'was at';
  const more = missing.length > 0 ? '; the figures do not say more' : '';
  switch (status) {
    case 'achieved':
      return now === threshold
        ? `${name} reached ${goal}`
        : `${name} reached ${goal}: it ${was} ${now} on ${dayInWords(value.last)}`;
    case 'met-when-set':
      return `${name} ${was} ${now} already when it set ${goal}`;
    case 'missed':
      return late
        ? `${name} missed ${goal}: it came late, ${dateInWords(late.on)}`
        : `${name} missed ${goal}: it came to ${now}`;
    case 'between-bands':
      return `${name} ${was} ${now}${asOf}${bands ? `, between ${LOW[bands.lowest]} and ${LOW[bands.highest]}` : ''} for ${goal}`;
    case 'not-comparable':
      return `${name}: no figure counts what its goal of ${goal} counts`;
    case 'withdrawn':
      return `${name} withdrew its goal of ${goal}; it stood at ${now}`;
    case 'on-track':
      return `${name} ${was} ${now}${asOf}, on track for ${goal}`;
    case 'acceleration-needed':
      return `${name} ${was} ${now}${asOf} and has to speed up for ${goal}`;
    case 'limited':
      return `${name} ${was} ${now}${asOf}, far too slow for ${goal}`;
    case 'deteriorating':
      return `${name} ${was} ${now}${asOf} and moving away from ${goal}`;
    case 'not-enough-evidence':
      return isOver
        ? `${name} came to ${now}, of ${goal}${more}`
        : `${name} ${was} ${now}${asOf}, of ${goal}${more}`;
  }
}
