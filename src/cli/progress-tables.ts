import type { Progress } from '../domain/goals/progress.js';
import type { ProgressAnswer } from '../queries/automakers/get-progress.js';
import { coloured } from './colours.js';
import { facts, number, table } from './tables.js';

/** All targets of an automaker, a line each; the many that are about entering one market come last. */
export function targetsTable(all: readonly Progress[]): string {
  const isEntry = ({ terms }: Progress): boolean => terms.measure === 'market-presence';
  const targets = [...all.filter((each) => !isEntry(each)), ...all.filter(isEntry)];
  const rows = targets.map((each) => {
    const { target, status, terms, value, gap, deadline, pace, staleness } = each;
    const unit = terms.unit === 'percent' ? ' %' : '';
    return [
      target,
      status,
      value && `${isUnknownEntry(each) ? '?' : shortBounds(value)}${unit}`,
      `${number(terms.threshold)}${unit}`,
      gap && (isUnknownEntry(each) ? '?' : number(gap.value)),
      deadline?.words,
      paceIn(pace?.toLateEnd?.perYear),
      paceIn(pace?.observed?.perYear),
      staleness && `${staleness.newest}${staleness.stale ? '*' : ''}`,
    ];
  });
  const isStale = targets.some(({ staleness }) => staleness?.stale);
  const columns = [
    'target',
    { head: 'status', whole: true },
    { head: 'value', right: true },
    { head: 'threshold', right: true },
    { head: 'gap', right: true },
    'deadline',
    'required a year',
    'observed a year',
    { head: 'newest', whole: true },
  ];
  return table(columns, rows, coloured) + (isStale ? '* stale: newer figures are due\n' : '');
}

/** Whether a market was entered is known or not; its middle means nothing. */
function isUnknownEntry({ terms, value }: Progress): boolean {
  return terms.measure === 'market-presence' && value?.lo !== value?.hi;
}

/** A pace in one number; of thousands the decimals say nothing. */
function paceIn(bounds: { readonly lo: number; readonly hi: number } | undefined): number | undefined {
  const middle = bounds && (bounds.lo + bounds.hi) / 2;
  return middle !== undefined && Math.abs(middle) >= 1000 ? Math.round(middle) : middle;
}

/** Bounds for a column. */
function shortBounds(bounds: { readonly lo?: number; readonly hi?: number }): string {
  return boundsOf(bounds).replace('at least', '≥').replace('at most', '≤').replace(' – ', '–');
}

/** One target, with everything that its number rests on. */
export function progressInFull(answer: ProgressAnswer): string {
  const { automaker, target, status, terms, on, value, gap, deadline, pace, split, logged, staleness } =
    answer;
  const perYear = (bounds: { lo: number; hi: number } | undefined) =>
    bounds && `${boundsOf(bounds)} ${terms.unit === 'percent' ? 'points' : terms.unit} a year`;
  const ratio = pace?.toLateEnd?.ratio;
  const head = facts([
    ['target', `${target} of ${automaker}, on ${on}`],
    ['wording', `“${terms.wording}”`],
    ['status', coloured(status)],
    ['threshold', `${number(terms.threshold)} ${terms.unit} (${terms.measure})`],
    [
      'value',
      value &&
        `${number(value.value)} ${value.unit}, bounds ${boundsOf(value)}, ${value.first} to ${value.last}`,
    ],
    ['formula', value?.formula],
    ...(value?.inputs ?? []).map(
      (input) => [`  ${input.name}`, `${boundsOf(input.bounds)}, from ${input.events.join(', ')}`] as const,
    ),
    ['conflicts', value?.conflicts.join(', ')],
    ['chosen by', answer.rule],
    ...(answer.calendarYears ?? []).map((year) => [`  in ${year.last.slice(0, 4)}`, boundsOf(year)] as const),
    [
      'logged',
      logged &&
        `${number(logged.count)} one by one${logged.notLogged === undefined ? '' : `, ${number(logged.notLogged)} not logged`}`,
    ],
    ['gap', gap && `${number(gap.value)} (${boundsOf(gap)})`],
    ['deadline', deadline && `${deadline.words} (${deadline.early} to ${deadline.late})`],
    ['observed', perYear(pace?.observed?.perYear)],
    ['required by early end', perYear(pace?.toEarlyEnd?.perYear)],
    ['required by late end', perYear(pace?.toLateEnd?.perYear)],
    ['pace ratio', ratio && `${number(ratio.middle)} (${boundsOf(ratio)})`],
    ['split', split?.words],
    [
      'newest figure',
      staleness && `${staleness.newest}, ${staleness.ageInDays} days old${staleness.stale ? ', stale' : ''}`,
    ],
    ...answer.missing.map((sentence) => ['missing', sentence] as const),
  ]);
  const history = table(
    [{ head: 'said on', whole: true }, 'what', 'threshold', 'counts', 'deadline', 'wording', 'event'],
    answer.versions.map(({ event, occurredOn, type, terms: said }) => [
      occurredOn,
      type.replace('Target', '').toLowerCase(),
      said.threshold,
      said.basis,
      said.deadline,
      said.wording,
      event,
    ]),
  );
  return `${head}\n${history}`;
}

/** Bounds as people write them. */
export function boundsOf({ lo, hi }: { readonly lo?: number; readonly hi?: number }): string {
  if (lo === undefined) return hi === undefined ? 'unknown' : `at most ${number(hi)}`;
  if (hi === undefined) return `at least ${number(lo)}`;
  return number(lo) === number(hi) ? number(lo) : `${number(lo)} – ${number(hi)}`;
}
