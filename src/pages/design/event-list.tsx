import type { ComponentChildren, VNode } from 'preact';
import { isVoid } from '../../queries/events/event-status.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { useLink } from '../page-context.js';
import { dateInWords } from './dates.js';
import { useByThen } from './by-then.js';

/** Events as sentences with links to their pages. */
export function EventList({ events }: { events: readonly TimelineEntry[] }): VNode {
  const byThen = useByThen();
  if (events.length === 0) return <p class="quiet">No event is recorded{byThen}.</p>;
  return (
    <ol class="events">
      {events.map((event) => (
        <EventLine key={event.id} event={event} />
      ))}
    </ol>
  );
}

interface EventLineProps {
  readonly event: Pick<TimelineEntry, 'id' | 'occurredOn' | 'sentence' | 'standing' | 'evidence'>;
  readonly children?: ComponentChildren;
}

/** An event in a list, with additional content. */
export function EventLine({
  event: { id, occurredOn, sentence, standing, evidence },
  children,
}: EventLineProps): VNode {
  const link = useLink();
  return (
    <li>
      <span class="date quiet">{dateInWords(occurredOn)}</span>
      <span>
        <a href={link(`/events/${id}`)} class={isVoid(standing) ? 'voided' : undefined}>
          {sentence}
        </a>{' '}
        {standing !== 'stands' && <span class="tag">{standing}</span>}{' '}
        <small class="quiet">{[...new Set(evidence.map(({ publisher }) => publisher))].join(', ')}</small>
        {children}
      </span>
    </li>
  );
}
