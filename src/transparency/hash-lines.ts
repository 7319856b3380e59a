import type { Hash } from './merkle-tree.js';

/** Hashes as text, one per line in base64, a page at a time. */
export function* hashLines(pages: Iterable<readonly Hash[]>): Generator<string> {
  for (const page of pages) yield page.map((hash) => `${hash.toString('base64')}\n`).join('');
}

/**
 * Parses such a text. A line that is not written as `hashLines` writes a hash becomes an empty hash, which
 * equals no event's hash.
 */
export function hashesFrom(text: string): Hash[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => {
    const hash = Buffer.from(line, 'base64');
    return hash.toString('base64') === line ? hash : Buffer.alloc(0);
  });
}
