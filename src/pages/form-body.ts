/** What a form sent: each field as text, or as a list where it came several times. */
export type FormValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A body as the fields of a form; anything else is an empty form. */
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

/** One field as text, blanks around it left out; empty where it was left empty. */
export function textOf(values: FormValues, name: string): string {
  const value = values[name];
  if (value === undefined) return '';
  return (typeof value === 'string' ? value : value.join('\n')).replaceAll('\r\n', '\n').trim();
}
