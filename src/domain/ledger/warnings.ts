import { isUUID } from 'class-validator';
import type { Warning } from './warning.js';
import { isPlainObject } from '../events/fields.js';
import type { FieldError } from '../events/field-kind.js';

const FIELDS: ReadonlySet<string> = new Set(['code', 'message', 'events']);

/** Errors of a value as the warnings of an event. */
export function problemsOfWarnings(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [{ field: 'warnings', message: 'must be a list' }];
  return value.flatMap((each, index) => {
    const fault = faultOf(each);
    return fault === undefined ? [] : [{ field: `warnings[${index}]`, message: fault }];
  });
}

/**
 * The warnings of a recorded event. Malformed ones are left out, because older releases restored any content
 * of a line.
 */
export function warningsIn(value: unknown): readonly Warning[] {
  if (value === undefined) return NONE;
  if (!Array.isArray(value)) return NONE;
  return value.every((each) => faultOf(each) === undefined)
    ? (value as readonly Warning[])
    : value.filter((each): each is Warning => faultOf(each) === undefined);
}

const NONE: readonly Warning[] = [];

function faultOf(value: unknown): string | undefined {
  if (!isPlainObject(value)) return 'must be an object with code and message';
  const { code, message, events = [] } = value;
  if (typeof code !== 'string' || code === '' || typeof message !== 'string')
    return 'must have a code and a message, both texts';
  if (!Array.isArray(events) || !events.every((each) => isUUID(each, 'all')))
    return 'must name events by a list of their ids (UUID)';
  const unknown = Object.keys(value).find((name) => !FIELDS.has(name));
  return unknown === undefined ? undefined : `must hold code, message and events alone, not ${unknown}`;
}
