import type { Command } from 'commander';
import type { Perimeter } from '../domain/measures/measures.js';
import { marketFrom } from './ask.js';

/** Of which market and entity a question is. */
export interface PerimeterOptions {
  readonly market?: string;
  readonly entity?: string;
}

export const withPerimeter = (command: Command): Command =>
  command
    .option('--market <code>', 'of one market')
    .option('--entity <entity>', 'of one entity, such as a brand');

/** Throws InvalidRequest for a market that there is not. */
export const perimeterFrom = ({
  market,
  entity,
}: PerimeterOptions): Pick<Perimeter, 'market' | 'entity'> => ({
  ...(market !== undefined && { market: marketFrom('--market', market) }),
  ...(entity !== undefined && { entity }),
});
