import type { FormValues } from '../form-body.js';
import { addressOf } from '../page-context.js';
import type { EventForm } from './event-form.js';

/** What a form may hold to be kept in an address: browsers and what stands before servers take this much. */
export const LONGEST_DRAFT = 5_000;

/** What a link may not bring along: whose session it is, what was pressed, and what only its author can answer for. */
const NOT_KEPT = /^(?:formToken|idempotencyKey|step|suggestion|like|duplicateOf|confirm\..*)$/;

/** Where a form stands with what was typed, for good: a bookmark, a reload, another browser. Too much for an address has none:
 * that form is shown again as it is. */
export function addressOfDraft({ action, hidden }: EventForm, values: FormValues): string | undefined {
  const draft = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (NOT_KEPT.test(name) || name in hidden) continue;
    for (const each of [value ?? []].flat()) if (each.trim() !== '') draft.append(name, each);
  }
  const text = draft.toString();
  return text.length > LONGEST_DRAFT ? undefined : addressOf(action, { ...hidden, draft: text });
}

/** What such a link says was typed. */
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
