import type { VNode } from 'preact';
import type { Progress } from '../../domain/goals/progress.js';
import type { AutomakerAnswer } from '../../queries/automakers/get-automaker.js';
import { dateInWords } from '../design/dates.js';
import { StatusBadge } from '../design/status-badge.js';
import { Bounded, Value } from '../design/value.js';
import { countedInWords, targetInWords } from '../design/words.js';
import { useLink } from '../page-context.js';

/** All goals in rows: open ones first, the next deadline first. */
export function GoalTable({ answer }: { answer: AutomakerAnswer }): VNode {
  const { progress } = answer;
  if (progress.length === 0) return <p class="quiet">It announced none that the ledger knows of by then.</p>;
  const isOver = ({ deadline, on, status }: Progress): number =>
    (deadline && deadline.late < on) || status === 'withdrawn' ? 1 : 0;
  const rows = progress
    .map((each, index) => ({ each, index }))
    .sort(
      (a, b) =>
        isOver(a.each) - isOver(b.each) ||
        ((a.each.deadline?.late ?? '9999') < (b.each.deadline?.late ?? '9999') ? -1 : 1),
    );
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Goal</th>
          <th scope="col">Wanted</th>
          <th scope="col">By</th>
          <th scope="col">Now</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ each, index }) => (
          <GoalRow key={each.target} progress={each} at={`/progress/${index}`} />
        ))}
      </tbody>
    </table>
  );
}

function GoalRow({ progress, at }: { progress: Progress; at: string }): VNode {
  const link = useLink();
  const { automaker, target, terms, deadline, value, status, late } = progress;
  const isPresence = terms.measure === 'market-presence';
  return (
    <tr>
      <th scope="row">
        <a href={link(`/automakers/${automaker}/targets/${target}`)}>{targetInWords(target, terms.market)}</a>
        <br />
        <small class="quiet">{countedInWords(terms)}</small>
      </th>
      <td data-label="Wanted">
        {isPresence ? (
          'enter it'
        ) : (
          <Value value={terms.threshold} at={`${at}/terms/threshold`} unit={terms.unit} />
        )}
      </td>
      <td data-label="By" class="date">
        {deadline ? dateInWords(deadline.words) : 'no date'}
      </td>
      <td data-label="Now">
        {isPresence ? (
          presence(value, late !== undefined)
        ) : value ? (
          <Bounded value={value} at={`${at}/value`} unit={terms.unit} />
        ) : (
          '–'
        )}
      </td>
      <td>
        <StatusBadge status={status} />
      </td>
    </tr>
  );
}

function presence(value: Progress['value'], isLate: boolean): string {
  if (!value) return 'not logged';
  return isLate ? 'entered late' : 'entered';
}
