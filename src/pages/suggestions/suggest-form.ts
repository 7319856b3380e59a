import { isPlainObject } from '../../domain/events/fields.js';
import { idNamed } from '../../domain/ledger/picked-names.js';
import { Suggestion, SUGGESTION_KINDS, type SuggestionKind } from '../../domain/suggestions/suggestion.js';
import type { NamedThing } from '../../queries/log/names-to-pick.js';
import { textOf, type FormValues } from '../form-body.js';
import { dataFrom, inputsOf, type FormInput } from '../log/form-inputs.js';

const PREFIX = 'suggestion';

/** Labels of fields whose names are not clear enough. */
const LABELS: Readonly<Record<string, string>> = {
  text: 'What should be told',
  url: 'Address of the source',
  name: 'Your name',
};

/** Hints that replace technical descriptions of fields. */
const HINTS: Readonly<Record<string, string>> = {
  publishedOn: 'When it was published: a day, a month or a year',
};

const ASKED = ['url', 'publisher', 'publishedOn', 'quote', 'text', 'name'];

/** The inputs for a reader; those that the kind of suggestion needs are marked as required. */
export function suggestionInputs(kind: SuggestionKind): FormInput[] {
  const inputs = inputsOf(Suggestion, PREFIX);
  const needed = kind === 'source' ? ['url'] : kind === 'correction' ? ['text'] : ['url', 'text'];
  return ASKED.flatMap((field) => {
    const input = inputs.find(({ name }) => name === fieldName(field));
    if (!input) return [];
    const label = LABELS[field] ?? input.label;
    const hint = HINTS[field] ?? input.hint;
    return [{ ...input, label, hint: hint === label ? '' : hint, required: needed.includes(field) }];
  });
}

/** The form's name for a field of a suggestion. */
export const fieldName = (field: string): string => `${PREFIX}.${field}`;

/** The kind from the form, or by default from what the suggestion is about. */
export function kindIn(values: FormValues): SuggestionKind {
  const given = textOf(values, fieldName('kind'));
  const isAbout = textOf(values, fieldName('about')) !== '';
  return SUGGESTION_KINDS.find((kind) => kind === given) ?? (isAbout ? 'source' : 'event');
}

/** The form as a suggestion, which may be invalid in any way. */
export function suggestionIn(values: FormValues, automakers: readonly NamedThing[]): Record<string, unknown> {
  const given = dataFrom(Suggestion, PREFIX, values) ?? {};
  const { automaker, ...others } = isPlainObject(given) ? given : {};
  const id = typeof automaker === 'string' ? (idNamed(automaker, automakers) ?? automaker) : undefined;
  return { ...others, kind: kindIn(values), ...(id !== undefined && { automaker: id }) };
}
