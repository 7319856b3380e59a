import { OneOf, Optional } from './fields.js';
import { OWNERSHIPS, PROCESSES, type Ownership, type Process } from '../state/records.js';

/** The production modes before process and ownership became separate fields. */
export const PRODUCTION_MODES_V1 = ['ckd', 'skd', 'contract', 'joint-venture-plant', 'owned-plant'] as const;
export type ProductionModeV1 = (typeof PRODUCTION_MODES_V1)[number];

const WAYS: Readonly<Record<ProductionModeV1, { process?: Process; ownership?: Ownership }>> = {
  ckd: { process: 'ckd' },
  skd: { process: 'skd' },
  contract: { ownership: 'contract' },
  'joint-venture-plant': { ownership: 'joint' },
  'owned-plant': { ownership: 'own' },
};

/** The process or the ownership that a mode states; no mode states both. */
export const wayOfMode = (mode: ProductionModeV1 | undefined): (typeof WAYS)[ProductionModeV1] =>
  mode === undefined ? {} : WAYS[mode];

/** How cars are built at a site and who owns it: common fields of announcements and starts. */
export class WayOfProduction {
  @Optional()
  @OneOf(PROCESSES, 'How it builds: from kits (ckd, skd) or in full, with body and paint shops')
  process?: Process;

  @Optional()
  @OneOf(OWNERSHIPS, 'Whose the site is: its own, joint with a partner, or a contract manufacturer’s')
  ownership?: Ownership;
}

/** The terms of a site in parentheses; empty if there are none. */
export function termsOfSite(terms: readonly (string | false | undefined)[]): string {
  const said = terms.filter((each) => each !== false && each !== undefined);
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
}

export const capacityInWords = (capacity: number | undefined): string | undefined =>
  capacity === undefined ? undefined : `${capacity.toLocaleString('en-GB')} vehicles a year`;
