import { copyTexts } from '../../postgres/copy-text.js';
import type { MakeTexts } from '../made-rows.js';
import { RECORD_COLUMNS, TIMELINE_COLUMNS, type SubjectRow, type TimelineRow } from '../rows.js';

/** Text is sent in pieces of about this many characters. */
const PIECE = 256 * 1024;

/** The rows as PostgreSQL copies them, one piece at a time. */
export const textsOf: MakeTexts = function* ({ records, timeline }) {
  for (const text of textsOfRecords(records)) yield ['records', text];
  for (const text of textsOfTimeline(timeline)) yield ['timeline', text];
};

export const textsOfRecords = (rows: readonly SubjectRow[]): Generator<string> =>
  copyTexts(RECORD_COLUMNS, rows, PIECE);

export const textsOfTimeline = (rows: readonly TimelineRow[]): Generator<string> =>
  copyTexts(TIMELINE_COLUMNS, rows, PIECE);
