import type { Progress } from '../domain/progress.js';
import type { ProgressAnswer } from '../queries/automakers/get-progress.js';
import { facts, number, table } from './tables.js';

/** All targets of an automaker, a line each; the many that are about entering one market come last. */
export function targetsTable(all: readonly Progress[]): string {
  const isEntry = ({ terms }: Progress): boolean => terms.measure === 'market-presence';
  const targets = [...all.filter((each) => !isEntry(each)), ...all.filter(isEntry)];
  return table(
    ['target', 'status', 'value', 'bounds', 'threshold', 'unit', 'deadline', 'pace', 'newest'],
    targets.map(({ target, status, terms, value, deadline, pace, staleness }) => [
      target,
      status,
      value ? shownValue(terms.measure, value) : '–',
      value ? boundsOf(value) : '',
      number(terms.threshold),
      terms.unit,
      deadline?.words ?? '–',
      number(pace?.toLateEnd?.ratio?.middle) || '–',
      staleness ? `${staleness.newest}${staleness.stale ? ' (stale)' : ''}` : '–',
    ]),
  );
}

/** Whether a market was entered is known or not; its middle means nothing. */
function shownValue(measure: string, { value, lo, hi }: { value: number; lo?: number; hi?: number }): string {
  return measure === 'market-presence' && lo !== hi ? '?' : number(value);
}

/** One target, with everything that its number rests on. */
export function progressInFull(answer: ProgressAnswer): string {
  const {
    automaker,
    target,
    status,
    terms,
    on,
    value,
    gap,
    deadline,
    pace,
    split,
    logged,
    staleness,
    missing,
    versions,
  } = answer;
  const perYear = (bounds: { lo: number; hi: number } | undefined) =>
    bounds && `${boundsOf(bounds)} ${terms.unit === 'percent' ? 'points' : terms.unit} a year`;
  const head = facts([
    ['target', `${target} of ${automaker}, on ${on}`],
    ['wording', `“${terms.wording}”`],
    ['status', status],
    ['threshold', `${number(terms.threshold)} ${terms.unit} (${terms.measure})`],
    [
      'value',
      value &&
        `${number(value.value)} ${value.unit}, between ${boundsOf(value)}, ${value.first} to ${value.last}`,
    ],
    ['formula', value?.formula],
    ...(value?.inputs ?? []).map(
      (input) => [`  ${input.name}`, `${boundsOf(input.bounds)}, from ${input.events.join(', ')}`] as const,
    ),
    ['conflicts', value?.conflicts.join(', ')],
    [
      'logged',
      logged &&
        `${number(logged.count)} one by one${logged.notLogged === undefined ? '' : `, ${number(logged.notLogged)} not logged`}`,
    ],
    ['gap', gap && number(gap.value)],
    ['deadline', deadline && `${deadline.words} (${deadline.early} to ${deadline.late})`],
    ['observed', perYear(pace?.observed?.perYear)],
    ['required', perYear(pace?.toLateEnd?.perYear)],
    ['pace ratio', number(pace?.toLateEnd?.ratio?.middle)],
    ['split', split?.words],
    [
      'newest figure',
      staleness && `${staleness.newest}, ${staleness.ageInDays} days old${staleness.stale ? ', stale' : ''}`,
    ],
    ...missing.map((sentence) => ['missing', sentence] as const),
  ]);
  const history = table(
    ['said on', 'what', 'threshold', 'counts', 'deadline', 'wording'],
    versions.map(({ occurredOn, type, terms: said }) => [
      occurredOn,
      type.replace('Target', '').toLowerCase(),
      number(said.threshold),
      said.basis ?? '–',
      said.deadline ?? '–',
      said.wording,
    ]),
  );
  return `${head}\n${history}`;
}

function boundsOf({ lo, hi }: { readonly lo?: number; readonly hi?: number }): string {
  if (lo === undefined) return hi === undefined ? 'unknown' : `at most ${number(hi)}`;
  if (hi === undefined) return `at least ${number(lo)}`;
  return number(lo) === number(hi) ? number(lo) : `${number(lo)} – ${number(hi)}`;
}
