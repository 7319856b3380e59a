import { isUUID } from 'class-validator';
import { CONFIRMATIONS } from '../../domain/ledger/doubts.js';
import type { Warning } from '../../domain/ledger/warning.js';
import { definitionOf, isEventType, isAmendment } from '../../domain/events/catalogue.js';
import { isPlainObject } from '../../domain/events/fields.js';
import { problemsOfTexts, withNormalTexts } from '../../domain/ledger/input-texts.js';
import { isInstant, msBetween, type Instant } from '../../domain/ledger/instant.js';
import { daySpan } from '../../domain/ledger/edtf.js';
import {
  readProposal,
  readRestored,
  type NormalProposal,
  type Proposal,
} from '../../domain/ledger/proposal.js';
import { ownerOf } from '../../domain/ledger/streams.js';
import { storeFault } from '../../domain/ledger/text.js';
import type { FieldError } from '../../domain/events/field-kind.js';
import { newestVersion } from '../../domain/events/versions.js';
import { problemsOfWarnings, warningsIn } from '../../domain/ledger/warnings.js';
import type { LedgerLine } from '../../formats/ledger-line.js';
import { canonicalJson } from '../../formats/canonical-json.js';
import { idForContent } from '../recording/event-ids.js';
import { formerId } from './former-ids.js';

/** The parsed request of an import line. */
export type ImportEntry =
  | {
      readonly kind: 'event';
      readonly stream: string;
      readonly id: string;
      /** The id that an earlier release gave to this line, if the line has no id of its own. */
      formerId(): string | undefined;
      /** The text from which the id was generated, if the line has no id of its own. */
      content?(): string;
      readonly proposal: Proposal;
      /** The version assumed for a line that names none, if its type has several: `MarketEntered 1`. */
      readonly readAs?: string;
      /**
       * The recording time, author and warnings of an exported line. Set only in restores, which need an
       * admin.
       */
      readonly restored?: Restored;
    }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Restored {
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly warnings: readonly Warning[];
}

/** Maximum assumed difference between the clocks of two machines. */
const CLOCKS_APART_MS = 5 * 60_000;

/**
 * Parses a line. A line without an id gets one from its content, so that the same line is always the same
 * event. `now` is the time of reading.
 */
export function parseImportLine({ content }: LedgerLine, restore: boolean, now: Instant): ImportEntry {
  if (content.kind === 'unreadable') return { kind: 'refused', reason: `the line ${content.reason}` };
  const { id, stream, recordedAt, recordedBy, warnings } = content.event;
  if (typeof stream !== 'string' || !ownerOf(stream)) {
    return {
      kind: 'refused',
      reason: 'stream must be automaker-<slug>, market-<ISO code> or company-<slug>, such as automaker-xpeng',
    };
  }
  if (id !== undefined && !isUUID(id, 'all'))
    return { kind: 'refused', reason: 'id must be a UUID, or be left out' };
  const said = saidIn(content.event);
  const { occurredOn } = said;
  // An act happens when it is recorded, so the date that an export adds to it is removed.
  const { type } = said;
  const act = isEventType(type) && isAmendment(definitionOf(type));
  if (act) delete said['occurredOn'];
  if (recordedAt !== undefined) nameVersions(said);
  const restored = restore ? restoredFrom(recordedAt, recordedBy, warnings, now) : undefined;
  if (typeof restored === 'string') return { kind: 'refused', reason: restored };
  const read = restored ? readRestored(said) : readProposal(said);
  if ('problems' in read) return { kind: 'refused', reason: reasonOf(read.problems) };
  if (
    act &&
    restored &&
    occurredOn !== undefined &&
    !(typeof occurredOn === 'string' && daySpan(occurredOn))
  ) {
    return { kind: 'refused', reason: 'occurredOn must be an EDTF date such as 2025-09-14' };
  }
  const written = act && restored && typeof occurredOn === 'string' ? read.on(occurredOn) : read;
  // Uses the texts as written: the same line already had this id before texts were normalized.
  const text = (): string => canonicalJson(written.said);
  return {
    kind: 'event',
    stream,
    ...(typeof id === 'string'
      ? { id: id.toLowerCase() }
      : { id: idForContent(stream, text()), content: text }),
    formerId: () => (id === undefined ? formerId(stream, written.said) : undefined),
    proposal: restored ? written : confirmedBy(warnings, recordedAt !== undefined, withNormalTexts(written)),
    ...(said['version'] === undefined && readInto(written)),
    ...(restored && { restored }),
  };
}

function readInto({ type, readAs }: NormalProposal): { readonly readAs: string } | undefined {
  return newestVersion(type) > 1 ? { readAs: `${type} ${readAs}` } : undefined;
}

/** Maximum number of problems reported per line. */
const MOST_TOLD = 10;

function reasonOf(problems: readonly FieldError[]): string {
  const told = problems.slice(0, MOST_TOLD).map(({ field, message }) => `${field || 'the line'} ${message}`);
  if (problems.length > MOST_TOLD) told.push(`and ${problems.length - MOST_TOLD} more`);
  return told.join('; ');
}

/**
 * Fields that the ledger itself adds, such as place, author and warnings. An export contains them; an import
 * drops them.
 */
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
  // Built from entries, so that the key __proto__ becomes an ordinary field, which is then refused as
  // unknown.
  return Object.fromEntries(Object.entries(event).filter(([name]) => !GIVEN.has(name)));
}

/** A line with a recording time comes from an export, and exports name every version except the first. */
function nameVersions(said: Record<string, unknown>): void {
  said['version'] ??= 1;
  const { type, data } = said;
  if (type === 'EventCorrected' && isPlainObject(data) && data['version'] === undefined)
    said['data'] = { ...data, version: 1 };
}

/**
 * The recording time, author and warnings of an exported line; undefined if it has none, or the problem if
 * they are invalid. No recording time may be later than `now`.
 */
function restoredFrom(
  recordedAt: unknown,
  recordedBy: unknown,
  warnings: unknown,
  now: Instant,
): Restored | string | undefined {
  if (recordedAt === undefined && recordedBy === undefined) return undefined;
  if (typeof recordedAt !== 'string' || !isInstant(recordedAt))
    return 'recordedAt must be an instant that there is, such as 2026-01-31T12:00:00.000Z';
  if (msBetween(now, recordedAt) > CLOCKS_APART_MS)
    return `recordedAt ${recordedAt} lies in the future: it is ${now}`;
  if (typeof recordedBy !== 'string' || recordedBy.trim() === '' || recordedBy.length > 200)
    return 'recordedBy must be a name of 1 to 200 characters';
  const fault = storeFault(recordedBy);
  if (fault !== undefined) return `recordedBy ${fault}`;
  const problems = warnings === undefined ? [] : problemsOfWarnings(warnings);
  const texts = problemsOfTexts(warnings, storeFault, 'warnings');
  if (problems.length + texts.length > 0) return reasonOf([...problems, ...texts]);
  return { recordedAt, recordedBy, warnings: warningsIn(warnings) };
}

/**
 * Keeps the confirmations of an exported line's author. A doubt that was not asked about when the line was
 * recorded becomes a warning.
 */
function confirmedBy(warnings: unknown, isExported: boolean, proposal: Proposal): Proposal {
  const codes = warningsIn(warnings).map(({ code }) => code);
  const before = CONFIRMATIONS.filter(
    (code) => codes.includes(code) || (isExported && code !== 'unlikely-year'),
  );
  if (before.length === 0) return proposal;
  return { ...proposal, confirm: [...new Set([...(proposal.confirm ?? []), ...before])] };
}
