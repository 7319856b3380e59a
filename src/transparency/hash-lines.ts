import type { Hash } from './merkle-tree.js';

/** Hashes as text, one per line in base64, a page at a time. */
export function* hashLines(pages: Iterable<readonly Hash[]>): Generator<string> {
  for (const page of pages) yield page.map((hash) => `${hash.toString('base64')}\n`).join('');
}

/** Parses such a text. A line that is not a hash becomes an empty hash, which equals no event's hash. */
export function hashesFrom(text: string): Hash[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => Buffer.from(line, 'base64'));
}
