import type { VNode } from 'preact';
import type { TargetHistoryAnswer } from '../../queries/audit/get-target-history.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { Sources } from '../design/sources.js';
import { WordsDiff } from '../design/words-diff.js';
import { eventTypeInWords, slugInSentence, slugInWords } from '../design/words.js';
import { useLink } from '../page-context.js';

/** Every version of a goal, newest first: what was said, what moved, who recorded it when, on what evidence. */
export function Genealogy({ history: { versions } }: { history: TargetHistoryAnswer }): VNode {
  const link = useLink();
  const newestFirst = [...versions].reverse();
  return (
    <ol class="events">
      {newestFirst.map(
        ({
          event,
          occurredOn,
          type,
          classes,
          changes,
          words,
          recordedAt,
          recordedBy,
          evidence,
          note,
          reason,
        }) => (
          <li key={event}>
            <span class="date quiet">{dateInWords(occurredOn)}</span>
            <div>
              <p>
                <a href={link(`/events/${event}`)}>{eventTypeInWords(type)}</a>{' '}
                {classes.map((change) => (
                  <span key={change}>
                    <span class="tag">{slugInSentence(change)}</span>{' '}
                  </span>
                ))}
              </p>
              <p>
                <WordsDiff words={words} />
              </p>
              {changes
                .filter(({ field }) => field !== 'wording')
                .map(({ field, before, after }) => (
                  <p key={field} class="small">
                    {slugInWords(field)}: {before !== undefined && <del>{String(before)}</del>}{' '}
                    {after !== undefined && <ins>{String(after)}</ins>}
                  </p>
                ))}
              {(reason ?? note) !== undefined && <p class="small">{reason ?? note}</p>}
              <p class="small evidence">
                <Sources evidence={evidence} />
                <span class="quiet">
                  {' · '}recorded {dayInWords(recordedAt)} by {recordedBy}
                </span>
              </p>
            </div>
          </li>
        ),
      )}
    </ol>
  );
}
