import type { VNode } from 'preact';
import { MARKET_STAGES, type MarketStage, type MarketSummary } from '../../queries/markets/get-markets.js';
import { STAGE_LOOKS, stageInWords } from '../charts/stages.js';
import { WorldMap } from '../charts/world-map.js';
import { Explained } from '../design/explained.js';
import { Section } from '../design/section.js';
import { Value } from '../design/value.js';
import { withCapital } from '../design/words.js';
import { useLink } from '../page-context.js';

interface MarketsPageProps {
  readonly markets: readonly MarketSummary[];
  /** Names of automakers, by id. */
  readonly names: ReadonlyMap<string, string>;
}

export function MarketsPage({ markets, names }: MarketsPageProps): VNode {
  return (
    <>
      <header class="page-head">
        <h1>Markets</h1>
        <p class="lead">
          How deep any automaker of the ledger is in each market. Nobody is abroad at home, so the home market
          of each is left out. Names are those of the Unicode CLDR, borders those of Natural Earth, with{' '}
          <Explained method="borders">what is disputed</Explained> hatched; neither takes a side.
        </p>
      </header>
      <WorldMap markets={markets} />
      {markets.length > 0 &&
        MARKET_STAGES.map((stage) => <Stage key={stage} stage={stage} markets={markets} names={names} />)}
    </>
  );
}

const LEADS: Readonly<Record<MarketStage, string>> = {
  producing: 'A site started there, and no end of it is logged.',
  announced: 'A plant is announced there, and none is logged as started.',
  present: 'An entry is logged, and no exit.',
  planned: 'An entry is announced, and none is logged.',
  partnered: 'A partnership that covers it is all that is logged.',
  left: 'All who are logged as having been there have left.',
  none: 'Only conditions of trade are logged.',
};

function Stage({ stage, markets, names }: MarketsPageProps & { stage: MarketStage }): VNode | null {
  const link = useLink();
  const rows = markets
    .map((market, index) => ({ market, index }))
    .filter(({ market }) => market.stage === stage)
    .sort((a, b) => a.market.name.localeCompare(b.market.name, 'en'));
  if (rows.length === 0) return null;
  // A column that is empty on the whole says nothing.
  const columns = COLUMNS.filter(({ of }) =>
    rows.some(({ market }) => of.some((presence) => market.counts[presence] > 0)),
  );
  const hasConditions = rows.some(({ market }) => market.conditions > 0);
  return (
    <Section id={`stage-${stage}`} title={withCapital(stageInWords(stage))} lead={LEADS[stage]}>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Market</th>
            {columns.map(({ head }) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            {hasConditions && (
              <th scope="col" class="num">
                Conditions
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ market: each, index }) => (
            <tr key={each.market}>
              <th scope="row" class="with-symbol">
                <StageSymbol stage={stage} />
                <a href={link(`/markets/${each.market}`)}>{withCapital(each.name)}</a>
              </th>
              {columns.map(({ label, of }) => (
                <td key={label} data-label={label}>
                  <Automakers
                    names={names}
                    ids={of.flatMap((presence) => each[presence])}
                    more={of.reduce(
                      (sum, presence) => sum + each.counts[presence] - each[presence].length,
                      0,
                    )}
                    remarks={of.flatMap((presence) => each[presence].map(() => REMARKS[presence]))}
                  />
                </td>
              ))}
              {hasConditions && (
                <td class="num" data-label="Conditions">
                  {each.conditions > 0 && (
                    <Value value={each.conditions} at={`/markets/${index}/conditions`} />
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function StageSymbol({ stage }: { stage: MarketStage }): VNode | null {
  if (stage === 'none') return null;
  return (
    <svg class={`symbol ${stage}`} viewBox="0 0 12 12" aria-hidden="true">
      <path d={STAGE_LOOKS[stage].shape} />
    </svg>
  );
}

type Presence = 'producing' | 'present' | 'announced' | 'planned' | 'partnered' | 'left';

/** What is said of an automaker that neither builds nor sells there. */
const REMARKS: Readonly<Partial<Record<Presence, string>>> = {
  announced: 'plant announced',
  planned: 'entry announced',
  partnered: 'partner',
  left: 'left',
};

interface Column {
  readonly head: string;
  readonly label: string;
  /** The kinds of presence of the automakers in it, in their order. */
  readonly of: readonly Presence[];
}

const COLUMNS: readonly Column[] = [
  { head: 'Who builds', label: 'Builds', of: ['producing'] },
  { head: 'Who sells', label: 'Sells', of: ['present'] },
  { head: 'Others', label: 'Others', of: ['announced', 'planned', 'partnered', 'left'] },
];

interface AutomakersProps {
  readonly ids: readonly string[];
  readonly names: MarketsPageProps['names'];
  /** Number of further automakers that are not listed. */
  readonly more: number;
  /** A remark for each automaker, in the same order. */
  readonly remarks: readonly (string | undefined)[];
}

function Automakers({ ids, names, more, remarks }: AutomakersProps): VNode {
  const link = useLink();
  return (
    <>
      {ids.map((id, index) => (
        <span key={`${id} ${remarks[index]}`}>
          {index > 0 && ', '}
          <a href={link(`/automakers/${id}`)}>{names.get(id) ?? id}</a>
          {remarks[index] !== undefined && ` (${remarks[index]})`}
        </span>
      ))}
      {more > 0 && ` and ${more.toLocaleString('en')} more`}
    </>
  );
}
