/** The allowed values in events about markets, reporting and companies. */
export const CONDITION_KINDS = [
  'tariff',
  'countervailing-duty',
  'local-content',
  'subsidy',
  'quota',
  'minimum-price',
  'regulation',
  'currency',
  'demand',
] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];

export const POWERTRAINS = ['bev', 'phev', 'hev', 'erev', 'ice'] as const;
export type Powertrain = (typeof POWERTRAINS)[number];

/** The stages of a condition. Only a condition in force is law. */
export const CONDITION_STAGES = ['proposed', 'provisional', 'in-force', 'ended'] as const;
export type ConditionStage = (typeof CONDITION_STAGES)[number];

export const REPORTING_INTERVALS = ['monthly', 'quarterly', 'half-yearly', 'yearly', 'none'] as const;
export type ReportingInterval = (typeof REPORTING_INTERVALS)[number];

export const COMPANY_KINDS = [
  'group',
  'brand',
  'joint-venture',
  'dealer',
  'manufacturer',
  'supplier',
  'investor',
  'other',
] as const;
export type CompanyKind = (typeof COMPANY_KINDS)[number];

export const OWNERSHIP_ROLES = ['controls', 'minority'] as const;
export type OwnershipRole = (typeof OWNERSHIP_ROLES)[number];
