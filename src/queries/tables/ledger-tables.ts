import { COMPANIES_TABLE } from './companies-table.js';
import { EVENTS_TABLE } from './events-table.js';
import { EVIDENCE_TABLE } from './evidence-table.js';
import { FIGURES_TABLE } from './figures-table.js';
import { GOALS_TABLE } from './goals-table.js';
import { PRESENCE_TABLE } from './presence-table.js';
import type { LedgerTable } from './table.js';

/** The ledger as tables. A table precedes those that refer to it. */
export const LEDGER_TABLES: readonly LedgerTable[] = [
  EVENTS_TABLE,
  EVIDENCE_TABLE,
  COMPANIES_TABLE,
  FIGURES_TABLE,
  GOALS_TABLE,
  PRESENCE_TABLE,
];
