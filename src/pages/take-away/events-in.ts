/** The fields of answers that contain ids of events. */
const NAMING: ReadonlySet<string> = new Set(['event', 'events', 'conflicts']);

/** The ids of the events behind parts of an answer, without duplicates, in order of occurrence. */
export function eventsIn(...parts: readonly unknown[]): readonly string[] {
  const found = new Set<string>();
  for (const part of parts) collect(part, false, found);
  return [...found];
}

function collect(value: unknown, isNamed: boolean, found: Set<string>): void {
  if (typeof value === 'string') {
    if (isNamed) found.add(value);
  } else if (Array.isArray(value)) {
    for (const each of value) collect(each, isNamed, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) collect(each, NAMING.has(name), found);
  }
}
