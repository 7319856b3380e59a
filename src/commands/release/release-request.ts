import { isMarket, isPlainObject, isSlug } from '../../domain/events/fields.js';
import { BASES, isMeasure, MEASURES, VEHICLES } from '../../domain/measures/measures.js';
import { daySpan } from '../../domain/ledger/edtf.js';
import type { Evidence } from '../../domain/ledger/evidence.js';
import { labelKey, RESTS, type Meaning } from '../../domain/release/label-meaning.js';
import { SPANS } from '../../domain/release/period-words.js';
import type { ReleaseFrame } from '../../domain/release/release-figures.js';
import { SETTLEMENTS, type Settlement } from '../../domain/release/release-standing.js';
import { knownFields } from '../../problems/known-fields.js';
import { InvalidRequest, type FieldProblem } from '../../problems/request-problems.js';

/** A pasted release, its one source, and the analyst's decisions on it. */
export interface ReleaseRequest {
  readonly text: string;
  readonly frame: ReleaseFrame;
  readonly source: Evidence;
  /** When the figures were stated: the day of publication, or otherwise the last day of the month. */
  readonly occurredOn: string;
  /** The meanings of labels that the rules do not know, by label. */
  readonly labels: Readonly<Record<string, Meaning>>;
  /** Codes of confirmed doubts about the events. */
  readonly confirm: readonly string[];
  /** Record the release although sums do not add up. */
  readonly confirmSums: boolean;
  /**
   * The decision on a cell, such as `3:2`, that differs from its recorded figure; undefined if there is none.
   */
  readonly settlements: (place: string) => Settlement | undefined;
  readonly isRecorded: boolean;
}

const FIELDS = [
  'text',
  'month',
  'measure',
  'basis',
  'entity',
  'market',
  'source',
  'labels',
  'differing',
  'confirm',
  'confirmSums',
  'record',
] as const;
const LONGEST_TEXT = 200_000;
const MOST_LABELS = 300;
const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;

/**
 * Throws InvalidRequest that names every invalid field. The source's content is checked later, with the
 * events.
 */
export function releaseRequestFrom(body: unknown): ReleaseRequest {
  const {
    text,
    month,
    measure = 'total-units',
    basis,
    entity,
    market,
    source,
    labels = {},
    differing = {},
    confirm = [],
    confirmSums = false,
    record = false,
  } = knownFields(body, FIELDS);
  const problems: FieldProblem[] = [];
  const wrong = (field: string, message: string): void => {
    problems.push({ field, message });
  };
  if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST_TEXT)
    wrong('text', `must be the pasted table, at most ${LONGEST_TEXT} characters`);
  if (typeof month !== 'string' || !MONTH.test(month))
    wrong('month', 'must be the month of the release, such as 2026-03');
  if (typeof measure !== 'string' || !isMeasure(measure) || MEASURES[measure].nature !== 'flow')
    wrong('measure', 'must be an amount over a period, such as total-units or overseas-units');
  if (basis !== undefined && !BASES.some((each) => each === basis))
    wrong('basis', `must be one of ${BASES.join(', ')}`);
  if (entity !== undefined && !(typeof entity === 'string' && isSlug(entity)))
    wrong('entity', 'must be an id such as brand-mg');
  if (market !== undefined && !(typeof market === 'string' && isMarket(market)))
    wrong('market', 'must be a market or region');
  if (!isPlainObject(source)) wrong('source', 'is missing: url, publisher, publishedOn, grade');
  const told = isPlainObject(labels) ? Object.entries(labels) : [];
  if (!isPlainObject(labels) || told.length > MOST_LABELS)
    wrong('labels', `must be meanings by label, at most ${MOST_LABELS}`);
  for (const [label, meaning] of told) {
    const fault = faultOfMeaning(meaning);
    if (fault !== undefined) wrong(`labels.${label.slice(0, 60)}`, fault);
  }
  if (!isSettlement(differing) && !(isPlainObject(differing) && isSettledByCell(differing)))
    wrong('differing', `must be one of ${SETTLEMENTS.join(', ')}, or that by cell: {"3:2": "correct"}`);
  if (!isTexts(confirm))
    wrong('confirm', 'must be a list of the codes of doubts, such as ["unknown-entity"]');
  if (typeof confirmSums !== 'boolean') wrong('confirmSums', 'must be true or false');
  if (typeof record !== 'boolean') wrong('record', 'must be true or false');
  if (problems.length > 0) throw new InvalidRequest(problems);
  const evidence = source as Evidence;
  const { publishedOn } = evidence;
  const isDated = typeof publishedOn === 'string' && daySpan(publishedOn) !== undefined;
  return {
    text: String(text),
    // Each field was checked above.
    frame: {
      month,
      measure,
      ...(basis !== undefined && { basis }),
      ...(entity !== undefined && { entity }),
      ...(market !== undefined && { market }),
    } as ReleaseFrame,
    source: evidence,
    occurredOn: isDated ? publishedOn : String(month),
    labels: Object.fromEntries(told.map(([label, meaning]) => [labelKey(label), meaning as Meaning])),
    confirm: isTexts(confirm) ? confirm : [],
    confirmSums: confirmSums === true,
    settlements: settlementsFrom(differing),
    isRecorded: record === true,
  };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

const isSettlement = (value: unknown): value is Settlement => SETTLEMENTS.some((each) => each === value);

const isSettledByCell = (value: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(value).every(([place, how]) => /^\d{1,3}:\d{1,2}$/.test(place) && isSettlement(how));

function settlementsFrom(differing: unknown): ReleaseRequest['settlements'] {
  if (isSettlement(differing)) return () => differing;
  const byCell = new Map(isPlainObject(differing) ? Object.entries(differing) : []);
  return (place) => {
    const how = byCell.get(place);
    return isSettlement(how) ? how : undefined;
  };
}

const FLAGS = ['isGrowth', 'isTotal', 'isPart', 'isIgnored'];

function faultOfMeaning(meaning: unknown): string | undefined {
  if (!isPlainObject(meaning)) return 'must be an object';
  for (const [name, value] of Object.entries(meaning)) {
    const isFit =
      (name === 'measure' && typeof value === 'string' && isMeasure(value)) ||
      (name === 'basis' && BASES.some((each) => each === value)) ||
      (name === 'vehicles' && VEHICLES.some((each) => each === value)) ||
      (name === 'entity' && typeof value === 'string' && isSlug(value)) ||
      (name === 'market' && typeof value === 'string' && isMarket(value)) ||
      (name === 'rest' && RESTS.some((each) => each === value)) ||
      (name === 'span' && SPANS.some((each) => each === value)) ||
      (name === 'period' && typeof value === 'string' && daySpan(value) !== undefined) ||
      (FLAGS.includes(name) && value === true);
    if (!isFit) return `${name} does not fit`;
  }
  return undefined;
}
