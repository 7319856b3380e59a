import { addDays, dayNumber, type Day } from '../ledger/edtf.js';
import { perimeterKey, type Measure, type Perimeter } from '../measures/measures.js';
import type { TouchedSubject } from './moved-subjects.js';
import { PersistentMap } from './persistent-map.js';
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

/**
 * The days of the figures of some subjects, by what they count. In the tree of what is counted, each figure stands under
 * `ANY_LENGTH` and under its own.
 */
type FigureSpans = PersistentMap<SpanTree>;

const SPANS = new WeakMap<Subjects, FigureSpans>();
const ANY_LENGTH = '';

/**
 * The days of the figures of a state. They follow from the figures alone, and hold those that are void as well: whoever finds a
 * span asks for its record. O(n log n) for a state that is asked first; the states that `evolve` makes of it have theirs at
 * O(log n).
 */
export function figureSpans(figures: Subjects): FigureSpans {
  const known = SPANS.get(figures);
  if (known) return known;
  let spans: FigureSpans = PersistentMap.empty();
  for (const [key, { state }] of figures)
    if (state) spans = withFigure(spans, key, state as SubjectStates['figure']);
  SPANS.set(figures, spans);
  return spans;
}

/** Keeps the spans of a state up to date for the next one, where anybody asked for them. */
export function keepFigureSpans(before: Subjects, after: Subjects, touched: readonly TouchedSubject[]): void {
  if (before === after) return;
  let spans = SPANS.get(before);
  if (!spans) return;
  for (const { ref, subject } of touched)
    if (ref.kind === 'figure' && subject.state && !before.get(ref.key)?.state)
      spans = withFigure(spans, ref.key, subject.state as SubjectStates['figure']);
  SPANS.set(after, spans);
}

function withFigure(spans: FigureSpans, subject: string, figure: CountedSpan): FigureSpans {
  const { first, last } = figure;
  const counted = countedKey(figure);
  const span: Omit<Span, 'key'> = { first, last, revision: 0, event: subject };
  const tree = spans.get(counted) ?? SpanTree.empty;
  return spans.set(
    counted,
    tree.with({ ...span, key: ANY_LENGTH }).with({ ...span, key: String(lengthOf(figure)) }),
  );
}

/** In days, besides the first. */
export const lengthOf = ({ first, last }: Pick<CountedSpan, 'first' | 'last'>): number =>
  dayNumber(last) - dayNumber(first);

/** Whether two figures count the same, over a period or at a date. */
const countedKey = (figure: CountedSpan): string =>
  figure.period === undefined ? `${figure.measure}|${perimeterKey(figure)}|level` : flowKey(figure);

const flowKey = (counted: Perimeter & { readonly measure: Measure }): string =>
  `${counted.measure}|${perimeterKey(counted)}|flow`;

/** Whether there are figures of periods that count a measure within a perimeter. */
export const hasFlows = (figures: Subjects, counted: Perimeter & { readonly measure: Measure }): boolean =>
  figureSpans(figures).get(flowKey(counted)) !== undefined;

/** The keys of the figures that count the same as one, and whose days hold all of its days. */
export function figuresAround(figures: Subjects, figure: CountedSpan): readonly string[] {
  const tree = figureSpans(figures).get(countedKey(figure));
  return (tree?.within(ANY_LENGTH, figure.first, figure.first) ?? []).flatMap(({ last, event }) =>
    last >= figure.last ? [event] : [],
  );
}

/** Of the figures that count the same as one over as many days, up to so many more or less, those that end at most so many days from its end. */
export function figuresNear(
  figures: Subjects,
  figure: CountedSpan,
  { days, tolerance }: { readonly days: number; readonly tolerance: number },
): Set<string> {
  const found = new Set<string>();
  const tree = figureSpans(figures).get(countedKey(figure));
  if (!tree) return found;
  const length = lengthOf(figure);
  const [from, to] = [addDays(figure.last, -days), addDays(figure.last, days)];
  for (let other = Math.max(0, length - tolerance); other <= length + tolerance; other++)
    for (const { last, event } of tree.within(String(other), from, to))
      if (last >= from && last <= to) found.add(event);
  return found;
}
