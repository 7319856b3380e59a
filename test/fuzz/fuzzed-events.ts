import fc from 'fast-check';
import { EVENT_TYPES } from '../../src/domain/events/catalogue.js';
import { FULL_DATA } from '../domain/sample-events.js';
import { hostileDate, hostileJson, hostileText } from './hostile-values.js';

type Json = Record<string, unknown>;

const EVIDENCE = [{ url: 'https://example.com/source', publisher: 'Example', grade: 'reported' }];
const ACTS_ON_EVENTS: ReadonlySet<string> = new Set([
  'EvidenceAdded',
  'EvidenceCorrected',
  'EventCorrected',
  'EventRetracted',
  'EventReinstated',
  'EventMoved',
]);

/** Enough automakers that, in a long run, not every event contradicts an existing one. */
export const AUTOMAKERS: readonly string[] = [
  'xpeng',
  'geely',
  ...Array.from({ length: 38 }, (_, index) => `maker-${index + 1}`),
];

/** Ids of streams that exist, that do not exist, and that are invalid. */
export const streamId = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...AUTOMAKERS).map((id) => `automaker-${id}`) },
  { weight: 2, arbitrary: fc.constantFrom('market-EU', 'market-NO') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'automaker-',
      'automaker-A',
      'market-XX',
      '$all',
      '__proto__',
      'automaker-a/../b',
    ),
  },
  { weight: 1, arbitrary: hostileText },
);

/** One change to an event. */
const mutation: fc.Arbitrary<(event: Json) => Json> = fc.oneof(
  fc.constant((event: Json) => event),
  fc.tuple(fc.nat(), hostileJson).map(
    ([at, value]) =>
      (event: Json) =>
        withField(event, at, value),
  ),
  fc.nat().map((at) => (event: Json) => withField(event, at, undefined)),
  fc.tuple(fc.nat(), hostileText).map(
    ([at, value]) =>
      (event: Json) =>
        withText(event, at, value),
  ),
  hostileDate.map((occurredOn) => (event: Json) => ({ ...event, occurredOn })),
  fc.tuple(hostileText, hostileJson).map(
    ([name, value]) =>
      (event: Json) =>
        own(event, name, value),
  ),
  fc
    .tuple(hostileText, hostileJson)
    .map(([name, value]) => (event: Json) => ({ ...event, data: own(dataOf(event), name, value) })),
  hostileJson.map((evidence) => (event: Json) => ({ ...event, evidence })),
  hostileDate.map((publishedOn) => (event: Json) => ({
    ...event,
    evidence: [{ ...EVIDENCE[0], publishedOn }],
  })),
  hostileText.map((note) => (event: Json) => ({ ...event, note })),
  hostileJson.map((id) => (event: Json) => ({ ...event, id })),
  hostileJson.map((duplicateOf) => (event: Json) => ({ ...event, duplicateOf })),
  hostileJson.map((typeVersion) => (event: Json) => ({ ...event, version: typeVersion })),
);

const dataOf = (event: Json): Json => (event['data'] ?? {}) as Json;

/** Sets the value as an own property, even if the name is special, such as `__proto__`. */
function own(object: Json, name: string, value: unknown): Json {
  const copy = { ...object };
  Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

function withField(event: Json, at: number, value: unknown): Json {
  const names = Object.keys(dataOf(event));
  const name = names[at % Math.max(1, names.length)];
  if (name === undefined) return { ...event, data: value };
  const data = own(dataOf(event), name, value);
  if (value === undefined) Reflect.deleteProperty(data, name);
  return { ...event, data };
}

/** Replaces only texts, so that types stay valid and the event passes more checks. */
function withText(event: Json, at: number, value: string): Json {
  const names = Object.keys(dataOf(event)).filter((name) => typeof dataOf(event)[name] === 'string');
  const name = names[at % Math.max(1, names.length)];
  return name === undefined ? event : { ...event, data: own(dataOf(event), name, value) };
}

/** Ids for lines and for the events that amendments name; few enough that they coincide. */
const eventId = fc.nat({ max: 4000 }).map((n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
const market = fc.constantFrom('NO', 'SE', 'DE', 'FR', 'EG', 'AU', 'TH', 'BR', 'EU', 'IL');
const city = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const slug = fc.stringMatching(/^[a-z]{3,8}$/);

/** Valid data of each type, with varying markets, cities and names. */
const variation = fc
  .record({ market, city, target: slug, site: slug, partnership: slug, name: city })
  .map((varied) => {
    const values: Json = varied;
    return (data: Json): Json =>
      Object.fromEntries(Object.entries(data).map(([name, value]) => [name, values[name] ?? value]));
  });

/** An event of a request: valid, or with one to three changes. */
export const fuzzedEvent: fc.Arbitrary<Json> = fc
  .record({
    type: fc.constantFrom(...EVENT_TYPES),
    vary: variation,
    occurredOn: fc.constantFrom('2023', '2024-05', '2025-01-31', '2024~', '2025-01/2025-06'),
    mutations: fc.oneof(
      fc.array(mutation, { maxLength: 0 }),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
    ),
    event: eventId,
  })
  .map(({ type, vary, occurredOn, mutations, event }) => {
    const isAct = ACTS_ON_EVENTS.has(type);
    const data = isAct ? { ...FULL_DATA[type], event } : vary({ ...FULL_DATA[type] });
    const valid: Json = { type, ...(!isAct && { occurredOn, evidence: EVIDENCE }), data };
    return mutations.reduce((mutated, mutate) => mutate(mutated), valid);
  });

/** The fields that a line of an export has in addition to the event. */
const recording = fc.record(
  {
    recordedAt: fc.oneof(
      fc.constant('2026-01-01T00:00:00.000Z'),
      hostileDate,
      hostileDate.map((day) => `${day}T12:00:00.000Z`),
    ),
    recordedBy: fc.oneof(fc.constant('ann'), hostileText),
    warnings: fc.oneof(
      hostileJson,
      fc.array(fc.record({ code: hostileText, message: hostileJson }), { maxLength: 2 }),
    ),
    position: hostileJson,
    revision: hostileJson,
  },
  { requiredKeys: [] },
);

/** A line of an import: an event in its stream, plain, as an export writes it, or as a CloudEvent. */
export const fuzzedLine: fc.Arbitrary<Json> = fc
  .tuple(
    fuzzedEvent,
    streamId,
    recording,
    fc.constantFrom('plain', 'plain', 'recorded', 'cloudevent'),
    eventId,
  )
  .map(([event, anyStream, recorded, kind, id]) => {
    // An event in a stream of the wrong kind is refused at once; without this, most would be.
    const isOfMarket = event['type'] === 'MarketConditionChanged';
    const stream = isOfMarket && anyStream.startsWith('automaker-maker') ? 'market-EU' : anyStream;
    if (kind === 'plain') return { id, stream, ...event };
    if (kind === 'recorded') return { id, stream, ...event, ...recorded };
    const { type, ...rest } = event;
    const envelope = {
      specversion: '1.0',
      id,
      source: '/x',
      type: `market-expansion-tracker.${String(type)}`,
    };
    return { ...envelope, subject: stream, data: { ...rest, ...recorded } };
  });
