import type { VNode } from 'preact';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { useLink } from '../page-context.js';
import { dateInWords } from './dates.js';

/** Events as sentences, each leading to its own page. */
export function EventList({ events }: { events: readonly TimelineEntry[] }): VNode {
  const link = useLink();
  if (events.length === 0) return <p class="quiet">No event is recorded by then.</p>;
  return (
    <ol class="events">
      {events.map(({ id, occurredOn, sentence, standing, evidence }) => (
        <li key={id}>
          <span class="date quiet">{dateInWords(occurredOn)}</span>
          <span>
            <a href={link(`/events/${id}`)} class={standing === 'retracted' ? 'voided' : undefined}>
              {sentence}
            </a>{' '}
            {standing !== 'stands' && <span class="tag">{standing}</span>}{' '}
            <small class="quiet">{[...new Set(evidence.map(({ publisher }) => publisher))].join(', ')}</small>
          </span>
        </li>
      ))}
    </ol>
  );
}
