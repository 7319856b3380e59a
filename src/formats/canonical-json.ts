/** The one JSON text of a value, however its fields are ordered (RFC 8785). Throws TypeError for what is no JSON. */
export function canonicalJson(value: object): string {
  return textOf(value);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} of this value has no canonical JSON`);
  return Array.isArray(value) ? listText(value) : objectText(value as Readonly<Record<string, unknown>>);
}

/** Texts that stand in JSON as they are. */
const PLAIN = /^[ !#-[\]-~]*$/;

const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

function listText(list: readonly unknown[]): string {
  let text = '';
  for (const item of list) text += `${text === '' ? '' : ','}${item === undefined ? 'null' : textOf(item)}`;
  return `[${text}]`;
}

function objectText(object: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const { name, label } of fieldsInOrder(Object.keys(object))) {
    const value = object[name];
    if (value !== undefined) text += `${text === '' ? '' : ','}${label}${textOf(value)}`;
  }
  return `{${text}}`;
}

/** A field of an object, and how its name stands before its value. */
interface Field {
  readonly name: string;
  readonly label: string;
}

/** Objects whose fields begin with the same names, in the order in which they were written. */
interface Shape {
  readonly further: Map<string, Shape>;
  /** The fields of an object that has no others, by their names. */
  fields?: readonly Field[];
}

const shapeOfNothing: Shape = { further: new Map() };
/** Events have some hundreds of shapes. What comes from outside may have any, and names of any length. */
const MOST_SHAPES = 10_000;
const LONGEST_NAME = 100;
let shapes = 0;

/** The fields of an object by their names as UTF-16. Sorted once for each shape: millions of objects have the same one. */
function fieldsInOrder(names: readonly string[]): readonly Field[] {
  let shape = shapeOfNothing;
  for (const name of names) {
    const known = shape.further.get(name);
    if (known) shape = known;
    else if (shapes >= MOST_SHAPES || name.length > LONGEST_NAME) return sorted(names);
    else {
      const next: Shape = { further: new Map() };
      shape.further.set(name, next);
      shapes++;
      shape = next;
    }
  }
  return (shape.fields ??= sorted(names));
}

function sorted(names: readonly string[]): readonly Field[] {
  return names.toSorted().map((name) => ({ name, label: `${JSON.stringify(name)}:` }));
}
