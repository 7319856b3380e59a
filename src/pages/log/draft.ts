import type { FormValues } from '../form-body.js';
import { addressOf } from '../page-context.js';
import type { EventForm } from './event-form.js';

/** Maximum length of a draft in an address; browsers and proxies accept this much. */
export const LONGEST_DRAFT = 5_000;

/**
 * Fields that a link must not contain: the session, the pressed button, and what only the author can confirm.
 */
const NOT_KEPT = /^(?:formToken|idempotencyKey|step|suggestion|like|duplicateOf|confirm\..*)$/;

/**
 * A permanent address of the form with its contents, for bookmarks, reloads and other browsers. Undefined if
 * the contents are too long for an address; the form is then shown again unchanged.
 */
export function addressOfDraft({ action, hidden }: EventForm, values: FormValues): string | undefined {
  const draft = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (NOT_KEPT.test(name) || name in hidden) continue;
    for (const each of [value ?? []].flat()) if (each.trim() !== '') draft.append(name, each);
  }
  const text = draft.toString();
  return text.length > LONGEST_DRAFT ? undefined : addressOf(action, { ...hidden, draft: text });
}

/** The form's contents from such a link. */
export function valuesOfDraft(draft: string): FormValues {
  const typed = new URLSearchParams(draft);
  return Object.fromEntries(
    [...new Set(typed.keys())]
      .filter((name) => !NOT_KEPT.test(name))
      .map((name) => {
        const all = typed.getAll(name);
        return [name, all.length === 1 ? all[0] : all];
      }),
  );
}
