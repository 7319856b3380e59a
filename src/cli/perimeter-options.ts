import type { Command } from 'commander';
import type { Perimeter } from '../domain/measures/measures.js';
import { marketFrom } from './ask.js';

/** The market and entity of a query. */
export interface PerimeterOptions {
  readonly market?: string;
  readonly entity?: string;
}

export const withPerimeter = (command: Command): Command =>
  command
    .option('--market <code>', 'of one market')
    .option('--entity <entity>', 'of one entity, such as a brand');

/** Throws InvalidRequest for an unknown market. */
export const perimeterFrom = ({
  market,
  entity,
}: PerimeterOptions): Pick<Perimeter, 'market' | 'entity'> => ({
  ...(market !== undefined && { market: marketFrom('--market', market) }),
  ...(entity !== undefined && { entity }),
});
