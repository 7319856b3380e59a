import type { VNode } from 'preact';
import type { Progress } from '../../domain/goals/progress.js';
import type { TargetVersion } from '../../domain/state/records.js';
import type { SeriesPoint } from '../../domain/measures/series.js';
import { strategyChanges } from '../../domain/audit/strategy-history.js';
import type { AutomakerAnswer } from '../../queries/automakers/get-automaker.js';
import type { ExpansionAnswer } from '../../queries/expansion/get-expansion.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { marketName } from '../../queries/names.js';
import { GoalChart } from '../charts/goal-chart.js';
import { type ChartEvent } from '../charts/goal-chart-props.js';
import { EventList } from '../design/event-list.js';
import { Section } from '../design/section.js';
import { slugInSentence, slugInWords, targetInWords } from '../design/words.js';
import { useLink } from '../page-context.js';
import { Footprint } from './footprint.js';
import { GoalTable } from './goal-table.js';
import { Readings } from './readings.js';
import { StrategyStory } from './strategy-story.js';
import { GoalVerdict } from './verdict.js';

/** A target with enough figures to draw. */
export interface ChartedTarget {
  readonly progress: Progress;
  readonly versions: readonly TargetVersion[];
  readonly points: readonly SeriesPoint[];
}

interface AutomakerPageProps {
  readonly answer: AutomakerAnswer;
  readonly headline: Progress | undefined;
  readonly charted: readonly ChartedTarget[];
  readonly readings: ExpansionAnswer;
  readonly latest: readonly TimelineEntry[];
  readonly milestones: readonly TimelineEntry[];
}

export function AutomakerPage(props: AutomakerPageProps): VNode {
  const { answer, headline, charted, readings, latest, milestones } = props;
  const link = useLink();
  const { id, profile } = answer;
  const approach = answer.strategy?.versions.at(-1)?.approach;
  const [first, ...others] = charted;
  const ticks = milestones.map(({ day, sentence }) => ({ day, sentence }));
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href={link('/')}>Automakers</a> · at home in {marketName(profile.homeMarket)}
          {approach !== undefined && ` · ${slugInSentence(approach)}`}
          {profile.group !== undefined && (
            <>
              {' · of '}
              <a href={link(`/automakers/${profile.group}`)}>{slugInWords(profile.group)}</a>
            </>
          )}
        </p>
        <h1>{profile.name}</h1>
        <GoalVerdict answer={answer} headline={headline} />
        <OnThisPage hasCharts={others.length > 0} />
      </header>
      {first && <Chart charted={first} name={profile.name} ticks={ticks} />}
      {others.length > 0 && (
        <Section id="charts" title="Other goals with figures">
          <div class="chart-grid">
            {others.map((each) => (
              <Chart key={each.progress.target} charted={each} name={profile.name} ticks={ticks} isSmall />
            ))}
          </div>
        </Section>
      )}
      <Section
        id="goals"
        title="Every goal it announced"
        lead="Open goals by deadline first. Where a goal has no figures, that is said, not guessed."
      >
        <GoalTable answer={answer} />
      </Section>
      <Footprint answer={answer} />
      <Section
        id="readings"
        title="Exporter or global brand?"
        lead="Six readings of the expansion, each with bounds for what the ledger does not say, and what it is worked out from."
      >
        <Readings answer={readings} />
      </Section>
      <Section id="strategy" title="How its strategy changed">
        <StrategyStory versions={strategyChanges(answer.strategy?.versions ?? [])} />
      </Section>
      <Section id="latest" title="What happened last">
        <EventList events={latest} />
        <p>
          <a href={link('/timeline', { automaker: id })}>All its events</a> ·{' '}
          <a href={link('/audit', { automaker: id })}>What changed between two dates</a>
        </p>
      </Section>
    </>
  );
}

const PARTS: readonly (readonly [string, string])[] = [
  ['charts', 'Charts'],
  ['goals', 'Goals'],
  ['production', 'Plants'],
  ['markets', 'Markets'],
  ['partners', 'Partners'],
  ['readings', 'Readings'],
  ['strategy', 'Strategy'],
  ['latest', 'What happened last'],
];

/** The page is long: the way to its parts. */
function OnThisPage({ hasCharts }: { hasCharts: boolean }): VNode {
  return (
    <nav class="parts no-print" aria-label="On this page">
      <ul>
        {PARTS.filter(([id]) => hasCharts || id !== 'charts').map(([id, words]) => (
          <li key={id}>
            <a href={`#${id}`}>{words}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface ChartProps {
  readonly charted: ChartedTarget;
  readonly name: string;
  readonly ticks: readonly ChartEvent[];
  readonly isSmall?: boolean;
}

function Chart({ charted: { progress, versions, points }, name, ticks, isSmall = false }: ChartProps): VNode {
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
        isSmall={isSmall}
      />
      <p>
        <a href={link(`/automakers/${automaker}/targets/${target}`)}>
          {targetInWords(target, progress.terms.market)}: proof, and how the goal changed
        </a>
      </p>
    </div>
  );
}
