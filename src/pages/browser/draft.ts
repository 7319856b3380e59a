const KEPT = 'draft ';
const SENT = 'draft that was sent';

/**
 * Keeps what is typed into a form until it is recorded: through a reload, a way back, or a look at another page. It stays in this tab of the
 * browser. Without it, "Keep as a link" does the same.
 */
export function addDrafts(): void {
  // Where storing is forbidden, nothing is kept, and everything else works.
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
  // What the server shows after a look at what was sent is newer than what was kept.
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

/** What people fill in: neither what goes along unseen nor a file, which nobody but the reader may choose. */
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
