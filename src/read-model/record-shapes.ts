import type { CompanyRecord, Owner } from '../domain/state/company-record.js';
import type { Occurrence } from '../domain/state/occurrence.js';
import type {
  ConditionChange,
  FigureReport,
  GrowthReport,
  MarketStay,
  OutletChange,
  PlannedEntry,
  PlanRevision,
  RecordKind,
  ReportingChange,
  StrategyVersion,
  SubjectState,
  TargetTerms,
  TargetVersion,
} from '../domain/state/records.js';
import type { ReadPart } from './record-parts.js';
import { misfitOf, Optional, optional, type FieldShapes, type FieldsOf, type Misfit } from './shape.js';

const TEXTS = ['string'] as const;
const MAYBE_TEXT = optional('string' as const);
const MAYBE_TEXTS = optional(TEXTS);
const MAYBE_NUMBER = optional('number' as const);
const OCCURRENCE = {
  event: 'string',
  occurredOn: 'string',
  isRumour: optional('boolean' as const),
} as const satisfies FieldsOf<Occurrence>;
const MAYBE_OCCURRENCE = optional(OCCURRENCE);
const ENDED = optional({ ...OCCURRENCE, reason: MAYBE_TEXT } as const);
const INVESTMENT = { amount: 'number', currency: 'string' } as const;
const PERIMETER = {
  entity: MAYBE_TEXT,
  market: MAYBE_TEXT,
  basis: MAYBE_TEXT,
  vehicles: MAYBE_TEXT,
  countedBy: MAYBE_TEXT,
} as const;
const WAY_OF_ENTRY = {
  entity: MAYBE_TEXT,
  entryMode: MAYBE_TEXT,
  partner: MAYBE_TEXT,
  models: MAYBE_TEXTS,
} as const;

const STRATEGY_VERSION = {
  ...OCCURRENCE,
  type: 'string',
  approach: 'string',
  elements: TEXTS,
  rationale: 'string',
} as const satisfies FieldsOf<StrategyVersion>;

const TERMS = {
  ...PERIMETER,
  measure: 'string',
  threshold: 'number',
  thresholdTo: MAYBE_NUMBER,
  qualifier: MAYBE_TEXT,
  relativeTo: optional({ factor: 'number', period: 'string' } as const),
  kind: MAYBE_TEXT,
  period: MAYBE_TEXT,
  saidBy: MAYBE_TEXT,
  unit: 'string',
  deadline: MAYBE_TEXT,
  wording: 'string',
  firmness: MAYBE_TEXT,
  restatedEveryMonths: MAYBE_NUMBER,
} as const satisfies FieldsOf<TargetTerms>;

const TARGET_VERSION = {
  ...OCCURRENCE,
  type: 'string',
  terms: TERMS,
  reason: MAYBE_TEXT,
} as const satisfies FieldsOf<TargetVersion>;

const STAY = {
  ...WAY_OF_ENTRY,
  entered: MAYBE_OCCURRENCE,
  announced: MAYBE_OCCURRENCE,
  changes: optional([{ ...OCCURRENCE, entryMode: MAYBE_TEXT, partner: MAYBE_TEXT }] as const),
  exited: optional({ ...OCCURRENCE, reason: 'string', until: MAYBE_TEXT } as const),
} as const satisfies FieldsOf<MarketStay>;

const PLANNED_ENTRY = {
  ...OCCURRENCE,
  ...WAY_OF_ENTRY,
  startsOn: MAYBE_TEXT,
} as const satisfies FieldsOf<PlannedEntry>;

const OUTLET_CHANGE = {
  ...OCCURRENCE,
  count: 'number',
  entity: MAYBE_TEXT,
  functions: MAYBE_TEXTS,
} as const satisfies FieldsOf<OutletChange>;

const PLAN_REVISION = {
  ...OCCURRENCE,
  change: MAYBE_TEXT,
  annualCapacity: MAYBE_NUMBER,
  startsOn: MAYBE_TEXT,
  name: MAYBE_TEXT,
  reason: MAYBE_TEXT,
} as const satisfies FieldsOf<PlanRevision>;

const FIGURE_REPORT = {
  ...OCCURRENCE,
  value: 'number',
  qualifier: MAYBE_TEXT,
  from: MAYBE_NUMBER,
  to: MAYBE_NUMBER,
  publishers: MAYBE_TEXTS,
  restates: MAYBE_TEXTS,
  sumOf: MAYBE_TEXT,
  derivation: MAYBE_TEXT,
  plusMinus: MAYBE_NUMBER,
  grade: 'string',
  publishedOn: MAYBE_TEXT,
  revision: 'number',
} as const satisfies FieldsOf<FigureReport>;

const GROWTH_REPORT = {
  ...OCCURRENCE,
  percent: 'number',
  plusMinus: MAYBE_NUMBER,
  on: 'string',
  grade: 'string',
} as const satisfies FieldsOf<GrowthReport>;

const CONDITION_CHANGE = {
  ...OCCURRENCE,
  rate: MAYBE_NUMBER,
  automakers: MAYBE_TEXTS,
  powertrains: MAYBE_TEXTS,
  effectiveOn: MAYBE_TEXT,
  stage: MAYBE_TEXT,
} as const satisfies FieldsOf<ConditionChange>;

const REPORTING_CHANGE = {
  ...OCCURRENCE,
  interval: 'string',
  reason: MAYBE_TEXT,
} as const satisfies FieldsOf<ReportingChange>;

const OWNER = {
  ...OCCURRENCE,
  parent: 'string',
  share: 'number',
  role: MAYBE_TEXT,
} as const satisfies FieldsOf<Owner>;

const COMPANY = {
  names: TEXTS,
  kind: 'string',
  aliases: MAYBE_TEXTS,
  identifiers: optional({ lei: MAYBE_TEXT, isin: MAYBE_TEXT, ticker: MAYBE_TEXT, wikidata: MAYBE_TEXT }),
  registered: MAYBE_OCCURRENCE,
  owners: [OWNER],
} as const satisfies FieldsOf<CompanyRecord>;

/** What the record of each kind looks like. */
const SHAPES = {
  automaker: { name: 'string', homeMarket: 'string', group: MAYBE_TEXT, registered: OCCURRENCE },
  strategy: { versions: [STRATEGY_VERSION] },
  target: { target: 'string', withdrawn: 'boolean', versions: [TARGET_VERSION] },
  market: {
    market: 'string',
    present: 'boolean',
    stays: [STAY],
    planned: optional([PLANNED_ENTRY] as const),
  },
  partnership: {
    partnership: 'string',
    partner: 'string',
    roles: TEXTS,
    markets: TEXTS,
    equityShare: MAYBE_NUMBER,
    investment: optional(INVESTMENT),
    scope: MAYBE_TEXT,
    stage: MAYBE_TEXT,
    signed: MAYBE_OCCURRENCE,
    memorandum: MAYBE_OCCURRENCE,
    ended: ENDED,
  },
  outlets: {
    outlet: 'string',
    market: 'string',
    opened: 'number',
    closed: 'number',
    firstOpened: MAYBE_OCCURRENCE,
    openedBy: { own: 'number', partner: 'number', unknown: 'number' },
    events: TEXTS,
    changes: [OUTLET_CHANGE],
  },
  site: {
    site: 'string',
    name: 'string',
    market: 'string',
    status: 'string',
    process: MAYBE_TEXT,
    ownership: MAYBE_TEXT,
    partner: MAYBE_TEXT,
    annualCapacity: MAYBE_NUMBER,
    plannedCapacity: MAYBE_NUMBER,
    startsOn: MAYBE_TEXT,
    investment: optional(INVESTMENT),
    capital: optional({ investment: INVESTMENT, annualCapacity: 'number' } as const),
    announced: MAYBE_OCCURRENCE,
    revisions: optional([PLAN_REVISION] as const),
    tried: MAYBE_OCCURRENCE,
    started: MAYBE_OCCURRENCE,
    firstStarted: MAYBE_OCCURRENCE,
    ended: ENDED,
  },
  figure: {
    ...PERIMETER,
    measure: 'string',
    period: MAYBE_TEXT,
    asOf: MAYBE_TEXT,
    first: 'string',
    last: 'string',
    reports: [FIGURE_REPORT],
    growths: optional([GROWTH_REPORT] as const),
  },
  condition: { market: 'string', kind: 'string', appliesTo: 'string', changes: [CONDITION_CHANGE] },
  reporting: { measure: 'string', entity: MAYBE_TEXT, changes: [REPORTING_CHANGE] },
  company: COMPANY,
} as const satisfies { readonly [K in RecordKind]: FieldsOf<SubjectState[K]> };

/** Earlier rows of a record hold items of its histories, and nothing else. */
const earlierItems = (head: FieldShapes): FieldShapes =>
  Object.fromEntries(
    Object.entries(head).flatMap(([field, shape]) => {
      const history = shape instanceof Optional ? shape.shape : shape;
      return Array.isArray(history) ? [[field, optional(history)]] : [];
    }),
  );

const MISFITS: ReadonlyMap<string, { readonly head: Misfit; readonly earlier: Misfit }> = new Map(
  Object.entries(SHAPES).map(([kind, shape]) => [
    kind,
    { head: misfitOf(shape), earlier: misfitOf(earlierItems(shape)) },
  ]),
);

/** Where a row of a record holds what it cannot have been written with; undefined if there is no such place. */
export function misfitOfPart({ kind, part, value }: ReadPart): string | undefined {
  const misfits = MISFITS.get(kind);
  return misfits ? misfits[part === 0 ? 'head' : 'earlier'](value) : '';
}
