import type { Said } from '../../domain/ledger/proposal.js';
import { idForContent } from '../recording/event-ids.js';

/**
 * The field orders of releases before event types had versions. Those releases hashed this text into the ids
 * of imported lines without an id. These orders never change, even if the types do.
 */
const DATA = orders({
  AutomakerRegistered: 'name homeMarket group',
  StrategyDeclared: 'approach elements rationale',
  StrategyRevised: 'approach elements rationale',
  TargetSet:
    'target measure threshold unit deadline wording entity basis market firmness restatedEveryMonths',
  TargetRevised:
    'reason target measure threshold unit deadline wording entity basis market firmness restatedEveryMonths',
  TargetRestated: 'target wording',
  TargetWithdrawn: 'target reason',
  MarketEntered: 'market entryMode partner models',
  MarketExited: 'market reason',
  PartnerSigned: 'partnership partner roles markets equityShare investment',
  PartnershipEnded: 'partnership reason',
  ServiceCenterOpened: 'market city count operator',
  ServiceCenterClosed: 'market city count operator',
  StoreOpened: 'market city count operator',
  StoreClosed: 'market city count operator',
  ProductionAnnounced: 'site name market mode partner annualCapacity startsOn investment',
  ProductionStarted: 'site market mode partner annualCapacity investment',
  ProductionEnded: 'site reason',
  FigureReported: 'measure value plusMinus period asOf market entity basis',
  MarketConditionChanged: 'market kind rate appliesTo automakers powertrains effectiveOn',
  EvidenceAdded: 'event evidence',
  EventCorrected: 'event data occurredOn reason',
  EventRetracted: 'event reason',
});
const { EVIDENCE = [], INVESTMENT = [] } = orders({
  EVIDENCE: 'url publisher publishedOn grade quote note',
  INVESTMENT: 'amount currency',
});

type Order = readonly string[];

function orders(texts: Readonly<Record<string, string>>): Readonly<Record<string, Order>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.split(' ')]));
}

/**
 * The id that a release before versioned types gave to a line without one; undefined if that release could
 * not record the line.
 */
export function formerId(
  stream: string,
  { type, occurredOn, data, evidence, note, duplicateOf }: Said,
): string | undefined {
  const order = type && DATA[type];
  if (!order) return undefined;
  const given = data as Readonly<Record<string, unknown>>;
  for (const name in given) if (given[name] !== undefined && !order.includes(name)) return undefined;
  const said = {
    type,
    occurredOn,
    data: inOrder(order, data),
    evidence: evidence?.map((item) => inOrder(EVIDENCE, item)),
    note,
    duplicateOf,
  };
  return idForContent(stream, JSON.stringify(said));
}

function inOrder(order: Order, value: object): object {
  const given = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const name of order) {
    const content = given[name];
    if (content !== undefined) ordered[name] = typeof content === 'object' ? partsOf(name, content) : content;
  }
  return ordered;
}

function partsOf(name: string, value: unknown): unknown {
  if (name === 'investment' && typeof value === 'object' && value !== null) return inOrder(INVESTMENT, value);
  if (name === 'evidence' && Array.isArray(value))
    return value.map((item: object) => inOrder(EVIDENCE, item));
  return value;
}
