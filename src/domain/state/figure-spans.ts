import { Beside } from './beside.js';
import { addDays, dayNumber, type Day } from '../ledger/edtf.js';
import { perimeterKey, type Measure, type Perimeter } from '../measures/measures.js';
import type { TouchedSubject } from './moved-subjects.js';
import { PersistentMap } from './persistent-map.js';
import { SpanTree, type Span } from './span-tree.js';
import type { Subjects } from './stream-state.js';
import type { SubjectStates } from './subject-state.js';

/** What a figure counts and over which days: enough to find related figures. */
export interface CountedSpan extends Perimeter {
  readonly measure: Measure;
  readonly period?: string;
  readonly first: Day;
  readonly last: Day;
}

/**
 * The days of figures, indexed by what they count. Each figure is in its tree twice: under `ANY_LENGTH` and
 * under its own length.
 */
type FigureSpans = PersistentMap<SpanTree>;

const SPANS = new Beside<Subjects, FigureSpans>();
const ANY_LENGTH = '';

/**
 * The days of the figures of a state. They depend on the figures alone. Void figures are included, so callers
 * must look up the record of a span. O(n log n) for the first call on a state; `evolve` updates the spans of
 * the following states in O(log n).
 */
export const figureSpans = (figures: Subjects): FigureSpans => SPANS.of(figures, spansOf);

function spansOf(figures: Subjects): FigureSpans {
  let spans: FigureSpans = PersistentMap.empty();
  for (const [key, { state }] of figures)
    if (state) spans = withFigure(spans, key, state as SubjectStates['figure']);
  return spans;
}

/** Updates the spans for the next state, if the spans of the previous state were ever requested. */
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

/** Length in days, not counting the first day. */
export const lengthOf = ({ first, last }: Pick<CountedSpan, 'first' | 'last'>): number =>
  dayNumber(last) - dayNumber(first);

/** Equal for figures that count the same, either over a period or at a date. */
const countedKey = (figure: CountedSpan): string =>
  figure.period === undefined ? `${figure.measure}|${perimeterKey(figure)}|level` : flowKey(figure);

const flowKey = (counted: Perimeter & { readonly measure: Measure }): string =>
  `${counted.measure}|${perimeterKey(counted)}|flow`;

/** Whether any figure counts a measure within a perimeter over a period. */
export const hasFlows = (figures: Subjects, counted: Perimeter & { readonly measure: Measure }): boolean =>
  figureSpans(figures).get(flowKey(counted)) !== undefined;

/** The keys of the figures that count the same and whose days include all days of the given figure. */
export function figuresAround(figures: Subjects, figure: CountedSpan): readonly string[] {
  const tree = figureSpans(figures).get(countedKey(figure));
  return (tree?.within(ANY_LENGTH, figure.first, figure.first) ?? []).flatMap(({ last, event }) =>
    last >= figure.last ? [event] : [],
  );
}

/** A stream with more kinds of counts than this is not searched for another market. */
const MOST_LOOKED_AT = 1000;

/** The keys that figures of the same days have which count the same in another market. */
export function* figuresOfOtherMarkets(figures: Subjects, figure: CountedSpan): Generator<string> {
  if (figure.market === undefined) return;
  let looked = 0;
  for (const [counted] of figureSpans(figures)) {
    if (++looked > MOST_LOOKED_AT) return;
    // Markets are codes, so the first marks of a key separate its parts.
    const market = counted.split('|', 3)[2];
    if (market === undefined || market === '' || market === figure.market) continue;
    const beside = { ...figure, market };
    if (countedKey(beside) !== counted) continue;
    yield `${beside.measure}|${perimeterKey(beside)}|${figure.first}/${figure.last}`;
  }
}

/**
 * Figures that count the same over about as many days (± `tolerance`) and end at most `days` days before or
 * after the given figure.
 */
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
