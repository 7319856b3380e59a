import type { VNode } from 'preact';
import type { FieldError } from '../../domain/events/field-kind.js';
import { isCountry, isMarket } from '../../domain/events/fields.js';
import { REGIONS } from '../../domain/ledger/regions.js';
import type { NamesToPick } from '../../queries/log/names-to-pick.js';
import { marketName } from '../../queries/names.js';
import { fieldInWords, hintInWords, valueInField } from '../design/fields.js';
import { withCapital } from '../design/words.js';
import { textOf, type FormValues } from '../form-body.js';
import type { FormInput } from './form-inputs.js';

interface InputFieldProps {
  readonly input: FormInput;
  readonly values: FormValues;
  readonly problems: readonly FieldError[];
  /** The names to pick from. */
  readonly names?: NamesToPick | undefined;
  /** Whether it has the focus when the form opens. */
  readonly isFirst?: boolean;
}

/** The id of an input, for links from its problems. */
export const idOfInput = (name: string): string => name.replace(/[^\w]+/g, '-');

/** An input with its label, hint, problems and value. */
export function InputField({ input, values, problems, names, isFirst = false }: InputFieldProps): VNode {
  const { name, label, hint, required } = input;
  const id = idOfInput(name);
  const isWrong = problems.length > 0;
  const described = [isWrong && `${id}-wrong`, hint !== '' && `${id}-hint`].filter(Boolean).join(' ');
  if (input.kind === 'choices') return <Choices {...{ input, values, problems }} id={id} />;
  const offered = offeredFor(input, names);
  const text = shownAs(input, textOf(values, name), names);
  const common = {
    id,
    name,
    required,
    'aria-describedby': described === '' ? undefined : described,
    'aria-invalid': isWrong ? ('true' as const) : undefined,
    autofocus: isFirst,
    // Autocomplete stays on: with it off, browsers would not restore the typed text either.
    ...(offered.length > 0 && { list: `${id}-names` }),
  };
  return (
    <div class="field">
      <label for={id}>
        {fieldInWords(label)}
        {!required && <span class="hint"> (optional)</span>}
        {input.kind === 'lines' && <span class="hint"> one a line</span>}
      </label>
      {hint !== '' && (
        <span class="hint" id={`${id}-hint`}>
          {hintInWords(hint)}
        </span>
      )}
      <Wrong id={`${id}-wrong`} problems={problems} />
      {control(input, common, text)}
      {offered.length > 0 && (
        <datalist id={`${id}-names`}>
          {offered.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </div>
  );
}

/**
 * The names offered for an input. A field for a thing of the ledger has a name that ends with the kind of
 * thing.
 */
function offeredFor({ name, kind }: FormInput, names: NamesToPick | undefined): readonly string[] {
  const field = name.slice(name.lastIndexOf('.') + 1);
  if (kind === 'line' && field === 'market') return MARKET_NAMES;
  if (!names || kind !== 'line') return [];
  if (field === 'partner') return names.partner;
  const things = isThing(field) ? names[field] : [];
  return [...new Set(things.flatMap(({ id, names: [called = id] }) => called))];
}

/** Shows known ids as names. */
function shownAs({ name }: FormInput, text: string, names: NamesToPick | undefined): string {
  const field = name.slice(name.lastIndexOf('.') + 1);
  if (field === 'market' && isMarket(text)) return marketName(text);
  if (!names || !isThing(field)) return text;
  const things = names[field];
  const called = things.find(({ id }) => id === text)?.names[0];
  // A name shared by several things would be ambiguous.
  return called !== undefined && things.filter(({ names: [first] }) => first === called).length === 1
    ? called
    : text;
}

const THINGS = ['target', 'site', 'partnership', 'entity'] as const;
const isThing = (field: string): field is (typeof THINGS)[number] => THINGS.some((each) => each === field);

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const MARKET_NAMES: readonly string[] = [
  ...LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(isCountry),
  ...REGIONS.keys(),
]
  .map(marketName)
  .sort((a, b) => a.localeCompare(b, 'en'));

interface ControlAttributes {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
  readonly autofocus: boolean;
  readonly list?: string;
}

/** An option in the same words as on the event's page. */
const optionInWords = (input: string, option: string): string =>
  withCapital(valueInField(input.slice(input.lastIndexOf('.') + 1), option));

function control({ name, kind, options = [] }: FormInput, common: ControlAttributes, text: string): VNode {
  switch (kind) {
    case 'choice':
      return (
        <select {...common}>
          <option value="">–</option>
          {options.map((option) => (
            <option key={option} value={option} selected={option === text}>
              {optionInWords(name, option)}
            </option>
          ))}
        </select>
      );
    case 'text':
    case 'lines':
      return <textarea {...common} rows={3} value={text} />;
    case 'number':
      return <input {...common} type="text" inputmode="decimal" value={text} />;
    case 'url':
      return <input {...common} type="url" inputmode="url" placeholder="https://" value={text} />;
    case 'date':
      return <input {...common} type="text" placeholder={exampleOf(name)} value={text} />;
    default:
      return <input {...common} type="text" value={text} />;
  }
}

/** An example of a typical date for the field. */
const exampleOf = (name: string): string =>
  /(?:period|growth\.on|relativeTo\.)/.test(name) ? '2026' : /deadline/.test(name) ? '2030' : '14 Sept 2025';

function Choices({ input, values, problems, id }: InputFieldProps & { id: string }): VNode {
  const { name, label, hint, options = [] } = input;
  const chosen = textOf(values, name).split(/[\n,]/);
  return (
    <fieldset aria-describedby={problems.length > 0 ? `${id}-wrong` : undefined}>
      <legend>{fieldInWords(label)}</legend>
      {hint !== '' && <span class="hint">{hintInWords(hint)}</span>}
      <Wrong id={`${id}-wrong`} problems={problems} />
      <div class="choices">
        {options.map((option) => (
          <label key={option}>
            <input type="checkbox" name={name} value={option} checked={chosen.includes(option)} />
            {optionInWords(name, option)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface WrongProps {
  readonly id: string;
  readonly problems: readonly FieldError[];
}

/** The problems of an input, if any. */
export function Wrong({ id, problems }: WrongProps): VNode | null {
  if (problems.length === 0) return null;
  return (
    <span class="wrong" id={id}>
      {problems.map(({ message }) => message).join('; ')}
    </span>
  );
}
