import { assetLight } from '../expansion/asset-light.js';
import { besides, eventsIn, numberIn, percentInWords, type Thesis } from './thesis.js';

export const assetLightLeads: Thesis = {
  id: 'asset-light-leads',
  question: 'Do automakers build abroad with partners rather than in plants of their own?',
  claim: 'Asset-light expansion (local partners, existing capacity, no new plants) is the lead model.',
  measure: 'the partner-run part of running sites abroad, of each automaker',
  rule: 'supports above 50 %, contradicts below; undecided where the bounds hold 50 %',
  cases: (world) =>
    world.flatMap((context) => {
      const reading = assetLight(context);
      const share = numberIn(reading, 'partner-run-sites');
      if (!share) return [];
      const side = besides(share, 50);
      return {
        name: context.automaker.id,
        finding: side === 'above' ? 'supports' : side === 'below' ? 'contradicts' : 'undecided',
        shows: runInWords(percentInWords(share)),
        events: eventsIn(reading),
      };
    }),
};

const runInWords = (share: string | undefined): string =>
  share === undefined
    ? 'The ledger cannot tell how much of its running sites abroad is run by or with partners.'
    : `${share} of its running sites abroad are run by or with partners.`;
