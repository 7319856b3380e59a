import { Identifiers } from '../domain/events/identifiers.js';
import { ArchivedCopy, Evidence } from '../domain/ledger/evidence.js';
import { definitionOf, EVENT_TYPES, isAmendment } from '../domain/events/catalogue.js';
import { Growth } from '../domain/events/growth.js';
import { RelativeTo } from '../domain/events/relative-to.js';
import type { FieldsClass } from '../domain/events/field-kind.js';
import { Investment } from '../domain/events/investment.js';
import { MoveRequest } from '../domain/ledger/move-request.js';
import { isRecordedAlone, Proposal } from '../domain/ledger/proposal.js';
import { fieldsOf } from '../domain/events/validation.js';
import { newestVersion, versionsOf } from '../domain/events/versions.js';

type Json = Record<string, unknown>;

/** The schemas of all event types, generated from the catalogue: new types are included automatically. */
export function eventSchemas(): Record<string, Json> {
  const schemas: Record<string, Json> = {
    Evidence: schemaOf(Evidence),
    Investment: schemaOf(Investment),
    RelativeTo: schemaOf(RelativeTo),
    Growth: schemaOf(Growth),
    Identifiers: schemaOf(Identifiers),
    ArchivedCopy: schemaOf(ArchivedCopy),
    MoveRequest: schemaOf(MoveRequest),
  };
  const refs: Json[] = [];
  const mapping: Record<string, string> = {};
  for (const type of EVENT_TYPES) {
    const definition = definitionOf(type);
    for (const { version, data } of versionsOf(type)) schemas[nameOfData(type, version)] = schemaOf(data);
    schemas[type] = proposalSchema(type, definition.summary, isAmendment(definition));
    if (!isRecordedAlone(type)) continue;
    refs.push({ $ref: `#/components/schemas/${type}` });
    mapping[type] = `#/components/schemas/${type}`;
  }
  const data = EVENT_TYPES.flatMap((type) =>
    versionsOf(type).map(({ version }) => nameOfData(type, version)),
  );
  schemas['EventData'] = { anyOf: data.map((name) => ({ $ref: `#/components/schemas/${name}` })) };
  schemas['EventType'] = { type: 'string', enum: [...EVENT_TYPES] };
  schemas['Event'] = { oneOf: refs, discriminator: { propertyName: 'type', mapping } };
  schemas['Events'] = {
    oneOf: [
      { $ref: '#/components/schemas/Event' },
      { type: 'array', items: { $ref: '#/components/schemas/Event' }, minItems: 1, maxItems: 1000 },
    ],
  };
  return schemas;
}

/** The name of the schema for a version's data. The current version has no suffix. */
export const nameOfData = (type: string, version: number): string =>
  `${type}Data${version === newestVersion(type) ? '' : `V${version}`}`;

function proposalSchema(type: string, summary: string, isAct: boolean): Json {
  const envelope = schemaOf(Proposal)['properties'] as Record<string, Json>;
  const { occurredOn, version, ...others } = envelope;
  const versions = versionsOf(type).map((each) => each.version);
  const [data = {}, ...earlier] = versions
    .map((each) => ({ $ref: `#/components/schemas/${nameOfData(type, each)}` }))
    .reverse();
  const needsSource = !isAct && type !== 'AutomakerRegistered';
  return {
    type: 'object',
    description: summary,
    additionalProperties: false,
    required: ['type', ...(isAct ? [] : ['occurredOn']), 'data', ...(needsSource ? ['evidence'] : [])],
    properties: {
      ...others,
      type: { const: type },
      version: { ...version, enum: versions },
      ...(!isAct && { occurredOn }),
      data: earlier.length === 0 ? data : { anyOf: [data, ...earlier] },
    },
  };
}

/** The JSON Schema of a class of declared fields. */
export function schemaOf(fields: FieldsClass): Json {
  const declared = [...fieldsOf(fields).values()];
  return {
    type: 'object',
    additionalProperties: false,
    required: declared.filter(({ optional }) => !optional).map(({ name }) => name),
    properties: Object.fromEntries(
      declared.map(({ name, kind, description }) => [name, { ...kind.schema, description }]),
    ),
  };
}
