import { addDays, dayNumber, type Day } from '../ledger/edtf.js';
import { perimeterKey, perimeterOf, type Measure, type Perimeter } from '../measures/measures.js';
import type { TouchedSubject } from './moved-subjects.js';
import { SpanTree, type Span } from './span-tree.js';
import type { Subjects } from './stream-state.js';
import type { SubjectStates } from './subject-state.js';

/** What a figure counts, of when: enough to find others beside it. */
export interface CountedSpan extends Perimeter {
  readonly measure: Measure;
  readonly period?: string;
  readonly first: Day;
  readonly last: Day;
}

const SPANS = new WeakMap<Subjects, SpanTree>();

/**
 * The days of the figures of a state, by what they count, and by that and their length. It follows from the figures alone,
 * and holds those that are void as well: whoever finds a span asks for its record. O(n log n) for a state that is asked first;
 * the states that `evolve` makes of it have theirs at O(log n).
 */
export function figureSpans(figures: Subjects): SpanTree {
  const known = SPANS.get(figures);
  if (known) return known;
  let spans = SpanTree.empty;
  for (const [key, { state }] of figures)
    if (state) spans = withFigure(spans, key, state as SubjectStates['figure']);
  SPANS.set(figures, spans);
  return spans;
}

/** Keeps the spans of a state up to date for the next one, where anybody asked for them. */
export function keepFigureSpans(before: Subjects, after: Subjects, touched: readonly TouchedSubject[]): void {
  let spans = SPANS.get(before);
  if (!spans || before === after) return;
  for (const { ref, subject } of touched)
    if (ref.kind === 'figure' && subject.state && !before.get(ref.key)?.state)
      spans = withFigure(spans, ref.key, subject.state as SubjectStates['figure']);
  SPANS.set(after, spans);
}

function withFigure(spans: SpanTree, subject: string, figure: CountedSpan): SpanTree {
  const { first, last } = figure;
  const counted = countedKey(figure);
  const span: Omit<Span, 'key'> = { first, last, revision: 0, event: subject };
  return spans.with({ ...span, key: counted }).with({ ...span, key: lengthKey(counted, lengthOf(figure)) });
}

/** In days, besides the first. */
export const lengthOf = ({ first, last }: Pick<CountedSpan, 'first' | 'last'>): number =>
  dayNumber(last) - dayNumber(first);

const countedKey = (figure: CountedSpan): string =>
  `${figure.measure}|${perimeterKey(perimeterOf(figure))}|${figure.period === undefined ? 'level' : 'flow'}`;
const lengthKey = (counted: string, length: number): string => `${counted}|${length}`;

/** The keys of the figures that count the same as one, and whose days hold all of its days. */
export function* figuresAround(figures: Subjects, figure: CountedSpan): Generator<string> {
  for (const { last, event } of figureSpans(figures).within(countedKey(figure), figure.first, figure.first))
    if (last >= figure.last) yield event;
}

/** Of the figures that count the same as one over as many days, up to so many more or less, those that end at most so many days from its end. */
export function figuresNear(
  figures: Subjects,
  figure: CountedSpan,
  { days, tolerance }: { readonly days: number; readonly tolerance: number },
): Set<string> {
  const spans = figureSpans(figures);
  const length = lengthOf(figure);
  const counted = countedKey(figure);
  const [from, to] = [addDays(figure.last, -days), addDays(figure.last, days)];
  const found = new Set<string>();
  for (let other = Math.max(0, length - tolerance); other <= length + tolerance; other++)
    for (const { last, event } of spans.within(lengthKey(counted, other), from, to))
      if (last >= from && last <= to) found.add(event);
  return found;
}
