import type { EarlierVersion } from './event-type.js';
import type { Written } from '../ledger/event.js';
import { definitionOf, EVENT_TYPES, isEventType, UnknownEventType } from './catalogue.js';
import type { FieldsClass, FieldError } from './field-kind.js';

/** One version of a type: what its data looks like, and how it is said in the next one. */
export interface TypeVersion {
  /** From 1. */
  readonly version: number;
  readonly data: FieldsClass;
  readonly check?: ((data: object) => FieldError[]) | undefined;
  /** Absent in today's. */
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
    // Each schema goes with the check and the upcast beside it, as `earlierVersion` made sure.
    check: 'check' in each ? (each.check as TypeVersion['check']) : undefined,
    upcast: 'upcast' in each ? (each.upcast as TypeVersion['upcast']) : undefined,
  }));
  known.set(type, versions);
  return versions;
}

/** The number of today's version of a type. Throws UnknownEventType. */
export const newestVersion = (type: string): number => versionsOf(type).length;

/** How many versions of all types are known. It only ever grows: neither types nor versions go. */
export const versionsKnown = (): number =>
  EVENT_TYPES.reduce((count, type) => count + newestVersion(type), 0);

/** What data of some version of a type says in today's. Throws UnknownEventVersion for one that is not known. */
export function upcast(type: string, version: number, data: object): object {
  const versions = versionsOf(type);
  if (!versions[version - 1]) throw new UnknownEventVersion(type, version);
  return versions.slice(version - 1).reduce((said, { upcast: next }) => next?.(said) ?? said, data);
}

/** An event with its data as it was written. */
interface AsWritten extends Written {
  readonly type: string;
}

/**
 * An event in today's version of its type, with what was written beside it. What cannot be brought there stays as it is,
 * and `definitionFor` refuses it: a type or a version that is not known here, and data that is not what its version says.
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

/** Whether an event can be folded here: its type is known, and it is in today's version of it. */
export function isUnderstood({
  type,
  version = 1,
}: {
  readonly type: string;
  readonly version?: number;
}): boolean {
  return isEventType(type) && version === newestVersion(type);
}

/** The definition that an event is folded by. Throws UnknownEventType, and UnknownEventVersion where it is not in today's. */
export function definitionFor(event: { readonly type: string; readonly version?: number }) {
  const definition = definitionOf(event.type);
  if (!isUnderstood(event)) throw new UnknownEventVersion(event.type, event.version ?? 1);
  return definition;
}

/** An event, or a correction, has a version of its type that cannot be read here. */
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
