import { isPlainObject } from '../../domain/events/fields.js';
import { idNamed } from '../../domain/ledger/picked-names.js';
import { Suggestion, SUGGESTION_KINDS, type SuggestionKind } from '../../domain/suggestions/suggestion.js';
import type { NamedThing } from '../../queries/log/names-to-pick.js';
import { textOf, type FormValues } from '../form-body.js';
import { dataFrom, inputsOf, type FormInput } from '../log/form-inputs.js';

const PREFIX = 'suggestion';

/** What each field is called, where its name alone would not say. */
const LABELS: Readonly<Record<string, string>> = {
  text: 'What should be told',
  url: 'Address of the source',
  name: 'Your name',
};

/** What programs are told of a field in terms of theirs. */
const HINTS: Readonly<Record<string, string>> = {
  publishedOn: 'When it was published: a day, a month or a year',
};

const ASKED = ['url', 'publisher', 'publishedOn', 'quote', 'text', 'name'];

/** What a reader is asked for; what is needed of the kind is marked so. */
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

/** The name that a field of a suggestion has in the form. */
export const fieldName = (field: string): string => `${PREFIX}.${field}`;

/** The kind that a form names; what it is about decides where it names none. */
export function kindIn(values: FormValues): SuggestionKind {
  const given = textOf(values, fieldName('kind'));
  const isAbout = textOf(values, fieldName('about')) !== '';
  return SUGGESTION_KINDS.find((kind) => kind === given) ?? (isAbout ? 'source' : 'event');
}

/** What a form says, as a suggestion: it may be wrong in any way. */
export function suggestionIn(values: FormValues, automakers: readonly NamedThing[]): Record<string, unknown> {
  const given = dataFrom(Suggestion, PREFIX, values) ?? {};
  const { automaker, ...others } = isPlainObject(given) ? given : {};
  const id = typeof automaker === 'string' ? (idNamed(automaker, automakers) ?? automaker) : undefined;
  return { ...others, kind: kindIn(values), ...(id !== undefined && { automaker: id }) };
}
