import type { VersionsRead } from '../recording/versions-read.js';
import type { Chunk, ChunkEntry } from './import-chunk.js';
import { parseImportLine } from './import-entry.js';
import type { RejectedLine, WarnedLine } from './rejected-line.js';
import type { Run } from './run.js';

/** The outcome of the lines of a chunk. */
export interface ChunkResult {
  readonly lines: number;
  readonly recorded: number;
  readonly alreadyRecorded: number;
  /** Recorded lines with warnings. */
  readonly warned: readonly WarnedLine[];
  readonly refused: readonly RejectedLine[];
  readonly readAs: VersionsRead;
  /** How often the chunk was decided on. */
  readonly decisions: number;
}

/** The versions assumed for lines that name none. */
export function versionsRead(entries: readonly ChunkEntry[]): VersionsRead {
  const read: Record<string, number> = {};
  for (const { content } of entries)
    if (content.kind === 'event' && content.readAs !== undefined)
      read[content.readAs] = (read[content.readAs] ?? 0) + 1;
  return read;
}

/** The lines of a chunk with their parsed requests. */
export const entriesOf = (chunk: Chunk, isRestored: boolean, now: string): ChunkEntry[] =>
  chunk.lines.map((line) => ({ line, content: parseImportLine(line, isRestored, now) }));

/** The distinct streams of some lines. */
export const streamsOf = (entries: readonly ChunkEntry[]): string[] => [
  ...new Set(entries.flatMap(({ content }) => (content.kind === 'event' ? [content.stream] : []))),
];

/** The lines of a run with warnings. */
export const warnedIn = ({ events, lines }: Run): WarnedLine[] =>
  events.flatMap(({ warnings = [] }, index) =>
    warnings.length > 0 ? [{ line: lines[index] ?? 0, warnings }] : [],
  );
