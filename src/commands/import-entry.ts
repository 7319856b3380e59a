import { isUUID } from 'class-validator';
import type { Warning } from '../domain/event.js';
import { isPlainObject } from '../domain/fields.js';
import { inRecordedForm, problemsOfProposal, type Proposal } from '../domain/proposal.js';
import type { Problem } from '../domain/validation.js';
import { ownerOf } from '../domain/streams.js';
import type { LedgerLine } from '../interchange/ledger-line.js';
import { idForContent } from './event-ids.js';

/** What a line of an import asks for. */
export type ImportEntry =
  | {
      readonly kind: 'event';
      readonly stream: string;
      readonly id: string;
      readonly proposal: Proposal;
      /** Who recorded it, when, with which warnings: of a line of an export, read by an admin. */
      readonly restored?: Restored;
    }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Restored {
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly warnings: readonly Warning[];
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What a line asks for. A line without an id gets one from its content, so that the same line is the same event. */
export function lineContent({ content }: LedgerLine, restore: boolean): ImportEntry {
  if (content.kind === 'unreadable') return { kind: 'refused', reason: `the line ${content.reason}` };
  const { id, stream, recordedAt, recordedBy, warnings } = content.event;
  if (typeof stream !== 'string' || !ownerOf(stream)) {
    return {
      kind: 'refused',
      reason: 'stream must be automaker-<slug> or market-<ISO code>, such as automaker-xpeng',
    };
  }
  if (id !== undefined && !isUUID(id, 'all'))
    return { kind: 'refused', reason: 'id must be a UUID, or be left out' };
  const said = saidIn(content.event);
  const { occurredOn } = said;
  // An act happens when it is recorded: the date that an export gives it is not asked for again.
  const act = ACTS.has(String(said['type']));
  if (act) delete said['occurredOn'];
  const problems = problemsOfProposal(said);
  if (problems.length > 0) {
    return { kind: 'refused', reason: reasonOf(problems) };
  }
  if (act && restore) said['occurredOn'] = occurredOn;
  // problemsOfProposal found nothing wrong with it as a proposal.
  const proposal = inRecordedForm(said as unknown as Proposal);
  const restored = restore ? restoredFrom(recordedAt, recordedBy, warnings) : undefined;
  if (restored === 'invalid') {
    return {
      kind: 'refused',
      reason: 'recordedAt must be an instant such as 2026-01-31T12:00:00.000Z, and recordedBy a name',
    };
  }
  return {
    kind: 'event',
    stream,
    id: typeof id === 'string' ? id.toLowerCase() : idForContent(stream, JSON.stringify(proposal)),
    proposal,
    ...(restored && { restored }),
  };
}

/** So many problems are told of a line. */
const MOST_TOLD = 10;

function reasonOf(problems: readonly Problem[]): string {
  const told = problems.slice(0, MOST_TOLD).map(({ field, message }) => `${field || 'the line'} ${message}`);
  if (problems.length > MOST_TOLD) told.push(`and ${problems.length - MOST_TOLD} more`);
  return told.join('; ');
}

/** What the ledger itself gives is not asked for: place, author and warnings come with an export and are dropped. */
const GIVEN: ReadonlySet<string> = new Set([
  'id',
  'stream',
  'position',
  'revision',
  'recordedAt',
  'recordedBy',
  'warnings',
]);

function saidIn(event: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // Made of entries, so that a key __proto__ is a field like any other, and refused as an unknown one.
  return Object.fromEntries(Object.entries(event).filter(([name]) => !GIVEN.has(name)));
}

const ACTS: ReadonlySet<string> = new Set(['EvidenceAdded', 'EventCorrected', 'EventRetracted']);

function restoredFrom(
  recordedAt: unknown,
  recordedBy: unknown,
  warnings: unknown,
): Restored | 'invalid' | undefined {
  if (recordedAt === undefined && recordedBy === undefined) return undefined;
  if (typeof recordedAt !== 'string' || !INSTANT.test(recordedAt) || Number.isNaN(Date.parse(recordedAt)))
    return 'invalid';
  if (typeof recordedBy !== 'string' || recordedBy.trim() === '' || recordedBy.length > 200) return 'invalid';
  const known = Array.isArray(warnings) ? warnings.filter(isWarning) : [];
  return { recordedAt, recordedBy, warnings: known };
}

function isWarning(value: unknown): value is Warning {
  return isPlainObject(value) && typeof value['code'] === 'string' && typeof value['message'] === 'string';
}
