import { createContext, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import type { ToldNumber } from '../../domain/audit/shown-numbers.js';
import { daySpan } from '../../domain/ledger/edtf.js';
import { NAMING } from '../../queries/names.js';
import { useLink } from '../page-context.js';
import { dateInWords, dayInWords } from './dates.js';
import { Value } from './value.js';
import { numberInWords, slugInSentence, STATUS_LOOKS, valueInWords, withCapital } from './words.js';

const Titles = createContext<ReadonlyMap<string, string>>(new Map());

/** Provides the titles of goals, by `automaker/target`. */
export const GoalTitles = Titles.Provider;

/** The title of a goal; without one, its slug in words. */
export const useGoalTitle = (automaker: string | undefined, target: string): string =>
  useContext(Titles).get(`${automaker ?? ''}/${target}`) ?? withCapital(slugInSentence(target));

/** The names of a goal's numbers. */
const OF_A_GOAL: Readonly<Record<string, string>> = {
  status: 'verdict',
  value: 'newest figure',
  'value.lo': 'newest figure',
  'value.hi': 'newest figure',
  threshold: 'what is to be reached',
  deadline: 'deadline',
  logged: 'logged one by one',
  paceRatio: 'pace of what is needed',
};

const PLAIN: Readonly<Record<string, string>> = {
  'markets.present': 'Markets where it sells, by what is logged',
  'partnerships.running': 'Partners, by what is logged',
  'sites.announced': 'Plants announced',
  'sites.running': 'Plants running, by what is logged',
  'sites.ended': 'Plants that ended',
  'sites.cancelled': 'Plants given up',
  'figures.reported': 'Figures on record',
};

interface NumberParts {
  readonly target?: string;
  readonly words: string;
}

function partsOf(number: string): NumberParts {
  const goal = /^targets\.([^.]+)\.(.+)$/.exec(number);
  if (goal?.[1] !== undefined) return { target: goal[1], words: OF_A_GOAL[goal[2] ?? ''] ?? 'number' };
  const outlet = /^outlets\.([^.]+)\.([A-Z]{2,})$/.exec(number);
  if (outlet?.[1] !== undefined)
    return { words: `${withCapital(valueInWords(outlet[1]))}s logged in ${NAMING.place(outlet[2] ?? '')}` };
  return { words: PLAIN[number] ?? withCapital(slugInSentence(number.replaceAll('.', ' '))) };
}

/** The name of a number with a link to its page. */
export function NumberName({ number, automaker }: { number: string; automaker: string | undefined }): VNode {
  const link = useLink();
  const { target, words } = partsOf(number);
  const title = useGoalTitle(automaker, target ?? '');
  if (target === undefined) return <>{words}</>;
  if (automaker === undefined) return <>{`${title}: ${words}`}</>;
  return (
    <>
      <a href={link(`/automakers/${automaker}/targets/${target}`)}>{title}</a>: {words}
    </>
  );
}

/** A value in words, including verdicts and dates. */
export function textInWords(value: number | string | undefined): string {
  if (value === undefined) return 'none';
  if (typeof value === 'number') return numberInWords(value);
  if (Object.hasOwn(STATUS_LOOKS, value)) return STATUS_LOOKS[value as keyof typeof STATUS_LOOKS].words;
  return daySpan(value) ? dateInWords(value) : valueInWords(value);
}

/**
 * A goal's value in words: figures with their bounds, and a verdict without current support as the last one.
 */
export function toldInWords(value: number | string | undefined, told: ToldNumber = {}): string {
  if (value === undefined) return told.words ?? 'none';
  if (told.age === 'no-current-evidence' && told.asOf !== undefined)
    return `No current evidence; as of ${dayInWords(told.asOf)}: ${textInWords(value)}`;
  return told.words ?? textInWords(value);
}

/** Keeps only the first of a figure's bounds, because they are shown together. */
export function boundsOnce<T extends { readonly number: string }>(numbers: readonly T[]): T[] {
  const figures = new Set<string>();
  return numbers.filter(({ number }) => {
    const figure = /^(targets\.[^.]+\.value)(?:\.(?:lo|hi))?$/.exec(number)?.[1];
    if (figure === undefined) return true;
    const isFirst = !figures.has(figure);
    figures.add(figure);
    return isFirst;
  });
}

export function NumberOrText({ value, at }: { value: number | string | undefined; at: string }): VNode {
  return typeof value === 'number' ? <Value value={value} at={at} /> : <>{textInWords(value)}</>;
}
