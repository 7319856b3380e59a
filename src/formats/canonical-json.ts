/**
 * The canonical JSON text of a value, independent of the order of its fields (RFC 8785). Throws TypeError for
 * values that are not JSON.
 */
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

/** Texts that need no escaping in JSON. */
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

/** A field of an object, and its serialized name. */
interface Field {
  readonly name: string;
  readonly label: string;
}

/** A trie node: objects whose field names begin with the same sequence. */
interface Shape {
  readonly further: Map<string, Shape>;
  /** The sorted fields of objects with exactly these names. */
  fields?: readonly Field[];
}

const shapeOfNothing: Shape = { further: new Map() };
/** Events have some hundreds of shapes. External input may have any number, and names of any length. */
const MOST_SHAPES = 10_000;
const LONGEST_NAME = 100;
let shapes = 0;

/** The fields of an object in UTF-16 order. Sorted once per shape, because millions of objects share one. */
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
