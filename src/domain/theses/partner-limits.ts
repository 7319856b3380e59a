import { partnerDependence } from '../expansion/partner-dependence.js';
import { besides, eventsIn, numberIn, percentInWords, type Thesis } from './thesis.js';

/** An automaker depends on a partner if it would lose more than this with it. */
const DEPENDENT_PERCENT = 25;

/** With fewer markets, each of them is more than that by itself. */
const FEWEST_MARKETS = 4;

export const partnerLimits: Thesis = {
  id: 'partner-limits',
  question: 'Do automakers depend on single partners abroad?',
  claim: 'Dependence on partners limits quality control, innovation and long-term competitiveness.',
  measure: 'the largest part of its markets abroad that one partner carries alone',
  notTested:
    'How far automakers depend on a partner is told; what that does to quality and innovation is not logged.',
  rule: `supports above ${DEPENDENT_PERCENT} %, contradicts below; undecided where the bounds hold it, and below ${FEWEST_MARKETS} logged markets, of which a single one is more`,
  cases: (world) =>
    world.flatMap((context) => {
      const reading = partnerDependence(context);
      const loss = numberIn(reading, 'largest-loss-of-markets');
      if (!loss) return [];
      const markets = reading.inputs.filter(({ group }) => group.endsWith('market')).length;
      const side = markets < FEWEST_MARKETS ? undefined : besides(loss, DEPENDENT_PERCENT);
      return {
        name: context.automaker.id,
        finding: side === 'above' ? 'supports' : side === 'below' ? 'contradicts' : 'undecided',
        shows: carriedInWords(percentInWords(loss), markets),
        events: eventsIn(reading),
      };
    }),
};

function carriedInWords(share: string | undefined, markets: number): string {
  if (markets === 1)
    return 'A single market abroad is logged: what one partner carries says nothing of others.';
  return share === undefined
    ? 'The ledger cannot tell how much of its logged markets abroad one partner carries alone.'
    : `One partner alone carries ${share} of its ${markets} logged markets abroad.`;
}
