import type { VNode } from 'preact';
import { BASES, VEHICLES } from '../../domain/measures/measures.js';
import { SPANS, type Span } from '../../domain/release/period-words.js';
import { dateInWords } from '../design/dates.js';
import { MEASURE_WORDS, slugInWords, valueInWords, withCapital } from '../design/words.js';
import {
  labelField,
  RELEASE_MEASURES,
  ROLES,
  type LabelField,
  type LabelFields,
  type Role,
} from './label-fields.js';

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  growth: 'growth on the year before',
  part: 'a part of what stands above',
  total: 'everything together',
  brands: 'other brands, counted in the total and not recorded',
  powertrains: 'other powertrains, counted in the total and not recorded',
  bodies: 'a kind of body, not recorded',
  ignored: 'nothing that is recorded',
};

const SPAN_WORDS: Readonly<Record<Span, string>> = {
  month: 'the month of the release',
  'year-to-date': 'the year to date',
  'month-a-year-before': 'the same month a year before',
  'year-to-date-a-year-before': 'the year to date a year before',
};

interface LabelMappingProps {
  readonly labels: readonly LabelFields[];
}

/** The interpretation of each label of the table, with fields to correct it. */
export function LabelMapping({ labels }: LabelMappingProps): VNode | null {
  if (labels.length === 0) return null;
  return (
    <fieldset id="labels">
      <legend>What rows and columns mean</legend>
      <p class="hint">
        As it is understood. What you change is remembered for the next release of this automaker.
      </p>
      {labels.map((each, index) => (
        <Label key={each.label} index={index} {...each} />
      ))}
    </fieldset>
  );
}

/** The options for those parts of a meaning that have a fixed list. */
const CHOICES = {
  role: { title: 'It is', none: 'figures', children: ROLES.map((role) => [role, ROLE_WORDS[role]]) },
  measure: {
    title: 'Counts',
    none: 'as the release does',
    children: RELEASE_MEASURES.map((measure) => [measure, MEASURE_WORDS[measure]]),
  },
  vehicles: {
    title: 'Vehicles',
    none: 'not told',
    children: VEHICLES.map((each) => [each, valueInWords(each)]),
  },
  basis: {
    title: 'Counted as',
    none: 'as the release does',
    children: BASES.map((each) => [each, valueInWords(each)]),
  },
  span: {
    title: 'Period',
    none: 'not told',
    children: [...SPANS.map((span) => [span, SPAN_WORDS[span]] as const), ['another', 'another one']],
  },
} satisfies Partial<Record<LabelField, Pick<ChoiceProps, 'title' | 'none' | 'children'>>>;

function Label({ index, label, values }: LabelFields & { readonly index: number }): VNode {
  const named = (field: LabelField) => ({ id: `label-${index}-${field}`, name: labelField(index, field) });
  const choice = (field: keyof typeof CHOICES): VNode => (
    <Choice {...named(field)} {...CHOICES[field]} chosen={values[field]} />
  );
  return (
    <details>
      <summary>
        “{label}”: {meaningInWords(values)}
      </summary>
      <input type="hidden" name={labelField(index, 'label')} value={label} />
      <div class="inline">
        {choice('role')}
        <div class="field">
          <label for={named('entity').id}>Brand</label>
          <input
            type="text"
            {...named('entity')}
            list="brands"
            maxLength={64}
            autocomplete="off"
            value={values.entity}
          />
        </div>
        <div class="field">
          <label for={named('market').id}>Market</label>
          <input type="text" {...named('market')} maxLength={64} autocomplete="off" value={values.market} />
        </div>
        {choice('measure')}
        {choice('vehicles')}
        {choice('basis')}
        {choice('span')}
        <div class="field">
          <label for={named('period').id}>Another period</label>
          <input
            type="text"
            {...named('period')}
            placeholder="Jan 2026 to Mar 2026"
            maxLength={60}
            value={values.period}
          />
        </div>
      </div>
    </details>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** The words for no choice. */
  readonly none: string;
  readonly chosen: string;
  readonly children: readonly (readonly [value: string, words: string])[];
}

/** A list to choose from, with an option for no choice. */
export function Choice({ id, name, title, none, chosen, children }: ChoiceProps): VNode {
  return (
    <div class="field">
      <label for={id}>{title}</label>
      <select id={id} name={name}>
        <option value="">{none}</option>
        {children.map(([value, words]) => (
          <option key={value} value={value} selected={value === chosen}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A meaning in a few words. */
function meaningInWords({
  role,
  entity,
  market,
  measure,
  vehicles,
  basis,
  span,
  period,
}: LabelFields['values']): string {
  const kind = ROLES.find((each) => each === role);
  if (kind === 'ignored') return ROLE_WORDS.ignored;
  const named = SPANS.find((each) => each === span);
  const counted = RELEASE_MEASURES.find((each) => each === measure);
  const parts = [
    kind && ROLE_WORDS[kind],
    entity !== '' && entity,
    market !== '' && market,
    counted && MEASURE_WORDS[counted],
    vehicles !== '' && valueInWords(vehicles),
    basis !== '' && valueInWords(basis),
    named ? SPAN_WORDS[named] : period !== '' && dateInWords(period),
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? 'says nothing by itself' : parts.join(', ');
}

/** The options for what the whole release counts. */
export const MEASURE_CHOICES = RELEASE_MEASURES.map(
  (measure) => [measure, withCapital(MEASURE_WORDS[measure])] as const,
);
export const BASIS_CHOICES = BASES.map((basis) => [basis, slugInWords(basis)] as const);
