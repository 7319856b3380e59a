import type { Progress } from '../domain/goals/progress.js';
import type { ProgressAnswer } from '../queries/automakers/get-progress.js';
import { coloured } from './colours.js';
import { facts, number, table } from './tables.js';

const AGE_MARKS = { current: '', 'newer-figures-due': '*', 'no-current-evidence': '**' } as const;
const AGE_NOTES = {
  'newer-figures-due': '* newer figures are due',
  'no-current-evidence': '** no current evidence: the last verdict that there was',
} as const;

/** All targets of an automaker, one per line. The many targets for single market entries come last. */
export function targetsTable(all: readonly Progress[]): string {
  const isEntry = ({ terms }: Progress): boolean => terms.measure === 'market-presence';
  const targets = [...all.filter((each) => !isEntry(each)), ...all.filter(isEntry)];
  const rows = targets.map((each) => {
    const { target, status, terms, value, gap, deadline, amount, pace, statusAsOf, staleness } = each;
    const unit = terms.unit === 'percent' ? ' %' : '';
    return [
      target,
      status,
      value && `${shortBounds(value)}${unit}`,
      `${number(terms.threshold)}${unit}`,
      gap && number(gap.value),
      deadline?.words,
      amount && `${number(amount.timeGone)} %`,
      ratioOf(amount?.pace ?? pace?.sinceSet ?? pace?.lastYear),
      statusAsOf && `${statusAsOf}${staleness ? AGE_MARKS[staleness.age] : ''}`,
    ];
  });
  const notes = Object.entries(AGE_NOTES).filter(([age]) =>
    targets.some(({ staleness }) => staleness?.age === age),
  );
  const columns = [
    'target',
    { head: 'status', whole: true },
    { head: 'value', right: true },
    { head: 'threshold', right: true },
    { head: 'gap', right: true },
    'deadline',
    { head: 'time gone', right: true },
    { head: 'pace', right: true },
    { head: 'as of', whole: true },
  ];
  return table(columns, rows, coloured) + notes.map(([, note]) => `${note}\n`).join('');
}

/** The ratio of actual to required pace. */
function ratioOf(ratio: { readonly lo: number; readonly hi: number } | undefined): string | undefined {
  return ratio && shortBounds({ lo: hundredths(ratio.lo), hi: hundredths(ratio.hi) });
}

const hundredths = (value: number): number => Math.round(100 * value) / 100;

/** Bounds in short form for a column. */
function shortBounds(bounds: { readonly lo?: number; readonly hi?: number }): string {
  return boundsOf(bounds).replace('at least', '≥').replace('at most', '≤').replace(' – ', '–');
}

/** One target, with everything behind its number. */
export function progressInFull(answer: ProgressAnswer): string {
  const { automaker, target, status, terms, on, value, gap, deadline, amount, pace, split, logged } = answer;
  const { staleness, latest, other, outcomes, slip } = answer;
  const perYear = (bounds: { lo: number; hi: number } | undefined) =>
    bounds && `${boundsOf(bounds)} ${terms.unit === 'percent' ? 'points' : terms.unit} a year`;
  const head = facts([
    ['target', `${target} of ${automaker}, on ${on}`],
    ['wording', `“${terms.wording}”`],
    ['status', coloured(status)],
    ['as of', answer.statusAsOf],
    ['in words', answer.summary],
    ['kind', `${answer.kind}, ${answer.kindKnown}`],
    ['read otherwise', other && `${other.kind}: ${other.status}. ${other.summary}`],
    ['threshold', `${number(terms.threshold)} ${terms.unit} (${terms.measure})`],
    [
      'value',
      value &&
        `${number(value.value)} ${value.unit}, bounds ${boundsOf(value)}, ${value.first} to ${value.last}`,
    ],
    ['newest known', latest && `${boundsOf(latest)}, ${latest.first} to ${latest.last}`],
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
    ['time gone', amount && `${number(amount.timeGone)} %, ${number(amount.monthsLeft)} months left`],
    ['needed a month', amount?.neededAMonth && boundsOf(amount.neededAMonth)],
    ['last three months', amount?.lastThreeMonths && `${boundsOf(amount.lastThreeMonths.aMonth)} a month`],
    ['pace', amount?.pace && `${ratioOf(amount.pace) ?? ''} (${amount.pace.method})`],
    ['pace since set', ratioOf(pace?.sinceSet)],
    ['pace of last year', ratioOf(pace?.lastYear)],
    ...(outcomes ?? []).map(
      (each) =>
        [
          `  said ${each.saidOn}`,
          `${number(each.threshold)} by ${each.deadline ?? 'no date'}: ${each.status}`,
        ] as const,
    ),
    [
      'slip',
      slip &&
        `${slip.rate === undefined ? '' : `${number(hundredths(slip.rate))} months a month, `}from ${slip.from} to ${slip.to}`,
    ],
    ['split', split?.words],
    [
      'newest figure',
      staleness &&
        `${staleness.newest}, ${staleness.ageInDays} days old: ${staleness.age.replaceAll('-', ' ')}`,
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

/** Bounds in words. */
export function boundsOf({ lo, hi }: { readonly lo?: number; readonly hi?: number }): string {
  if (lo === undefined) return hi === undefined ? 'unknown' : `at most ${number(hi)}`;
  if (hi === undefined) return `at least ${number(lo)}`;
  return number(lo) === number(hi) ? number(lo) : `${number(lo)} – ${number(hi)}`;
}
