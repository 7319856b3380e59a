import { daySpan } from '../../domain/ledger/edtf.js';
import { idFor, idNamed } from '../../domain/ledger/picked-names.js';
import { dateFromWords } from '../../domain/ledger/dates-in-words.js';
import { marketFrom } from '../../domain/ledger/understood-words.js';
import { BASES, MEASURE_NAMES, MEASURES, VEHICLES } from '../../domain/measures/measures.js';
import { meaningOf, RESTS, type Meaning } from '../../domain/release/label-meaning.js';
import { periodOfSpan, SPANS } from '../../domain/release/period-words.js';
import type { NamedThing } from '../../queries/log/names-to-pick.js';
import { marketName } from '../../queries/names.js';
import { companyName } from '../design/words.js';
import { textOf, type FormValues } from '../form-body.js';

/** The possible roles of a label for its figures. */
export const ROLES = ['growth', 'part', 'total', 'brands', 'powertrains', 'bodies', 'ignored'] as const;
export type Role = (typeof ROLES)[number];

/** A label of the table, with the values of the fields that define its meaning. */
export interface LabelFields {
  readonly label: string;
  /** The typed or chosen values, by the last part of the field's name. */
  readonly values: Readonly<Record<LabelField, string>>;
}

const FIELDS = ['role', 'entity', 'market', 'measure', 'vehicles', 'basis', 'span', 'period'] as const;
export type LabelField = (typeof FIELDS)[number];

/** Measures in a release: amounts over a period that are not about one market. */
export const RELEASE_MEASURES = MEASURE_NAMES.filter(
  (measure) => MEASURES[measure].nature === 'flow' && !MEASURES[measure].needsMarket,
);

/** The choice of a period that is entered separately. */
const ANOTHER = 'another';

/** Maximum number of labels that are read from a form. */
const MOST_LABELS = 300;

/** The name of a field for a label's meaning. */
export const labelField = (index: number, field: LabelField | 'label'): string => `label[${index}].${field}`;

/** The labels in a form, with the choices for each. */
export function labelsIn(values: FormValues): LabelFields[] {
  const found: LabelFields[] = [];
  for (let index = 0; index < MOST_LABELS; index++) {
    const label = textOf(values, labelField(index, 'label'));
    if (label === '') break;
    const of = (field: LabelField): string => textOf(values, labelField(index, field));
    found.push({ label, values: fieldsFrom(of) });
  }
  return found;
}

const fieldsFrom = (of: (field: LabelField) => string): LabelFields['values'] => ({
  role: of('role'),
  entity: of('entity'),
  market: of('market'),
  measure: of('measure'),
  vehicles: of('vehicles'),
  basis: of('basis'),
  span: of('span'),
  period: of('period'),
});

/** The values of a meaning's fields, for a release about a month. */
export function valuesOfMeaning(
  label: string,
  meaning: Meaning,
  month: string,
  brands: readonly NamedThing[],
): LabelFields['values'] {
  const { entity, market, measure, vehicles, basis, period } = meaning;
  const span = meaning.span ?? SPANS.find((each) => periodOfSpan(each, month) === period);
  const role: Role | '' = meaning.isIgnored
    ? 'ignored'
    : meaning.isGrowth
      ? 'growth'
      : meaning.isPart
        ? 'part'
        : meaning.isTotal
          ? 'total'
          : (meaning.rest ?? '');
  return {
    role,
    entity: entity === undefined ? '' : nameOf(entity, label, brands),
    market: market === undefined ? '' : marketName(market),
    measure: measure ?? '',
    vehicles: vehicles ?? '',
    basis: basis ?? '',
    span: span ?? (period === undefined ? '' : ANOTHER),
    period: span === undefined ? (period ?? '') : '',
  };
}

/** The name of a brand; the label itself if the brand has no name yet. */
const nameOf = (entity: string, label: string, brands: readonly NamedThing[]): string =>
  idFor(label) === entity ? label : (brands.find(({ id }) => id === entity)?.names[0] ?? companyName(entity));

/** The meanings of labels that the user changed. The others keep their automatic interpretation. */
export function changedMeanings(
  labels: readonly LabelFields[],
  month: string,
  known: Readonly<Record<string, Meaning>>,
  brands: readonly NamedThing[],
): Record<string, Meaning> {
  const changed: Record<string, Meaning> = {};
  for (const { label, values } of labels) {
    const understood = meaningOf(label, month, known);
    const before = valuesOfMeaning(label, understood, month, brands);
    if (FIELDS.every((field) => before[field] === values[field])) continue;
    const isSameBrand = values.entity === before.entity && understood.entity !== undefined;
    changed[label] = meaningFrom(values, isSameBrand ? understood.entity : brandFrom(values.entity, brands));
  }
  return changed;
}

function brandFrom(text: string, brands: readonly NamedThing[]): string | undefined {
  return text === '' ? undefined : (idNamed(text, brands) ?? idFor(text));
}

function meaningFrom(values: LabelFields['values'], entity: string | undefined): Meaning {
  const { role, measure, vehicles, basis } = values;
  if (role === 'ignored') return { isIgnored: true };
  const span = SPANS.find((each) => each === values.span);
  const period = values.span === ANOTHER ? periodFrom(values.period) : undefined;
  const counted = RELEASE_MEASURES.find((each) => each === measure);
  const kind = VEHICLES.find((each) => each === vehicles);
  const how = BASES.find((each) => each === basis);
  const rest = RESTS.find((each) => each === role);
  const market = values.market === '' ? undefined : marketFrom(values.market);
  return {
    ...(role === 'growth' && { isGrowth: true as const }),
    ...(role === 'part' && { isPart: true as const }),
    ...(role === 'total' && { isTotal: true as const }),
    ...(rest && { rest }),
    ...(entity !== undefined && { entity }),
    ...(market !== undefined && { measure: 'market-units' as const, market }),
    ...(counted && { measure: counted }),
    ...(kind && { vehicles: kind }),
    ...(how && { basis: how }),
    ...(span && { span }),
    ...(period !== undefined && { period }),
  };
}

/**
 * A period from words: "March 2026", "Jan 2026 to Mar 2026". Invalid text stays, so that validation reports
 * it.
 */
function periodFrom(text: string): string {
  if (daySpan(text)) return text;
  const parts = text.split(/\s+(?:to|–|-)\s+/).map((part) => dateFromWords(part.trim()) ?? part.trim());
  return parts.join('/');
}
