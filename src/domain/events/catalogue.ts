import type { AnyDefinition, AnyEventType } from './event-type.js';
import { automakerRegistered } from './automaker-registered.js';
import { companyRegistered } from './company-registered.js';
import { eventCorrected } from './event-corrected.js';
import { eventMoved } from './event-moved.js';
import { eventReinstated } from './event-reinstated.js';
import { eventRetracted } from './event-retracted.js';
import { evidenceAdded } from './evidence-added.js';
import { evidenceCorrected } from './evidence-corrected.js';
import { figureReported } from './figure-reported.js';
import { marketConditionChanged } from './market-condition-changed.js';
import { marketEntered } from './market-entered.js';
import { marketEntryAnnounced } from './market-entry-announced.js';
import { marketEntryChanged } from './market-entry-changed.js';
import { marketExited } from './market-exited.js';
import { ownershipChanged } from './ownership-changed.js';
import { partnerSigned } from './partner-signed.js';
import { partnershipEnded } from './partnership-ended.js';
import { productionAnnounced } from './production-announced.js';
import { productionEnded } from './production-ended.js';
import { productionPlanRevised } from './production-plan-revised.js';
import { productionStarted } from './production-started.js';
import { reportingChanged } from './reporting-changed.js';
import { serviceCenterClosed } from './service-center-closed.js';
import { serviceCenterOpened } from './service-center-opened.js';
import { storeClosed } from './store-closed.js';
import { storeOpened } from './store-opened.js';
import { strategyDeclared } from './strategy-declared.js';
import { strategyRevised } from './strategy-revised.js';
import { targetRestated } from './target-restated.js';
import { targetRevised } from './target-revised.js';
import { targetSet } from './target-set.js';
import { targetWithdrawn } from './target-withdrawn.js';

/** All event types, in display order. A new type needs a file beside this one and a line here. */
const TYPES = [
  automakerRegistered,
  strategyDeclared,
  strategyRevised,
  targetSet,
  targetRevised,
  targetRestated,
  targetWithdrawn,
  marketEntryAnnounced,
  marketEntered,
  marketEntryChanged,
  marketExited,
  partnerSigned,
  partnershipEnded,
  serviceCenterOpened,
  serviceCenterClosed,
  storeOpened,
  storeClosed,
  productionAnnounced,
  productionPlanRevised,
  productionStarted,
  productionEnded,
  figureReported,
  reportingChanged,
  marketConditionChanged,
  companyRegistered,
  ownershipChanged,
  evidenceAdded,
  evidenceCorrected,
  eventCorrected,
  eventRetracted,
  eventReinstated,
  eventMoved,
] as const;

type Definition = (typeof TYPES)[number];

export type EventType = Definition['type'];

/** The data of a type of event. */
export type EventData<T extends EventType = EventType> = InstanceType<
  Extract<Definition, { type: T }>['data']
>;

export const EVENT_TYPES: readonly EventType[] = TYPES.map(({ type }) => type);

const definitions: ReadonlyMap<string, AnyDefinition> = new Map(
  TYPES.map((definition) => [definition.type, definition as unknown as AnyDefinition]),
);

export function isEventType(type: unknown): type is EventType {
  return typeof type === 'string' && definitions.has(type);
}

/** The definition of a type. Throws UnknownEventType if it is not in the catalogue. */
export function definitionOf(type: string): AnyDefinition {
  const definition = definitions.get(type);
  if (!definition) throw new UnknownEventType(type);
  return definition;
}

/** An event has a type that this release does not know. */
export class UnknownEventType extends Error {
  override readonly name: string = 'UnknownEventType';
  constructor(
    readonly type: string,
    message = `unknown type of event: ${type}`,
  ) {
    super(message);
  }
}

/** The types of events in the world: all except those about another event. */
export const WORLD_EVENT_TYPES: readonly EventType[] = EVENT_TYPES.filter(
  (type) => !isAmendment(definitionOf(type)),
);

export function isAmendment(definition: AnyDefinition): definition is Exclude<AnyDefinition, AnyEventType> {
  return 'act' in definition;
}
