import type { MarketStage, MarketSummary } from '../../queries/markets/get-markets.js';
import { companyName, withCapital } from '../design/words.js';
import type { DataTable } from '../page.js';

/**
 * The words and shape for each stage in a market; the shape makes it recognizable without colour. Shapes fit
 * a box of 12 by 12.
 */
export const STAGE_LOOKS: Readonly<Record<Exclude<MarketStage, 'none'>, { words: string; shape: string }>> = {
  producing: { words: 'built there', shape: 'M1 1h10v10H1Z' },
  announced: { words: 'plant announced', shape: 'M6 .5 11.8 11H.2Z' },
  present: { words: 'sold there', shape: 'M6 1a5 5 0 1 1 0 10A5 5 0 1 1 6 1Z' },
  planned: { words: 'entry announced', shape: 'M6 0 12 5 9.7 12H2.3L0 5Z' },
  partnered: { words: 'partner signed', shape: 'M6 0l6 6-6 6-6-6Z' },
  left: { words: 'left', shape: 'M2 0 6 4l4-4 2 2-4 4 4 4-2 2-4-4-4 4-2-2 4-4-4-4Z' },
};

export const stageInWords = (stage: MarketStage): string =>
  stage === 'none' ? 'conditions only' : STAGE_LOOKS[stage].words;

const names = (ids: readonly string[]): string => ids.map(companyName).join(', ');

/** The event types that determine a stage. */
const STAGED_BY = [
  'MarketEntryAnnounced',
  'MarketEntered',
  'MarketExited',
  'PartnerSigned',
  'PartnershipEnded',
  'ProductionAnnounced',
  'ProductionStarted',
  'ProductionEnded',
] as const;

/** The table for the map. */
export function stagesTable(markets: readonly MarketSummary[]): DataTable {
  return {
    name: 'markets',
    caption: 'Markets by the deepest stage of any automaker',
    eventTypes: STAGED_BY,
    columns: [
      'Code',
      'Market',
      'Stage',
      'Builds',
      'Announced',
      'Sells',
      'Entry announced',
      'Partner only',
      'Left',
    ],
    rows: markets.map(({ market, name, stage, producing, announced, present, planned, partnered, left }) => [
      market,
      withCapital(name),
      stageInWords(stage),
      names(producing),
      names(announced),
      names(present),
      names(planned),
      names(partnered),
      names(left),
    ]),
  };
}
