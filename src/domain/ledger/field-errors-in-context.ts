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
 * What is wrong with a proposal given its stream and the day: that of the clock, which the stream may be ahead of where a
 * clock once was.
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

/** In the stream of a market, what happens there: neither an event nor its correction is about another one. */
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

/** A goal counts from when its terms were said: where that may be any day before, nothing is measured since. */
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
