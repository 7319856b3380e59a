import type { VNode } from 'preact';
import type { FieldError } from '../../domain/events/field-kind.js';
import { fieldInWords } from '../design/fields.js';
import { slugInWords } from '../design/words.js';
import { textOf, type FormValues } from '../form-body.js';
import type { FormInput } from './form-inputs.js';

interface InputFieldProps {
  readonly input: FormInput;
  readonly values: FormValues;
  readonly problems: readonly FieldError[];
}

/** An input with its label, what it asks for, what is wrong with it, and what was typed. */
export function InputField({ input, values, problems }: InputFieldProps): VNode {
  const { name, label, hint, required } = input;
  const id = name.replace(/[^\w]+/g, '-');
  const isWrong = problems.length > 0;
  const described = [isWrong && `${id}-wrong`, hint !== '' && `${id}-hint`].filter(Boolean).join(' ');
  if (input.kind === 'choices') return <Choices {...{ input, values, problems }} id={id} />;
  const text = textOf(values, name);
  const common = {
    id,
    name,
    required,
    'aria-describedby': described === '' ? undefined : described,
    'aria-invalid': isWrong ? ('true' as const) : undefined,
  };
  return (
    <div class="field">
      <label for={id}>
        {fieldInWords(label)}
        {!required && <span class="hint"> (if known)</span>}
        {input.kind === 'lines' && <span class="hint"> one a line</span>}
      </label>
      {hint !== '' && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <Wrong id={`${id}-wrong`} problems={problems} />
      {control(input, common, text)}
    </div>
  );
}

interface ControlAttributes {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

function control({ kind, options = [] }: FormInput, common: ControlAttributes, text: string): VNode {
  switch (kind) {
    case 'choice':
      return (
        <select {...common}>
          <option value="">–</option>
          {options.map((option) => (
            <option key={option} value={option} selected={option === text}>
              {slugInWords(option)}
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
      return <input {...common} type="text" placeholder="2025-09-14" value={text} />;
    default:
      return <input {...common} type="text" value={text} />;
  }
}

function Choices({ input, values, problems, id }: InputFieldProps & { id: string }): VNode {
  const { name, label, hint, options = [] } = input;
  const chosen = textOf(values, name).split(/[\n,]/);
  return (
    <fieldset aria-describedby={problems.length > 0 ? `${id}-wrong` : undefined}>
      <legend>{fieldInWords(label)}</legend>
      {hint !== '' && <span class="hint">{hint}</span>}
      <Wrong id={`${id}-wrong`} problems={problems} />
      <div class="choices">
        {options.map((option) => (
          <label key={option}>
            <input type="checkbox" name={name} value={option} checked={chosen.includes(option)} />
            {slugInWords(option)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Wrong({ id, problems }: { id: string; problems: readonly FieldError[] }): VNode | null {
  if (problems.length === 0) return null;
  return (
    <span class="wrong" id={id}>
      {problems.map(({ message }) => message).join('; ')}
    </span>
  );
}
