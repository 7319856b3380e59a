import type { VNode } from 'preact';
import type { Firmness, TargetTerms } from '../../domain/state/records.js';
import type { Voice } from '../../domain/goals/quiet.js';
import type { ProgressAnswer } from '../../queries/automakers/get-progress.js';
import type { SeriesAnswer } from '../../queries/automakers/get-series.js';
import type { TargetHistoryAnswer } from '../../queries/audit/get-target-history.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import type { ForecastAnswer } from '../../queries/automakers/get-forecast.js';
import { GoalChart } from '../charts/goal-chart.js';
import { GoalAmount } from '../design/goal-amount.js';
import { dateInWords, dayInWords, deadlineInWords, whenInWords } from '../design/dates.js';
import { Explained } from '../design/explained.js';
import { Section } from '../design/section.js';
import { StatusBadge } from '../design/status-badge.js';
import { Value } from '../design/value.js';
import { countedAfterAmount, titleOf, valueInWords } from '../design/words.js';
import { addressOf, useLink } from '../page-context.js';
import { ForecastSection } from './forecast.js';
import { Genealogy } from './genealogy.js';
import { PaceProof } from './pace-proof.js';
import { ValueProof } from './value-proof.js';

/** Remarks for goals that the automaker may no longer stand by. */
const VOICE_WORDS: Readonly<Record<Exclude<Voice, 'confirmed'>, string>> = {
  unconfirmed: 'The goal is due to be said again.',
  'quiet (inferred)': 'The goal has gone quiet: that is inferred from silence, not declared.',
  withdrawn: 'The goal is withdrawn.',
  'deadline over': 'The deadline is over.',
};

const FIRMNESS_WORDS: Readonly<Record<Firmness, string>> = {
  mooted: 'only mooted',
  stated: 'stated',
  planned: 'planned',
  committed: 'committed to',
};

/** The query for the series that a goal counts. */
const vintagesAsked = ({ measure, market, entity }: TargetTerms): Record<string, string | undefined> => ({
  measure,
  market,
  entity,
});

interface TargetPageProps {
  readonly name: string;
  readonly progress: ProgressAnswer;
  readonly series: SeriesAnswer;
  readonly forecast: ForecastAnswer;
  readonly history: TargetHistoryAnswer;
  readonly milestones: readonly TimelineEntry[];
  /** The events behind the numbers, by id. */
  readonly events: ReadonlyMap<string, TimelineEntry>;
}

export function TargetPage(props: TargetPageProps): VNode {
  const { name, progress, series, history, milestones, events } = props;
  const link = useLink();
  const { automaker, terms, status, statusAsOf, staleness, slip, missing } = progress;
  const isPresence = terms.measure === 'market-presence';
  const last = history.versions.at(-1);
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href={link('/')}>Automakers</a> · <a href={link(`/automakers/${automaker}`)}>{name}</a>
        </p>
        <h1>
          {name}: {titleOf(terms)}
        </h1>
        <blockquote>{terms.wording}</blockquote>
        <p class="lead">{progress.summary}</p>
        <p>
          <StatusBadge status={status} isOld={staleness?.age === 'no-current-evidence'} />
          {statusAsOf !== undefined && ` as of ${dayInWords(statusAsOf)}`}. The goal:{' '}
          {isPresence ? 'to sell there' : <GoalAmount terms={terms} at="/terms" />}
          {!isPresence && countedAfterAmount(terms)},{' '}
          {terms.deadline === undefined ? 'no date given' : deadlineInWords(terms.deadline)}
          {terms.basis !== undefined && `, counted by ${valueInWords(terms.basis)}`}
          {terms.firmness !== undefined && `; `}
          {terms.firmness !== undefined && (
            <Explained term="firmness">{FIRMNESS_WORDS[terms.firmness]}</Explained>
          )}
          .
        </p>
        {slip && (slip.monthsMoved ?? slip.monthsMovedBetween?.hi ?? 0) > 0 && (
          <p>
            Its deadline <Explained term="slip">moved</Explained>: it was {dateInWords(slip.from)} and is now{' '}
            {dateInWords(slip.to)}
            {slip.rate !== undefined && (
              <>
                , <Value value={slip.rate} at="/slip/rate" /> months for every month that went by
              </>
            )}
            .
          </p>
        )}
        {history.voice && history.voice.voice !== 'confirmed' && (
          <p class="note warn">
            {VOICE_WORDS[history.voice.voice]} It was last said{' '}
            {whenInWords(last?.occurredOn ?? history.voice.lastSaidOn)}.{' '}
            <Explained method="quiet-goals">How that is inferred</Explained>
          </p>
        )}
      </header>
      {series.points.length > 0 && (
        <GoalChart
          id="chart"
          name={name}
          progress={progress}
          versions={progress.versions}
          points={series.points}
          events={milestones.map(({ day, occurredOn, sentence }) => ({ day, occurredOn, sentence }))}
        />
      )}
      <Section
        id="proof"
        title="How far it is, and the proof"
        lead="Each number, its formula, and the events that it rests on."
      >
        <ValueProof progress={progress} events={events} />
        <PaceProof progress={progress} />
        {series.points.length > 0 && (
          <p>
            <a href={link(`/automakers/${automaker}/vintages`, vintagesAsked(terms))}>
              How these figures were first told, and put since
            </a>
          </p>
        )}
        {missing.length > 0 && (
          <div class="note">
            <h3>What keeps this from saying more</h3>
            <ul>
              {missing.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        )}
      </Section>
      <Section
        id="genealogy"
        title="How the goal changed"
        lead="Every time it was said, newest first. What only others repeated in their own words is no change."
      >
        <Genealogy history={history} />
        <p>
          <a href={link('/log', { type: 'TargetRevised', automaker, like: last?.event })}>
            Log that it changed
          </a>{' '}
          ·{' '}
          <a href={link('/log', { type: 'TargetRestated', automaker, like: last?.event })}>
            Log that it was said again
          </a>{' '}
          · <a href={link('/log', { type: 'FigureReported', automaker, like: last?.event })}>Add a figure</a>{' '}
          ·{' '}
          <a href={link('/log', { type: 'TargetWithdrawn', automaker, like: last?.event })}>
            Log that it was withdrawn
          </a>{' '}
          ·{' '}
          <a href={addressOf('/suggest', { automaker, target: progress.target })}>
            Suggest a source or an event
          </a>
        </p>
      </Section>
      <ForecastSection forecast={props.forecast} />
    </>
  );
}
