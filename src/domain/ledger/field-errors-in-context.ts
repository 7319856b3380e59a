import type { NewEvent } from './event.js';
import type { EventCorrected } from '../events/event-corrected.js';
import { definitionOf, isAmendment } from '../events/catalogue.js';
import { isPlainObject } from '../events/fields.js';
import { addYears, dayOf, daysOf, hasOpenStart, latestDate } from './edtf.js';
import { readData } from './proposal.js';
import type { StreamState } from '../state/stream-state.js';
import { ownerOf } from './streams.js';
import type { FieldError } from '../events/field-kind.js';
import { upcast } from '../events/versions.js';

/**
 * Errors of a proposal that depend on its stream and on today's date. Today comes from the clock, not from
 * the stream, whose last event may lie in the future after a clock error.
 */
export function fieldErrorsInContext(
  state: StreamState,
  proposed: NewEvent,
  occurredOn: string | undefined,
  now: string,
): FieldError[] {
  const { type, data } = proposed;
  const problems: FieldError[] = [];
  const definition = definitionOf(type);
  if (!isAmendment(definition) && definition.stream !== ownerOf(state.stream)?.owner) {
    const place = definition.stream === 'automaker' ? 'an automaker' : `a ${definition.stream}`;
    problems.push({
      field: 'type',
      message: `must stand in the stream of ${place}; ${state.stream} is none`,
    });
  } else {
    problems.push(...problemsWithMarket(state, 'data', data));
  }
  problems.push(...problemsWithDate('occurredOn', occurredOn, now));
  problems.push(...problemsWithOpenStart(type, 'occurredOn', occurredOn));
  for (const [index, { publishedOn }] of proposed.evidence.entries())
    if (publishedOn !== undefined && daysOf(publishedOn).first > dayOf(now))
      problems.push({
        field: `evidence[${index}].publishedOn`,
        message: `must not lie in the future: today is ${dayOf(now)}`,
      });
  if (proposed.type === 'EventCorrected') problems.push(...problemsOfCorrection(state, proposed.data, now));
  return problems;
}

/** In a market's stream, events and their corrections must concern that market. */
function problemsWithMarket({ stream }: StreamState, path: string, data: unknown): FieldError[] {
  const owner = ownerOf(stream);
  if (owner?.owner !== 'market' || !isPlainObject(data) || !('market' in data)) return [];
  if (data['market'] === owner.market) return [];
  return [{ field: `${path}.market`, message: `must be ${owner.market}, the market of the stream` }];
}

function problemsWithDate(field: string, occurredOn: unknown, now: string): FieldError[] {
  if (typeof occurredOn !== 'string' || daysOf(latestDate(occurredOn)).first <= dayOf(now)) return [];
  const message = `must not lie in the future: today is ${dayOf(now)}. Record a plan as what was announced, on the day of its announcement`;
  return [{ field, message }];
}

/**
 * A goal counts from the day when its terms were stated. An open start would leave no day to measure from.
 */
const SAID_TERMS: readonly string[] = ['TargetSet', 'TargetRevised', 'TargetRestated'];

function problemsWithOpenStart(type: string, field: string, occurredOn: unknown): FieldError[] {
  if (typeof occurredOn !== 'string' || !hasOpenStart(occurredOn) || !SAID_TERMS.includes(type)) return [];
  const by = latestDate(occurredOn);
  const message = `must say since when it can have been said, such as ${addYears(daysOf(by).first, -1).slice(0, 4)}/${by}: a goal counts from then on`;
  return [{ field, message }];
}

function problemsOfCorrection(state: StreamState, correction: EventCorrected, now: string): FieldError[] {
  const target = state.logged(correction.event)?.recorded;
  if (!target) return [];
  const read = readData(target.type, correction.data, correction.version ?? 1);
  const said = 'problems' in read ? undefined : upcast(target.type, read.version, correction.data);
  return [
    ...problemsWithDate('data.occurredOn', correction.occurredOn, now),
    ...problemsWithOpenStart(target.type, 'data.occurredOn', correction.occurredOn),
    ...('problems' in read ? read.problems : []).map(({ field, message }) => ({
      field: `data.${field}`,
      message,
    })),
    ...problemsWithMarket(state, 'data.data', said),
  ];
}
