import type { VNode } from 'preact';
import { authorInWords } from '../../domain/words/author.js';
import type { EventDifference } from '../../domain/audit/differences.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { Sources } from '../design/sources.js';
import { CAUSE_WORDS, eventTypeInWords } from '../design/words.js';
import { useLink } from '../page-context.js';

interface DifferingEventsProps {
  readonly differing: readonly EventDifference[];
  readonly events: ReadonlyMap<string, TimelineEntry>;
}

/**
 * The events that caused the difference: content, cause, author and time of recording, evidence, and reason.
 */
export function DifferingEvents({ differing, events }: DifferingEventsProps): VNode | null {
  const link = useLink();
  if (differing.length === 0) return null;
  return (
    <details>
      <summary>{differing.length === 1 ? '1 event differs' : `${differing.length} events differ`}</summary>
      <ol class="events">
        {differing.map(({ event: id, type, cause, acts }) => {
          const event = events.get(id);
          return (
            <li key={id}>
              <span class="date quiet">{event && dateInWords(event.occurredOn)}</span>
              <div class="evidence">
                <span class="tag">{CAUSE_WORDS[cause]}</span>{' '}
                <a href={link(`/events/${id}`)}>{event?.sentence ?? eventTypeInWords(type)}</a>
                {event && (
                  <>
                    <br />
                    <small>
                      <Sources evidence={event.evidence} />
                      <span class="quiet">
                        {' · '}recorded {dayInWords(event.recordedAt)} by {authorInWords(event.recordedBy)}
                      </span>
                    </small>
                  </>
                )}
                {acts.map((act) => (
                  <Amendment key={act} id={act} act={events.get(act)} />
                ))}
              </div>
            </li>
          );
        })}
      </ol>
    </details>
  );
}

function Amendment({ id, act }: { id: string; act: TimelineEntry | undefined }): VNode {
  const link = useLink();
  const reason = act && 'reason' in act.data ? String(act.data.reason) : undefined;
  return (
    <p class="small">
      <a href={link(`/events/${id}`)}>{act ? eventTypeInWords(act.type) : 'An act about it'}</a>
      {reason !== undefined && `: ${reason}`}
      {act && (
        <span class="quiet">{`, ${dayInWords(act.recordedAt)}, by ${authorInWords(act.recordedBy)}`}</span>
      )}
    </p>
  );
}
