import type { VNode } from 'preact';
import type { Progress } from '../../domain/goals/progress.js';
import type { AutomakerAnswer } from '../../queries/automakers/get-automaker.js';
import { dateInWords, dayInWords, deadlineInWords } from '../design/dates.js';
import { FirstRows } from '../design/first-rows.js';
import { StatusBadge } from '../design/status-badge.js';
import { Bounded } from '../design/value.js';
import { titleOf } from '../design/words.js';
import { useLink } from '../page-context.js';
import { useByThen } from '../design/by-then.js';

interface Indexed {
  readonly each: Progress;
  readonly index: number;
}

/** Goals in three groups: open with figures, over, and without any figure. */
export function Goals({ answer: { id, progress } }: { answer: AutomakerAnswer }): VNode {
  const all = useLink()('/goals', { automaker: id });
  const byThen = useByThen();
  if (progress.length === 0) return <p class="quiet">It announced none that the ledger knows of{byThen}.</p>;
  const rows = progress
    .map((each, index): Indexed => ({ each, index }))
    .sort((a, b) => ((a.each.deadline?.late ?? '9999') < (b.each.deadline?.late ?? '9999') ? -1 : 1));
  const judged = rows.filter(({ each }) => isJudged(each));
  const open = judged.filter(({ each }) => !isOver(each));
  const over = judged.filter(({ each }) => isOver(each)).reverse();
  const rest = rows.filter(({ each }) => !isJudged(each));
  return (
    <>
      {open.length > 0 && <GoalTable rows={open} all={all} caption="Goals ahead" />}
      {over.length > 0 && (
        <GoalTable
          rows={over.slice(0, SHOWN)}
          all={all}
          caption={over.length > SHOWN ? 'Ended last' : 'Ended'}
        />
      )}
      {over.length > SHOWN && (
        <details>
          <summary>{over.length - SHOWN} that ended before</summary>
          <GoalTable rows={over.slice(SHOWN)} all={all} />
        </details>
      )}
      {rest.length > 0 && (
        // A few goals alone are no list to fold: the section would be empty.
        <details open={judged.length === 0 && rest.length <= SHOWN}>
          <summary>
            {rest.length === 1 ? '1 goal' : `${rest.length} goals`} on which no verdict can be given
          </summary>
          <GoalTable rows={rest} all={all} />
        </details>
      )}
    </>
  );
}

const SHOWN = 6;

const isJudged = ({ status }: Progress): boolean =>
  status !== 'not-enough-evidence' && status !== 'not-comparable';

const isOver = ({ deadline, on, status }: Progress): boolean =>
  status === 'achieved' ||
  status === 'missed' ||
  status === 'withdrawn' ||
  (deadline !== undefined && deadline.late < on);

interface GoalTableProps {
  readonly rows: readonly Indexed[];
  /** The address of all goals. */
  readonly all: string;
  readonly caption?: string;
}

function GoalTable({ rows, all, caption }: GoalTableProps): VNode {
  return (
    <FirstRows rows={rows} all={all}>
      {(shown) => (
        <table class="stack goals">
          {caption !== undefined && <caption>{caption}</caption>}
          <thead>
            <tr>
              <th scope="col">Goal</th>
              <th scope="col">Newest figure</th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ each, index }) => (
              <GoalRow key={each.target} progress={each} at={`/progress/${index}`} />
            ))}
          </tbody>
        </table>
      )}
    </FirstRows>
  );
}

function GoalRow({ progress, at }: { progress: Progress; at: string }): VNode {
  const link = useLink();
  const { automaker, target, terms, value, status, statusAsOf, staleness, late } = progress;
  const isPresence = terms.measure === 'market-presence';
  const isOld = staleness?.age === 'no-current-evidence';
  return (
    <tr>
      <th scope="row">
        <a href={link(`/automakers/${automaker}/targets/${target}`)}>{titleOf(terms)}</a>
        <small class="quiet">
          {terms.deadline === undefined ? 'no date given' : deadlineInWords(terms.deadline)}
        </small>
      </th>
      <td data-label="Newest figure">
        {isPresence ? (
          value ? (
            `entered${late ? ` late, ${dateInWords(late.on)}` : ''}`
          ) : (
            'no entry is logged'
          )
        ) : value ? (
          <Bounded value={value} at={`${at}/value`} unit={terms.unit} />
        ) : (
          <span class="quiet">none bears on it</span>
        )}
      </td>
      <td data-label="Verdict">
        <StatusBadge status={status} isOld={isOld} />
        {statusAsOf !== undefined && !isPresence && (
          <small class="quiet">
            as of {dayInWords(statusAsOf)}
            {staleness?.age === 'newer-figures-due' && '; newer figures are due'}
          </small>
        )}
      </td>
    </tr>
  );
}
