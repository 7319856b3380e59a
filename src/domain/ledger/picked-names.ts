import { isSlug } from '../events/fields.js';
import { slugFromWords } from './peoples-words.js';
import { identityOf } from './text.js';

/** Something that a name can refer to: its id, and its names for people. */
export interface Nameable {
  readonly id: string;
  readonly names: readonly string[];
}

/** The id that a text refers to; undefined if it matches nothing, or several. */
export function idNamed(text: string, among: readonly Nameable[]): string | undefined {
  const wanted = identityOf(text);
  const direct = among.find(({ id }) => id === text.trim() || id === slugFromWords(text));
  if (direct) return direct.id;
  const found = among.filter(({ names }) => names.some((name) => identityOf(name) === wanted));
  return found.length === 1 ? found[0]?.id : undefined;
}

/** Derives an id for something new from its name: "Half of sales abroad" is half-of-sales-abroad. */
export function idFor(text: string): string {
  if (isSlug(text)) return text;
  const slug = identityOf(text)
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
    .replace(/-+$/, '');
  return slug === '' ? text : slug;
}
