import { partnerDependence } from '../expansion/partner-dependence.js';
import { besides, eventsIn, numberIn, percentInWords, type Thesis } from './thesis.js';

/** An automaker depends on a partner if it would lose more than this with it. */
const DEPENDENT_PERCENT = 25;

export const partnerLimits: Thesis = {
  id: 'partner-limits',
  question: 'Do automakers depend on single partners abroad?',
  claim: 'Dependence on partners limits quality control, innovation and long-term competitiveness.',
  measure: 'the largest part of its markets abroad that one partner carries alone',
  notTested:
    'How far automakers depend on a partner is told; what that does to quality and innovation is not logged.',
  rule: `supports above ${DEPENDENT_PERCENT} %, contradicts below; undecided where the bounds hold it`,
  cases: (world) =>
    world.flatMap((context) => {
      const reading = partnerDependence(context);
      const loss = numberIn(reading, 'largest-loss-of-markets');
      if (!loss) return [];
      const side = besides(loss, DEPENDENT_PERCENT);
      return {
        name: context.automaker.id,
        finding: side === 'above' ? 'supports' : side === 'below' ? 'contradicts' : 'undecided',
        shows: carriedInWords(percentInWords(loss)),
        events: eventsIn(reading),
      };
    }),
};

const carriedInWords = (share: string | undefined): string =>
  share === undefined
    ? 'The ledger cannot tell how much of its logged markets abroad one partner carries alone.'
    : `One partner alone carries ${share} of its logged markets abroad.`;
