import type { Evidence, Grade } from '../ledger/evidence.js';
import type { Measure, Perimeter, Unit } from '../measures/measures.js';
import type { FigureQualifier } from '../measures/rounding.js';
import type { Day, EdtfDate } from '../ledger/edtf.js';
import type { CompanyRecord } from './company-record.js';
import type { Occurrence } from './occurrence.js';
import type { ConditionKind, ConditionStage, Powertrain, ReportingInterval } from './choices.js';

/**
 * What events fold into. Each event belongs to one subject (a market, a target, a site …) and the events of a subject
 * fold into one record, plain data, which is also one row of the stored views.
 */
export interface SubjectState {
  automaker: AutomakerRecord;
  strategy: StrategyRecord;
  target: TargetRecord;
  market: MarketRecord;
  partnership: PartnershipRecord;
  outlets: OutletsRecord;
  site: SiteRecord;
  figure: FigureRecord;
  condition: ConditionRecord;
  reporting: ReportingRecord;
  company: CompanyRecord;
}

export type RecordKind = keyof SubjectState;
export type AnyRecord = SubjectState[RecordKind];

export const RECORD_KINDS = [
  'automaker',
  'strategy',
  'target',
  'market',
  'partnership',
  'outlets',
  'site',
  'figure',
  'condition',
  'reporting',
  'company',
] as const satisfies readonly RecordKind[];

export interface AutomakerRecord {
  readonly name: string;
  readonly homeMarket: string;
  /** The automaker that it belongs to, where the ledger follows that one too. */
  readonly group?: string;
  readonly registered: Occurrence;
}

export const APPROACHES = ['asset-light', 'export-led', 'localised-manufacturing', 'blended'] as const;
export type Approach = (typeof APPROACHES)[number];

export interface StrategyVersion extends Occurrence {
  readonly type: 'StrategyDeclared' | 'StrategyRevised';
  readonly approach: Approach;
  readonly elements: readonly string[];
  readonly rationale: string;
}

export interface StrategyRecord {
  /** Oldest first; the last one is in force. */
  readonly versions: readonly StrategyVersion[];
}

export const FIRMNESS = ['mooted', 'stated', 'planned', 'committed'] as const;
export type Firmness = (typeof FIRMNESS)[number];

export const GOAL_KINDS = ['amount', 'rate', 'cumulative', 'share', 'level', 'presence'] as const;
export type GoalKind = (typeof GOAL_KINDS)[number];

export const THRESHOLD_QUALIFIERS = ['at-least', 'about', 'up-to', 'between'] as const;
export type ThresholdQualifier = (typeof THRESHOLD_QUALIFIERS)[number];

/** Who announced a goal. What an analyst expects is no goal. */
export const SAYERS = ['automaker', 'executive', 'partner', 'authority', 'press'] as const;
export type Sayer = (typeof SAYERS)[number];

/** A threshold as a multiple of what was reached in a period: it moves when that figure is corrected. */
export interface RelativeThreshold {
  readonly factor: number;
  readonly period: EdtfDate;
}

/** What a target promises. */
export interface TargetTerms extends Perimeter {
  readonly measure: Measure;
  readonly threshold: number;
  /** Upper end of a threshold that is an interval. */
  readonly thresholdTo?: number;
  readonly qualifier?: ThresholdQualifier;
  readonly relativeTo?: RelativeThreshold;
  readonly kind?: GoalKind;
  /** The period of an amount, a cumulative amount or a share. */
  readonly period?: EdtfDate;
  readonly saidBy?: Sayer;
  readonly unit: Unit;
  readonly deadline?: EdtfDate;
  readonly wording: string;
  readonly firmness?: Firmness;
  /** How often it is expected to be said again, in months. */
  readonly restatedEveryMonths?: number;
}

export interface TargetVersion extends Occurrence {
  readonly type: 'TargetSet' | 'TargetRevised' | 'TargetRestated' | 'TargetWithdrawn';
  /** The terms in force from this version on. */
  readonly terms: TargetTerms;
  readonly reason?: string;
}

export interface TargetRecord {
  readonly target: string;
  readonly withdrawn: boolean;
  /** Oldest first; the last one is in force. */
  readonly versions: readonly TargetVersion[];
}

export const ENTRY_MODES = [
  'distributor',
  'own-subsidiary',
  'direct-sales',
  'export-importer',
  'joint-venture',
  'licensing',
] as const;
export type EntryMode = (typeof ENTRY_MODES)[number];

/** How a brand of an automaker, or the automaker as such, is in a market or is to be. */
export interface WayOfEntry {
  /** The brand or group that it is about, where it is not the automaker as such. */
  readonly entity?: string;
  readonly entryMode?: EntryMode;
  readonly partner?: string;
  readonly models?: readonly string[];
}

export interface MarketStay extends WayOfEntry {
  /** Absent where only the exit was logged. */
  readonly entered?: Occurrence;
  /** When the entry was announced, where it was. */
  readonly announced?: Occurrence;
  /** How the way of selling changed since, oldest first; the stay itself says what holds. */
  readonly changes?: readonly MarketEntryChange[];
  readonly exited?: MarketExit;
}

export interface MarketEntryChange extends Occurrence {
  readonly entryMode?: EntryMode;
  readonly partner?: string;
}

export interface MarketExit extends Occurrence {
  readonly reason: string;
  /** Of an exit in stages: when the last one is over. */
  readonly until?: EdtfDate;
}

/** An entry that was announced and is not logged yet. */
export interface PlannedEntry extends WayOfEntry, Occurrence {
  readonly startsOn?: EdtfDate;
}

export interface MarketRecord {
  readonly market: string;
  readonly present: boolean;
  /** Oldest first; the last one says how the automaker is there, or when it left. Empty where an entry is only planned. */
  readonly stays: readonly MarketStay[];
  /** Absent where none is. */
  readonly planned?: readonly PlannedEntry[];
}

export const PARTNER_ROLES = [
  'importer',
  'distributor',
  'after-sales',
  'joint-venture',
  'assembler',
  'contract-manufacturer',
  'equity-investor',
  'technology',
  'charging',
  'finance',
  'logistics',
] as const;
export type PartnerRole = (typeof PARTNER_ROLES)[number];

export const PARTNER_STAGES = ['memorandum', 'signed'] as const;
export type PartnerStage = (typeof PARTNER_STAGES)[number];

export interface Investment {
  readonly amount: number;
  readonly currency: string;
}

export interface PartnershipRecord {
  readonly partnership: string;
  readonly partner: string;
  readonly roles: readonly PartnerRole[];
  readonly markets: readonly string[];
  readonly equityShare?: number;
  readonly investment?: Investment;
  /** Where it is of no market in particular. */
  readonly scope?: 'worldwide';
  /** Left out: signed. */
  readonly stage?: PartnerStage;
  /** Absent where only the end was logged. */
  readonly signed?: Occurrence;
  /** The memorandum that came before, where there was one. */
  readonly memorandum?: Occurrence;
  readonly ended?: Occurrence & { readonly reason?: string };
}

/** Points of sale or service that were logged one by one, of one kind in one market. */
export interface OutletsRecord {
  /** `service-center`, `store` … */
  readonly outlet: string;
  readonly market: string;
  readonly opened: number;
  readonly closed: number;
  readonly firstOpened?: Occurrence;
  /** Who runs what was opened. */
  readonly openedBy: { readonly own: number; readonly partner: number; readonly unknown: number };
  readonly events: readonly string[];
  /** Each opening (above zero) and closing (below), in the order of their days. */
  readonly changes: readonly OutletChange[];
}

export const OUTLET_FUNCTIONS = ['sales', 'service', 'delivery'] as const;
export type OutletFunction = (typeof OUTLET_FUNCTIONS)[number];

export interface OutletChange extends Occurrence {
  readonly count: number;
  /** The brand or group whose they are, where it was said. */
  readonly entity?: string;
  /** What is done there, where it was said. */
  readonly functions?: readonly OutletFunction[];
}

/** How cars are built: from kits, or with body and paint shops. */
export const PROCESSES = ['ckd', 'skd', 'full'] as const;
export type Process = (typeof PROCESSES)[number];

/** Whose a site is. */
export const OWNERSHIPS = ['own', 'joint', 'contract'] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

export const STAGES = ['trial', 'series'] as const;
export type Stage = (typeof STAGES)[number];

export const PLAN_CHANGES = ['enlarged', 'reduced', 'put-off', 'brought-forward', 'denied'] as const;
export type PlanChange = (typeof PLAN_CHANGES)[number];

/** What became of the plan of a site. */
export interface PlanRevision extends Occurrence {
  readonly change?: PlanChange;
  readonly annualCapacity?: number;
  readonly startsOn?: EdtfDate;
  readonly name?: string;
  readonly reason?: string;
}

/** Money and the yearly units that it was for. */
export interface SiteCapital {
  readonly investment: Investment;
  readonly annualCapacity: number;
}

export interface SiteRecord {
  readonly site: string;
  readonly name: string;
  readonly market: string;
  readonly status: 'announced' | 'denied' | 'trial' | 'running' | 'ended' | 'cancelled';
  readonly process?: Process;
  readonly ownership?: Ownership;
  readonly partner?: string;
  /** Units a year: of a site that runs what was said of it, of any other one its current plan. */
  readonly annualCapacity?: number;
  /** Units a year that a running site is to have by its current plan. */
  readonly plannedCapacity?: number;
  readonly startsOn?: EdtfDate;
  readonly investment?: Investment;
  /** What was told to be invested for how many units a year, both by one event: money of one plan and units of another do not go together. */
  readonly capital?: SiteCapital;
  readonly announced?: Occurrence;
  /** How the plan changed, oldest first; absent where it did not. */
  readonly revisions?: readonly PlanRevision[];
  /** The start of a trial run. */
  readonly tried?: Occurrence;
  /** The start of production in series; of what ended and began again, the last one. */
  readonly started?: Occurrence;
  /** The first start of production in series, where it began again later: what was announced waited until then. */
  readonly firstStarted?: Occurrence;
  readonly ended?: Occurrence & { readonly reason?: string };
}

/** What a source can say that its figure adds up. */
export const FIGURE_SUMS = ['exports-and-local-production'] as const;
export type FigureSum = (typeof FIGURE_SUMS)[number];

/** One report of a figure. */
export interface FigureReport extends Occurrence {
  /** The figure; of "between", the middle of its ends. */
  readonly value: number;
  readonly qualifier?: FigureQualifier;
  readonly from?: number;
  readonly to?: number;
  /** Who stated it. */
  readonly publishers?: readonly string[];
  /** Events whose figures it puts right: they do not count from then on. */
  readonly restates?: readonly string[];
  /** What the source says that it adds up. */
  readonly sumOf?: FigureSum;
  /** How whoever logged it worked it out, where no source states it. Ranks below every figure that one states. */
  readonly derivation?: string;
  /** Half-width of the rounding, where the source states it. */
  readonly plusMinus?: number;
  readonly grade: Grade;
  /** The newest publication among its evidence. */
  readonly publishedOn?: EdtfDate;
  /** Revision of the event in its stream: of two reports, the one recorded later has the greater. */
  readonly revision: number;
}

/** All reports of one measure, perimeter and period (or date): more than one where sources disagree. */
export interface FigureRecord extends Perimeter {
  readonly measure: Measure;
  readonly period?: EdtfDate;
  readonly asOf?: EdtfDate;
  readonly first: Day;
  readonly last: Day;
  readonly reports: readonly FigureReport[];
  /** Growth that sources state of this period over another one. */
  readonly growths?: readonly GrowthReport[];
}

/** A growth rate as a source printed it: this period is so many percent above (or below) another one. */
export interface GrowthReport extends Occurrence {
  readonly percent: number;
  /** Half-width of its rounding in percentage points, where the source states it. */
  readonly plusMinus?: number;
  /** The period that it grew from. */
  readonly on: EdtfDate;
  readonly grade: Grade;
}

export interface ConditionChange extends Occurrence {
  /** Percent. */
  readonly rate?: number;
  readonly automakers?: readonly string[];
  readonly powertrains?: readonly Powertrain[];
  readonly effectiveOn?: EdtfDate;
  /** Left out: in force. */
  readonly stage?: ConditionStage;
}

/** What happened to one condition of a market: its changes, oldest first. */
export interface ConditionRecord {
  readonly market: string;
  readonly kind: ConditionKind;
  readonly appliesTo: string;
  readonly changes: readonly ConditionChange[];
}

export interface ReportingChange extends Occurrence {
  readonly interval: ReportingInterval;
  readonly reason?: string;
}

/** How often an automaker, or one of its brands, reports a measure. */
export interface ReportingRecord {
  readonly measure: Measure;
  readonly entity?: string;
  /** Oldest first; the last one holds. */
  readonly changes: readonly ReportingChange[];
}

/** What an event that takes effect looks like, after corrections, retractions and added evidence. */
export interface EffectiveEvent<D = object> {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
  readonly occurredOn: EdtfDate;
  /** The day by which it has surely occurred: what order and "true on" go by. */
  readonly day: Day;
  readonly data: D;
  readonly evidence: readonly Evidence[];
}
