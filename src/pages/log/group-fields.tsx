import type { VNode } from 'preact';
import type { FieldError } from '../../domain/events/field-kind.js';
import type { NamesToPick } from '../../queries/log/names-to-pick.js';
import { textOf, type FormValues } from '../form-body.js';
import type { InputGroup } from './event-form.js';
import type { FormInput } from './form-inputs.js';
import { InputField } from './input-field.js';

interface GroupFieldsProps {
  readonly group: InputGroup;
  readonly values: FormValues;
  readonly problems: readonly FieldError[];
  readonly names: NamesToPick | undefined;
  /** The name of the input with the initial focus. */
  readonly first: string | undefined;
}

/** The inputs of a group; rarely used ones are in a fold. */
export function GroupFields({
  group: { title, lead, inputs, more },
  values,
  problems,
  names,
  first,
}: GroupFieldsProps): VNode {
  const field = (input: FormInput): VNode => (
    <InputField
      key={input.name}
      input={input}
      values={values}
      problems={problems.filter(({ field: of }) => belongsTo(of, input.name))}
      names={names}
      isFirst={input.name === first}
    />
  );
  const isUsed = more?.inputs.some(
    ({ name }) => textOf(values, name) !== '' || problems.some(({ field: of }) => belongsTo(of, name)),
  );
  return (
    <fieldset>
      {/* A fold without other inputs has its own title, so the legend is hidden. */}
      <legend class={inputs.length === 0 && more ? 'visually-hidden' : undefined}>{title}</legend>
      {lead !== undefined && <p class="hint">{lead}</p>}
      {inputs.map(field)}
      {more && (
        <details open={isUsed}>
          <summary>{more.title}</summary>
          {more.inputs.map(field)}
        </details>
      )}
    </fieldset>
  );
}

/** Whether a problem belongs to an input; one of `data.markets[2]` belongs to the input `data.markets`. */
export const belongsTo = (field: string, input: string): boolean =>
  field === input || field.startsWith(`${input}[`);
