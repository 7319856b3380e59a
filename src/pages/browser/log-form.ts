/**
 * Shows possible duplicates and the preview while a new event is typed. Without this script, the form has a
 * button for that.
 */
export function addLogForm(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-log-form]');
  if (!form) return;
  const target = document.querySelector<HTMLElement>('[data-preview]');
  if (!target) return;
  let asked = 0;
  let timer = 0;

  const ask = async (): Promise<void> => {
    const mine = (asked += 1);
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
    fields.set('step', 'typing');
    const answer = await fetch(form.action, { method: 'POST', body: fields }).catch(() => undefined);
    if (!answer?.ok || mine !== asked) return;
    // The HTML comes from our server, which has escaped all input.
    const parsed = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const preview = parsed.querySelector('[data-preview]');
    // An unfinished form has no preview yet.
    if (preview?.querySelector('[data-unfinished]')) return;
    target.replaceChildren(...(preview?.childNodes ?? []));
  };

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), 400);
  });
}
