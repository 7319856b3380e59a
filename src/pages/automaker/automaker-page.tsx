import type { VNode } from 'preact';
import { strategyChanges } from '../../domain/audit/strategy-history.js';
import type { Progress } from '../../domain/goals/progress.js';
import type { SeriesPoint } from '../../domain/measures/series.js';
import type { TargetVersion } from '../../domain/state/records.js';
import { approachInWords } from '../../domain/events/strategy-declared.js';
import { siteName } from '../../domain/words/values.js';
import type { AutomakerAnswer } from '../../queries/automakers/get-automaker.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import type { ExpansionAnswer } from '../../queries/expansion/get-expansion.js';
import { marketName } from '../../queries/names.js';
import { GoalChart } from '../charts/goal-chart.js';
import { type ChartEvent } from '../charts/goal-chart-props.js';
import { YearlyGoals, yearlyGoalsOf } from '../charts/yearly-goals.js';
import { OnThisPage } from '../design/on-this-page.js';
import { EventList } from '../design/event-list.js';
import { Section } from '../design/section.js';
import { SiteNames } from '../design/site-names.js';
import { companyName } from '../design/words.js';
import { useLink } from '../page-context.js';
import { Footprint } from './footprint.js';
import { Goals } from './goal-table.js';
import { Rail } from './rail.js';
import type { ReportedMarkets } from './reported-markets.js';
import type { SoldByFigures } from './sold-by-figures.js';
import { Readings } from './readings.js';
import { StrategyStory } from './strategy-story.js';
import { GoalVerdict } from './verdict.js';

/** A target with enough figures for a chart. */
export interface ChartedTarget {
  readonly progress: Progress;
  readonly versions: readonly TargetVersion[];
  readonly points: readonly SeriesPoint[];
}

interface AutomakerPageProps {
  readonly answer: AutomakerAnswer;
  /** Where it sells by figures alone. */
  readonly sold: readonly SoldByFigures[];
  readonly reported: ReportedMarkets | undefined;
  readonly headline: Progress | undefined;
  /** The page's only chart, for the most informative goal. */
  readonly charted: ChartedTarget | undefined;
  readonly readings: ExpansionAnswer;
  readonly latest: readonly TimelineEntry[];
  readonly milestones: readonly TimelineEntry[];
}

export function AutomakerPage(props: AutomakerPageProps): VNode {
  const { answer, sold, reported, headline, charted, readings, latest, milestones } = props;
  const link = useLink();
  const { id, profile, progress } = answer;
  const approach = answer.strategy?.versions.at(-1)?.approach;
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href={link('/')}>Automakers</a> · at home in {marketName(profile.homeMarket)}
          {approach !== undefined && ` · ${approachInWords(approach)}`}
          {profile.group !== undefined && (
            <>
              {' · of '}
              <a href={link(`/automakers/${profile.group}`)}>{companyName(profile.group)}</a>
            </>
          )}
        </p>
        <h1>{profile.name}</h1>
        <GoalVerdict answer={answer} headline={headline} />
      </header>
      <OnThisPage parts={PARTS} isSticky />
      <div class="two wide-left">
        <div class="column">
          {charted && <Chart charted={charted} name={profile.name} ticks={ticksOf(milestones)} />}
          <Section
            id="goals"
            title="Every goal it announced"
            lead="Those that figures speak to first. Where nothing is reported, that is said, not guessed."
          >
            <Goals answer={answer} />
          </Section>
        </div>
        <Rail answer={answer} sold={sold.length} reported={reported} />
      </div>
      {yearlyGoalsOf(progress).map((goals) => (
        <Section key={goals.measure} id={`by-year-${goals.measure}`} title={goals.title}>
          <YearlyGoals goals={goals} name={profile.name} />
        </Section>
      ))}
      <Footprint answer={answer} sold={sold} />
      <Section id="strategy" title="How it goes abroad">
        <StrategyStory automaker={id} versions={strategyChanges(answer.strategy?.versions ?? [])} />
      </Section>
      <Section
        id="readings"
        title="Exporter or global brand?"
        lead={`Six readings of the expansion, each with bounds for what the ledger does not say. They are about what is logged: ${loggedInWords(answer)}.`}
      >
        <details>
          <summary>Show the six readings</summary>
          <SiteNames value={siteNamesOf(answer)}>
            <Readings answer={readings} />
          </SiteNames>
        </details>
      </Section>
      <Section id="latest" title="What happened last">
        <EventList events={latest} />
        <p>
          <a href={link('/timeline', { automaker: id })}>All its events</a> ·{' '}
          <a href={link('/audit', { automaker: id })}>What changed between two dates</a> ·{' '}
          <a href={link(`/automakers/${id}/vintages`)}>How its figures were first told, and put since</a>
        </p>
      </Section>
    </>
  );
}

const siteNamesOf = ({ id, sites }: AutomakerAnswer): ReadonlyMap<string, string> =>
  new Map(sites.map((site) => [`${id}/${site.site}`, siteName(site)]));

/** What readings of markets and plants are about: a percentage of one market is none of sixty. */
function loggedInWords({ markets, sites }: AutomakerAnswer): string {
  const entered = markets.filter(({ present }) => present).length;
  const running = sites.filter(({ status }) => status === 'running').length;
  return `${entered === 0 ? 'no market' : entered === 1 ? '1 market' : `${entered} markets`} entered, ${running === 0 ? 'no plant' : running === 1 ? '1 plant' : `${running} plants`} started`;
}

const ticksOf = (milestones: readonly TimelineEntry[]): ChartEvent[] =>
  milestones.map(({ day, occurredOn, sentence }) => ({ day, occurredOn, sentence }));

const PARTS: readonly (readonly [string, string])[] = [
  ['goals', 'Goals'],
  ['production', 'Plants'],
  ['markets', 'Markets'],
  ['partners', 'Partners'],
  ['strategy', 'Strategy'],
  ['readings', 'Readings'],
  ['latest', 'What happened last'],
];

interface ChartProps {
  readonly charted: ChartedTarget;
  readonly name: string;
  readonly ticks: readonly ChartEvent[];
}

function Chart({ charted: { progress, versions, points }, name, ticks }: ChartProps): VNode {
  const link = useLink();
  const { automaker, target } = progress;
  return (
    <div class="charted">
      <GoalChart
        id={`chart-${target}`}
        name={name}
        progress={progress}
        versions={versions}
        points={points}
        events={ticks}
        isBeside
      />
      <p>
        <a href={link(`/automakers/${automaker}/targets/${target}`)}>The proof, and how the goal changed</a>
      </p>
    </div>
  );
}
