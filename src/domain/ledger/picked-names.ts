import { isSlug } from '../events/fields.js';
import { slugFromWords } from './peoples-words.js';
import { identityOf } from './text.js';

/** What a name may mean: its id, and what people call it. */
export interface Nameable {
  readonly id: string;
  readonly names: readonly string[];
}

/** The id that a text names among some things; undefined where it names none of them, or several. */
export function idNamed(text: string, among: readonly Nameable[]): string | undefined {
  const wanted = identityOf(text);
  const direct = among.find(({ id }) => id === text.trim() || id === slugFromWords(text));
  if (direct) return direct.id;
  const found = among.filter(({ names }) => names.some((name) => identityOf(name) === wanted));
  return found.length === 1 ? found[0]?.id : undefined;
}

/** An id for something new that is written as a name: "Half of sales abroad" is half-of-sales-abroad. */
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
