import type { Hash } from './merkle-tree.js';

/** Hashes as text, one in base64 a line, a page at a time. */
export function* hashLines(pages: Iterable<readonly Hash[]>): Generator<string> {
  for (const page of pages) yield page.map((hash) => `${hash.toString('base64')}\n`).join('');
}

/** The hashes of such a text. Lines that are none become empty hashes, which equal no event's. */
export function hashesFrom(text: string): Hash[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => Buffer.from(line, 'base64'));
}
