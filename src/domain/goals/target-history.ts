import type { Evidence } from '../ledger/evidence.js';
import { daysOf, type EdtfDate } from '../ledger/edtf.js';
import { FIRMNESS, type TargetTerms, type TargetVersion } from '../state/records.js';

/** What a version of a target changed, judged by its fields. Several classes may apply. */
export type ChangeClass =
  | 'set'
  | 'stronger'
  | 'weaker'
  | 'deadline-set'
  | 'deadline-earlier'
  | 'deadline-later'
  | 'deadline-dropped'
  | 'measure-moved'
  | 'perimeter-moved'
  | 'market-scope-moved'
  | 'firmer'
  | 'less-firm'
  | 'reworded'
  | 'restated'
  | 'withdrawn';

export interface FieldChange {
  readonly field: keyof TargetTerms;
  readonly before?: string | number;
  readonly after?: string | number;
}

/** Who recorded a version, when, and on what evidence. */
export interface Provenance {
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly evidence: readonly Evidence[];
  readonly note?: string;
}

export interface HistoryEntry extends TargetVersion, Provenance {
  readonly classes: readonly ChangeClass[];
  readonly changes: readonly FieldChange[];
}

const FIELDS = [
  'measure',
  'threshold',
  'unit',
  'deadline',
  'wording',
  'entity',
  'basis',
  'market',
  'firmness',
  'restatedEveryMonths',
] as const satisfies readonly (keyof TargetTerms)[];

/** Each version of a target with its changes, oldest first. */
export function targetHistory(
  versions: readonly TargetVersion[],
  provenance: (event: string) => Provenance,
): HistoryEntry[] {
  return versions.map((version, index) => {
    const before = versions[index - 1]?.terms;
    const changes = before ? changesOf(before, version.terms) : [];
    return {
      ...version,
      ...provenance(version.event),
      classes: classesOf(version, before, changes),
      changes,
    };
  });
}

/**
 * Compares later terms of a goal with earlier ones, ignoring versions in between; empty if nothing changed.
 */
export function changeClasses(before: TargetTerms, after: TargetTerms): ChangeClass[] {
  const changes = changesOf(before, after);
  if (changes.length === 0) return [];
  return classesOf({ type: 'TargetRevised', terms: after }, before, changes);
}

function changesOf(before: TargetTerms, after: TargetTerms): FieldChange[] {
  return FIELDS.filter((field) => before[field] !== after[field]).map((field) => {
    const [was, is] = [before[field], after[field]];
    return { field, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) };
  });
}

function classesOf(
  { type, terms }: Pick<TargetVersion, 'type' | 'terms'>,
  before: TargetTerms | undefined,
  changes: readonly FieldChange[],
): ChangeClass[] {
  if (!before) return ['set'];
  if (type === 'TargetWithdrawn') return ['withdrawn'];
  const changed = new Set(changes.map(({ field }) => field));
  const classes: ChangeClass[] = [];
  if (changed.has('measure')) classes.push('measure-moved');
  else if (changed.has('threshold')) classes.push(terms.threshold > before.threshold ? 'stronger' : 'weaker');
  classes.push(...deadlineClasses(before.deadline, terms.deadline));
  if (changed.has('entity') || changed.has('basis')) classes.push('perimeter-moved');
  if (changed.has('market')) classes.push('market-scope-moved');
  classes.push(...firmnessClasses(before, terms));
  if (classes.length > 0) return classes;
  if (type === 'TargetRestated') return changed.has('wording') ? ['restated', 'reworded'] : ['restated'];
  return changed.has('wording') ? ['reworded'] : ['restated'];
}

/** An interval can move at both ends: changing 2033 to 2029/2036 is both earlier and later. */
function deadlineClasses(before: EdtfDate | undefined, after: EdtfDate | undefined): ChangeClass[] {
  if (before === after) return [];
  if (before === undefined) return ['deadline-set'];
  if (after === undefined) return ['deadline-dropped'];
  const [was, is] = [daysOf(before), daysOf(after)];
  const earlier = is.first < was.first || is.last < was.last;
  const later = is.last > was.last || is.first > was.first;
  const classes: ChangeClass[] = [];
  if (earlier) classes.push('deadline-earlier');
  if (later) classes.push('deadline-later');
  return classes;
}

function firmnessClasses({ firmness: before }: TargetTerms, { firmness: after }: TargetTerms): ChangeClass[] {
  if (before === undefined || after === undefined || before === after) return [];
  return FIRMNESS.indexOf(after) > FIRMNESS.indexOf(before) ? ['firmer'] : ['less-firm'];
}
