/** The fields of a submitted form: each as text, or as a list if it occurred several times. */
export type FormValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads a body as the fields of a form; anything else gives an empty form. */
export function formValues(body: unknown): FormValues {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter(
      (entry): entry is [string, string | readonly string[]] =>
        typeof entry[1] === 'string' ||
        (Array.isArray(entry[1]) && entry[1].every((each) => typeof each === 'string')),
    ),
  );
}

/** One field as trimmed text; empty if it is missing. */
export function textOf(values: FormValues, name: string): string {
  const value = values[name];
  if (value === undefined) return '';
  return (typeof value === 'string' ? value : value.join('\n')).replaceAll('\r\n', '\n').trim();
}
