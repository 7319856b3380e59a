import type { VNode } from 'preact';
import { formValues, type FormValues } from '../form-body.js';
import { usePageContext } from '../page-context.js';

/**
 * A form that was submitted but not processed, because its session has ended. The user submits it again after
 * the sign-in.
 */
export interface KeptForm {
  /** The path to which it was submitted. */
  readonly action: string;
  readonly fields: FormValues;
}

/** Prefix of its fields within the sign-in form. */
const PREFIX = 'kept.';

/** The submitted fields, without the token of the ended session. */
export function keptFormOf(action: string, body: unknown): KeptForm | undefined {
  const { formToken: _of, ...fields } = formValues(body);
  return Object.keys(fields).length === 0 ? undefined : { action, fields };
}

/** The kept form from the fields of the sign-in form. */
export function keptThrough(action: string, values: FormValues): KeptForm | undefined {
  const fields = Object.entries(values).flatMap(([name, value]) =>
    name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), value] as const] : [],
  );
  return fields.length === 0 ? undefined : { action, fields: Object.fromEntries(fields) };
}

/** Its fields as hidden fields of the sign-in form. */
export function KeptFields({ kept: { fields } }: { kept: KeptForm }): VNode {
  return <HiddenFields fields={fields} prefix={PREFIX} />;
}

function HiddenFields({ fields, prefix = '' }: { fields: FormValues; prefix?: string }): VNode {
  return (
    <>
      {Object.entries(fields).flatMap(([name, value]) =>
        [value ?? []]
          .flat()
          .map((each, index) => (
            <input key={`${name} ${index}`} type="hidden" name={prefix + name} value={each} />
          )),
      )}
    </>
  );
}

/** A button that submits it again to its path, with the token of the current session. */
export function SendAgain({ kept: { action, fields } }: { kept: KeptForm }): VNode {
  const { formToken } = usePageContext();
  return (
    <form action={action} method="post" class="form">
      <input type="hidden" name="formToken" value={formToken} />
      <HiddenFields fields={fields} />
      <div class="actions">
        <button class="button" type="submit" autofocus>
          Go on with what you typed
        </button>
      </div>
    </form>
  );
}
