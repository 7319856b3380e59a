import type { EarlierVersion } from './event-type.js';
import type { Written } from '../ledger/event.js';
import { definitionOf, EVENT_TYPES, isEventType, UnknownEventType } from './catalogue.js';
import type { FieldsClass, FieldError } from './field-kind.js';

/** One version of a type: its data schema, and its conversion to the next version. */
export interface TypeVersion {
  /** Starts at 1. */
  readonly version: number;
  readonly data: FieldsClass;
  readonly check?: ((data: object) => FieldError[]) | undefined;
  /** Absent in the newest version. */
  readonly upcast?: ((data: object) => object) | undefined;
}

const known = new Map<string, readonly TypeVersion[]>();

/** All versions of a type, oldest first; the last one is today's. Throws UnknownEventType. */
export function versionsOf(type: string): readonly TypeVersion[] {
  const found = known.get(type);
  if (found) return found;
  const today = definitionOf(type);
  const earlier: EarlierVersion<object>[] = [];
  for (let each = today.previous; each; each = each.previous) earlier.unshift(each);
  const versions = [...earlier, today].map((each, index): TypeVersion => ({
    version: index + 1,
    data: each.data,
    // `earlierVersion` has ensured that each schema matches its check and upcast.
    check: 'check' in each ? (each.check as TypeVersion['check']) : undefined,
    upcast: 'upcast' in each ? (each.upcast as TypeVersion['upcast']) : undefined,
  }));
  known.set(type, versions);
  return versions;
}

/** The number of today's version of a type. Throws UnknownEventType. */
export const newestVersion = (type: string): number => versionsOf(type).length;

/**
 * The total number of known versions of all types. It only grows, because types and versions are never
 * removed.
 */
export const versionsKnown = (): number =>
  EVENT_TYPES.reduce((count, type) => count + newestVersion(type), 0);

/** Converts data of an older version to today's. Throws UnknownEventVersion for an unknown version. */
export function upcast(type: string, version: number, data: object): object {
  const versions = versionsOf(type);
  if (!versions[version - 1]) throw new UnknownEventVersion(type, version);
  return versions.slice(version - 1).reduce((said, { upcast: next }) => next?.(said) ?? said, data);
}

/** An event with its data as written. */
interface AsWritten extends Written {
  readonly type: string;
}

/**
 * Converts an event to today's version of its type and keeps the original data beside it. Events that cannot
 * be converted stay unchanged, and `definitionFor` refuses them: an unknown type or version, or data that
 * does not match its version.
 */
export function inTodaysVersion<E extends AsWritten>(event: E): E & { readonly written?: Written } {
  const { type, version = 1, data } = event;
  if (!isEventType(type) || version >= newestVersion(type)) return event;
  try {
    const written = { ...(version > 1 && { version }), data };
    return { ...event, version: newestVersion(type), data: upcast(type, version, data), written };
  } catch {
    return event;
  }
}

/** Whether this release can fold an event: its type is known, and its data is in today's version. */
export function isUnderstood({
  type,
  version = 1,
}: {
  readonly type: string;
  readonly version?: number;
}): boolean {
  return isEventType(type) && version === newestVersion(type);
}

/**
 * The definition with which to fold an event. Throws UnknownEventType, and UnknownEventVersion if the event
 * is not in today's version.
 */
export function definitionFor(event: { readonly type: string; readonly version?: number }) {
  const definition = definitionOf(event.type);
  if (!isUnderstood(event)) throw new UnknownEventVersion(event.type, event.version ?? 1);
  return definition;
}

/** An event or a correction has a version of its type that this release cannot read. */
export class UnknownEventVersion extends UnknownEventType {
  override readonly name = 'UnknownEventVersion';
  constructor(
    type: string,
    readonly version: number,
  ) {
    const newest = newestVersion(type);
    super(
      type,
      version > newest
        ? `version ${version} of ${type} is not known here, only up to ${newest}: it was recorded by a newer release`
        : `the data of ${type} is not what version ${version} says`,
    );
  }
}
