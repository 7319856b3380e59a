import type { VNode } from 'preact';
import { formValues, type FormValues } from '../form-body.js';
import { usePageContext } from '../page-context.js';

/** A form that was sent and not read, because the session that it was opened in is over: what was typed is sent again by hand. */
export interface KeptForm {
  /** The path that it was sent to. */
  readonly action: string;
  readonly fields: FormValues;
}

/** How its fields are called while they wait for somebody to sign in. */
const PREFIX = 'kept.';

/** What was sent, without the token of the session that is over. */
export function keptFormOf(action: string, body: unknown): KeptForm | undefined {
  const { formToken: _of, ...fields } = formValues(body);
  return Object.keys(fields).length === 0 ? undefined : { action, fields };
}

/** The form that waited for a sign-in, from what the sign-in sent along. */
export function keptThrough(action: string, values: FormValues): KeptForm | undefined {
  const fields = Object.entries(values).flatMap(([name, value]) =>
    name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), value] as const] : [],
  );
  return fields.length === 0 ? undefined : { action, fields: Object.fromEntries(fields) };
}

/** Its fields on the way through the sign-in. */
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

/** Sends it again, to where it was sent, as a form of the session that there is now. */
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
