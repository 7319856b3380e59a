import type { RecordedEvent } from '../domain/ledger/event.js';
import { daysOf, latestDate } from '../domain/ledger/edtf.js';
import { unreadable, type LedgerLine } from './ledger-line.js';

/**
 * Converts events to and from CloudEvents 1.0 in JSON format. Fields of the envelope become extension
 * attributes, whose names may only have lower-case letters and digits: `recordedtime`, `recordedby`,
 * `revision`, `logindex`, and `typeversion` for all but the first version of a type.
 */
const TYPE_PREFIX = 'market-expansion-tracker.';

type Json = Readonly<Record<string, unknown>>;

export function isCloudEvent(value: Json): boolean {
  return Object.hasOwn(value, 'specversion');
}

export function toCloudEventLine(event: RecordedEvent): string {
  const {
    position,
    stream,
    revision,
    id,
    type,
    occurredOn,
    evidence,
    note,
    warnings,
    recordedAt,
    recordedBy,
  } = event;
  const { version, data } = event.written ?? event;
  const cloudEvent = {
    specversion: '1.0',
    id,
    source: `/streams/${stream}`,
    type: TYPE_PREFIX + type,
    ...(version !== undefined && { typeversion: version }),
    subject: stream,
    // CloudEvents requires an instant: the first possible day of the date, if it has one. The data contains
    // the date itself.
    time: `${daysOf(latestDate(occurredOn)).first}T00:00:00Z`,
    datacontenttype: 'application/json',
    logindex: position,
    revision,
    recordedtime: recordedAt,
    recordedby: recordedBy,
    data: {
      occurredOn,
      data,
      evidence,
      ...(note !== undefined && { note }),
      ...(warnings !== undefined && { warnings }),
    },
  };
  return `${JSON.stringify(cloudEvent)}\n`;
}

/**
 * Fields of the envelope that the data must not repeat: another stream, id or type inside would override the
 * envelope.
 */
const ENVELOPE: ReadonlySet<string> = new Set([
  'position',
  'stream',
  'revision',
  'id',
  'type',
  'version',
  'recordedAt',
  'recordedBy',
]);

export function eventFromCloudEvent(value: Json): LedgerLine['content'] {
  const { specversion, id, type, typeversion, subject, logindex, revision, recordedtime, recordedby, data } =
    value;
  if (specversion !== '1.0') return unreadable('specversion must be "1.0"');
  if (typeof type !== 'string' || !type.startsWith(TYPE_PREFIX))
    return unreadable(`type must start with "${TYPE_PREFIX}"`);
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return unreadable('data must be an object with occurredOn, data and evidence');
  const again = Object.keys(data).find((name) => ENVELOPE.has(name));
  if (again !== undefined)
    return unreadable(`data must not hold ${again}: the attributes of the CloudEvent say it`);
  const event = {
    ...(logindex !== undefined && { position: logindex }),
    stream: subject,
    ...(revision !== undefined && { revision }),
    id,
    type: type.slice(TYPE_PREFIX.length),
    ...(typeversion !== undefined && { version: typeversion }),
    ...data,
    ...(recordedtime !== undefined && { recordedAt: recordedtime }),
    ...(recordedby !== undefined && { recordedBy: recordedby }),
  };
  return { kind: 'event', event };
}
