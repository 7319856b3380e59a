const KEPT = 'draft ';
const SENT = 'draft that was sent';

/**
 * Keeps the input of a form until it is recorded: through a reload, the back button, or a visit to another
 * page. It is stored only in this browser tab. Without this script, "Keep as a link" does the same.
 */
export function addDrafts(): void {
  // If storing is forbidden, drafts are not kept; everything else works.
  try {
    if (document.querySelector('[data-recorded]')) forgetWhatWasSent();
    const form = document.querySelector<HTMLFormElement>('form[data-draft]');
    if (form) keep(form, form.dataset['draft'] ?? '');
  } catch {
    return;
  }
}

function forgetWhatWasSent(): void {
  const sent = sessionStorage.getItem(SENT);
  if (sent !== null) sessionStorage.removeItem(KEPT + sent);
  sessionStorage.removeItem(SENT);
}

function keep(form: HTMLFormElement, name: string): void {
  const begun = typedInto(form);
  const kept = sessionStorage.getItem(KEPT + name);
  // The server's form after a submission is newer than the stored draft.
  if (kept !== null && kept !== begun && form.hasAttribute('data-fresh')) {
    fill(form, new URLSearchParams(kept));
    const told = document.querySelector<HTMLElement>('[data-draft-kept]');
    if (told) told.hidden = false;
    told?.querySelector('button')?.addEventListener('click', () => {
      sessionStorage.removeItem(KEPT + name);
      location.reload();
    });
    form.dispatchEvent(new Event('input', { bubbles: true }));
  }
  const note = (): void => {
    const typed = typedInto(form);
    if (typed === begun && form.hasAttribute('data-fresh')) sessionStorage.removeItem(KEPT + name);
    else sessionStorage.setItem(KEPT + name, typed);
  };
  form.addEventListener('input', note);
  form.addEventListener('change', note);
  form.addEventListener('submit', () => {
    note();
    sessionStorage.setItem(SENT, name);
  });
}

/** The fields that people fill in: no hidden fields, and no files, which only the reader may choose. */
const fieldsOf = (form: HTMLFormElement): (HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[] =>
  [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('[name]')].filter(
    (field) => !['hidden', 'submit', 'file', 'password'].includes(field.type),
  );

const isTicked = (
  field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio');

function typedInto(form: HTMLFormElement): string {
  const typed = new URLSearchParams();
  for (const field of fieldsOf(form)) {
    if (isTicked(field) ? field.checked : field.value !== '') typed.append(field.name, field.value);
  }
  return typed.toString();
}

function fill(form: HTMLFormElement, typed: URLSearchParams): void {
  for (const field of fieldsOf(form)) {
    if (isTicked(field)) field.checked = typed.getAll(field.name).includes(field.value);
    else field.value = typed.get(field.name) ?? '';
    const fold = field.closest('details');
    if (fold && typed.has(field.name)) fold.open = true;
  }
}
