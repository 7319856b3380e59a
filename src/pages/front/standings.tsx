import type { VNode } from 'preact';
import type { Progress } from '../../domain/goals/progress.js';
import type { AutomakerVerdict } from '../../queries/automakers/list-verdicts.js';
import { Bullet } from '../charts/bullet.js';
import { Sparkline } from '../charts/sparkline.js';
import { dayInWords, deadlineInWords } from '../design/dates.js';
import { Explained } from '../design/explained.js';
import { StatusBadge } from '../design/status-badge.js';
import { periodOfValue } from '../design/time-words.js';
import { Bounded } from '../design/value.js';
import { STATUS_ORDER, titleOf } from '../design/words.js';
import { useLink } from '../page-context.js';

/** A row for each automaker: its main goal, the goal's newest figure, the progress, and the verdict. */
export function Standings({ verdicts }: { verdicts: readonly AutomakerVerdict[] }): VNode {
  return (
    <section
      class="table-scroll"
      tabIndex={0}
      aria-label="Automakers with their goals, newest figures and verdicts"
    >
      <table class="standings stack" data-sortable>
        <thead>
          <tr>
            <th scope="col">Automaker</th>
            <th scope="col">Goal</th>
            <th scope="col">Newest comparable figure</th>
            <th scope="col">Of the goal</th>
            <th scope="col">
              <Explained method="verdicts">Verdict</Explained>
            </th>
            <th scope="col">By year</th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map((verdict, index) => (
            <Row key={verdict.id} verdict={verdict} at={`/verdicts/${index}/headline`} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ verdict: { id, name, headline }, at }: { verdict: AutomakerVerdict; at: string }): VNode {
  const link = useLink();
  return (
    <tr>
      <th scope="row" data-label="Automaker">
        <a href={link(`/automakers/${id}`)}>{name}</a>
      </th>
      {headline ? (
        <GoalCells progress={headline} at={at} />
      ) : (
        <td colSpan={5} class="quiet">
          No goal of it is logged.
        </td>
      )}
    </tr>
  );
}

function GoalCells({ progress, at }: { progress: Progress; at: string }): VNode {
  const link = useLink();
  const { automaker, target, terms, value, latest, status, statusAsOf, staleness, calendarYears } = progress;
  const isOld = staleness?.age === 'no-current-evidence';
  const share = value ? value.value / terms.threshold : -1;
  return (
    <>
      <td data-label="Goal" data-sort={terms.deadline ?? '9999'}>
        <a href={link(`/automakers/${automaker}/targets/${target}`)}>{titleOf(terms)}</a>
        <small class="quiet">
          {terms.deadline === undefined ? 'no date given' : deadlineInWords(terms.deadline)}
        </small>
      </td>
      <td data-label="Newest figure" data-sort={value?.last ?? latest?.last ?? ''}>
        {value ? (
          <>
            <strong>
              <Bounded value={value} at={`${at}/value`} unit={terms.unit} />
            </strong>
            <small class="quiet">
              {periodOfValue(value)}
              {value.isProxy && ', counted another way'}
            </small>
          </>
        ) : latest ? (
          <>
            <span class="quiet">none of its own period</span>
            <small class="quiet">
              newest: <Bounded value={latest} at={`${at}/latest`} unit={terms.unit} /> {periodOfValue(latest)}
            </small>
          </>
        ) : (
          <span class="quiet">none bears on it</span>
        )}
      </td>
      <td data-label="Of the goal" data-sort={String(share)}>
        <Bullet progress={progress} />
      </td>
      <td data-label="Verdict" data-sort={String(STATUS_ORDER.indexOf(status))}>
        <StatusBadge status={status} isOld={isOld} />
        {statusAsOf !== undefined && (
          <small class="quiet">
            as of {dayInWords(statusAsOf)}
            {staleness?.age === 'newer-figures-due' && '; newer figures are due'}
          </small>
        )}
      </td>
      <td data-label="By year">{calendarYears && <Sparkline years={calendarYears} />}</td>
    </>
  );
}
