import type { Evidence, Grade } from '../ledger/evidence.js';
import type { Measure, Perimeter, Unit } from '../measures/measures.js';
import type { FigureQualifier } from '../measures/rounding.js';
import type { Day, EdtfDate } from '../ledger/edtf.js';
import type { CompanyRecord } from './company-record.js';
import type { Occurrence } from './occurrence.js';
import type { ConditionKind, ConditionStage, Powertrain, ReportingInterval } from './choices.js';

/**
 * The records that events fold into. Each event belongs to one subject (a market, a target, a site …). The
 * events of a subject fold into one record, which is plain data and also one row of the stored views.
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
  /** The automaker's group, if the ledger also tracks the group. */
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

/** Who can announce a goal. An analyst's expectation is not a goal. */
export const SAYERS = ['automaker', 'executive', 'partner', 'authority', 'press'] as const;
export type Sayer = (typeof SAYERS)[number];

/** A threshold as a multiple of the figure of a period. It moves when that figure is corrected. */
export interface RelativeThreshold {
  readonly factor: number;
  readonly period: EdtfDate;
}

/** The terms of a target. */
export interface TargetTerms extends Perimeter {
  readonly measure: Measure;
  readonly threshold: number;
  /** Upper end of the threshold, if it is an interval. */
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
  /** Expected interval between restatements, in months. */
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

/** How an automaker, or one of its brands, is or will be present in a market. */
export interface WayOfEntry {
  /** The brand or group; absent for the automaker itself. */
  readonly entity?: string;
  readonly entryMode?: EntryMode;
  readonly partner?: string;
  readonly models?: readonly string[];
}

export interface MarketStay extends WayOfEntry {
  /** Absent when only the exit was logged. */
  readonly entered?: Occurrence;
  /** When the entry was announced, if it was. */
  readonly announced?: Occurrence;
  /** Later changes of the sales channel, oldest first. The stay itself contains the current values. */
  readonly changes?: readonly MarketEntryChange[];
  readonly exited?: MarketExit;
}

export interface MarketEntryChange extends Occurrence {
  readonly entryMode?: EntryMode;
  readonly partner?: string;
}

export interface MarketExit extends Occurrence {
  readonly reason: string;
  /** For an exit in stages: when the last stage ends. */
  readonly until?: EdtfDate;
}

/** An announced entry that is not logged yet. */
export interface PlannedEntry extends WayOfEntry, Occurrence {
  readonly startsOn?: EdtfDate;
}

export interface MarketRecord {
  readonly market: string;
  readonly present: boolean;
  /**
   * Oldest first; the last one tells how the automaker is present, or when it left. Empty when an entry is
   * only planned.
   */
  readonly stays: readonly MarketStay[];
  /** Absent when no entry is planned. */
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
  /** Set when the partnership is not limited to certain markets. */
  readonly scope?: 'worldwide';
  /** Default: signed. */
  readonly stage?: PartnerStage;
  /** Absent when only the end was logged. */
  readonly signed?: Occurrence;
  /** The earlier memorandum, if there was one. */
  readonly memorandum?: Occurrence;
  readonly ended?: Occurrence & { readonly reason?: string };
}

/** Individually logged points of sale or service, of one kind in one market. */
export interface OutletsRecord {
  /** `service-center`, `store` … */
  readonly outlet: string;
  readonly market: string;
  readonly opened: number;
  readonly closed: number;
  readonly firstOpened?: Occurrence;
  /** Number of opened outlets by operator. */
  readonly openedBy: { readonly own: number; readonly partner: number; readonly unknown: number };
  readonly events: readonly string[];
  /** Each opening (positive) and closing (negative), in date order. */
  readonly changes: readonly OutletChange[];
}

export const OUTLET_FUNCTIONS = ['sales', 'service', 'delivery'] as const;
export type OutletFunction = (typeof OUTLET_FUNCTIONS)[number];

export interface OutletChange extends Occurrence {
  readonly count: number;
  /** The brand or group of the outlets, if stated. */
  readonly entity?: string;
  /** The services of the outlets, if stated. */
  readonly functions?: readonly OutletFunction[];
}

/** How cars are built: from kits (CKD, SKD), or with body and paint shops (full). */
export const PROCESSES = ['ckd', 'skd', 'full'] as const;
export type Process = (typeof PROCESSES)[number];

/** Who owns a site. */
export const OWNERSHIPS = ['own', 'joint', 'contract'] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

export const STAGES = ['trial', 'series'] as const;
export type Stage = (typeof STAGES)[number];

export const PLAN_CHANGES = ['enlarged', 'reduced', 'put-off', 'brought-forward', 'denied'] as const;
export type PlanChange = (typeof PLAN_CHANGES)[number];

/** A change of a site's plan. */
export interface PlanRevision extends Occurrence {
  readonly change?: PlanChange;
  readonly annualCapacity?: number;
  readonly startsOn?: EdtfDate;
  readonly name?: string;
  readonly reason?: string;
}

/** An investment and the yearly capacity that it pays for. */
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
  /**
   * Units per year. For a running site, its stated capacity; for any other site, the capacity of its current
   * plan.
   */
  readonly annualCapacity?: number;
  /** Units per year that a running site should reach by its current plan. */
  readonly plannedCapacity?: number;
  readonly startsOn?: EdtfDate;
  readonly investment?: Investment;
  /**
   * Investment and capacity from the same event, because an investment of one plan must not be combined with
   * the capacity of another.
   */
  readonly capital?: SiteCapital;
  readonly announced?: Occurrence;
  /** Changes of the plan, oldest first; absent if there are none. */
  readonly revisions?: readonly PlanRevision[];
  /** The start of a trial run. */
  readonly tried?: Occurrence;
  /** The start of series production; after an interruption, the latest start. */
  readonly started?: Occurrence;
  /**
   * The first start of series production, if production was interrupted later. It ended the wait for the
   * announced start.
   */
  readonly firstStarted?: Occurrence;
  readonly ended?: Occurrence & { readonly reason?: string };
}

/** The sums that a source can state for its figure. */
export const FIGURE_SUMS = ['exports-and-local-production'] as const;
export type FigureSum = (typeof FIGURE_SUMS)[number];

/** One report of a figure. */
export interface FigureReport extends Occurrence {
  /** The figure. For a "between" figure, the midpoint of the interval. */
  readonly value: number;
  readonly qualifier?: FigureQualifier;
  readonly from?: number;
  readonly to?: number;
  /** The publishers of the figure. */
  readonly publishers?: readonly string[];
  /** Events with figures that this report corrects; those figures no longer count. */
  readonly restates?: readonly string[];
  /** What the figure adds up, according to the source. */
  readonly sumOf?: FigureSum;
  /**
   * How the analyst derived the figure, if no source states it. A derived figure ranks below every stated
   * one.
   */
  readonly derivation?: string;
  /** Half-width of the rounding, if the source states it. */
  readonly plusMinus?: number;
  readonly grade: Grade;
  /** The latest publication date among its evidence. */
  readonly publishedOn?: EdtfDate;
  /** Revision of the event in its stream. Of two reports, the later recording has the higher one. */
  readonly revision: number;
}

/** All reports of one measure, perimeter and period (or date). Several if sources disagree. */
export interface FigureRecord extends Perimeter {
  readonly measure: Measure;
  readonly period?: EdtfDate;
  readonly asOf?: EdtfDate;
  readonly first: Day;
  readonly last: Day;
  readonly reports: readonly FigureReport[];
  /** Growth rates that sources state for this period relative to another one. */
  readonly growths?: readonly GrowthReport[];
}

/** A growth rate as a source printed it: this period is `percent` above (or below) another one. */
export interface GrowthReport extends Occurrence {
  readonly percent: number;
  /** Half-width of its rounding in percentage points, if the source states it. */
  readonly plusMinus?: number;
  /** The base period. */
  readonly on: EdtfDate;
  readonly grade: Grade;
}

export interface ConditionChange extends Occurrence {
  /** Percent. */
  readonly rate?: number;
  readonly automakers?: readonly string[];
  readonly powertrains?: readonly Powertrain[];
  readonly effectiveOn?: EdtfDate;
  /** Default: in force. */
  readonly stage?: ConditionStage;
}

/** The changes of one condition of a market, oldest first. */
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
  /** Oldest first; the last one is in force. */
  readonly changes: readonly ReportingChange[];
}

/** The effective form of an event, after corrections, retractions and added evidence. */
export interface EffectiveEvent<D = object> {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
  readonly occurredOn: EdtfDate;
  /** The day by which the event has certainly occurred. It determines the order and "true on". */
  readonly day: Day;
  readonly data: D;
  readonly evidence: readonly Evidence[];
}
