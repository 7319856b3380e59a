import type { VNode } from 'preact';
import type { Progress } from '../../domain/goals/progress.js';
import type { AutomakerVerdict } from '../../queries/automakers/list-verdicts.js';
import { Bullet } from '../charts/bullet.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { StatusBadge } from '../design/status-badge.js';
import { Bounded, Value } from '../design/value.js';
import { countedInWords, slugInWords } from '../design/words.js';
import { useLink } from '../page-context.js';

/** An automaker in a line: how far it is on the goal that says most, at which pace, and how sure that is. */
export function VerdictLine({ verdict, at }: { verdict: AutomakerVerdict; at: string }): VNode {
  const link = useLink();
  const { id, name, approach, headline } = verdict;
  return (
    <li class="verdict">
      <div>
        <h3>
          <a href={link(`/automakers/${id}`)}>{name}</a>
        </h3>
        {approach !== undefined && <p class="quiet small">{slugInWords(approach)}</p>}
      </div>
      {headline ? (
        <HeadlineWords progress={headline} at={`${at}/headline`} />
      ) : (
        <p class="quiet">It announced no goal that the ledger knows of.</p>
      )}
      <div>
        {headline && <StatusBadge status={headline.status} />}
        {headline && <Bullet progress={headline} />}
        <p class="small quiet">
          sold in <Value value={verdict.marketsPresent} at={`${at}/marketsPresent`} unit="markets" />, built
          at <Value value={verdict.sitesRunning} at={`${at}/sitesRunning`} unit="sites" />, by what is logged
        </p>
      </div>
    </li>
  );
}

function HeadlineWords({ progress, at }: { progress: Progress; at: string }): VNode {
  const link = useLink();
  const { automaker, target, terms, value, deadline, split, staleness, summary, statusAsOf } = progress;
  return (
    <div>
      <p>
        {value ? (
          <strong>
            <Bounded value={value} at={`${at}/value`} unit={terms.unit} />
          </strong>
        ) : (
          <strong>Nothing reported yet</strong>
        )}{' '}
        of{' '}
        <a href={link(`/automakers/${automaker}/targets/${target}`)}>
          <Value value={terms.threshold} at={`${at}/terms/threshold`} unit={terms.unit} />
          {deadline && ` by ${dateInWords(deadline.words)}`}
        </a>
        : {countedInWords(terms)}.
      </p>
      <p>{summary}</p>
      {split && <p>{split.words}</p>}
      <p class="small quiet">
        {statusAsOf === undefined
          ? 'No figure bears on it'
          : `As of ${dayInWords(statusAsOf)}${staleness?.stale === true ? ', newer figures are due' : ''}`}
        {value && value.conflicts.length > 0 && (
          <>
            {' · '}
            <a href={link(`/automakers/${automaker}/targets/${target}#proof`)}>
              {value.conflicts.length === 1 ? '1 open conflict' : `${value.conflicts.length} open conflicts`}
            </a>
          </>
        )}
      </p>
    </div>
  );
}
