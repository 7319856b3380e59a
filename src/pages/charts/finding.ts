import type { Progress } from '../../domain/goals/progress.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { amountInWords, boundsInWords, countedInWords } from '../design/words.js';

/** What a chart of a target shows, in a sentence that could stand as a headline. */
export function findingOf(name: string, { terms, value, status, deadline, missing, on }: Progress): string {
  const threshold = amountInWords(terms.threshold, terms.unit);
  const goal = `${threshold}${deadline ? ` by ${dateInWords(deadline.words)}` : ''}`;
  const isOver = deadline !== undefined && deadline.late < on;
  if (!value) {
    const what = countedInWords(terms);
    return isOver
      ? `Nothing reported says how near ${name} came to ${goal} (${what})`
      : `${name}: nothing reported yet toward ${goal} (${what})`;
  }
  const now = boundsInWords(value, terms.unit);
  switch (status) {
    case 'achieved':
      return now === threshold
        ? `${name} reached ${goal}`
        : `${name} reached ${goal}: it was at ${now} on ${dayInWords(value.last)}`;
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
      return `${name} ${isOver ? 'came to' : 'is at'} ${now} of ${goal}${missing.length > 0 ? '; the figures do not say more' : ''}`;
  }
}
