import type { VNode } from 'preact';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { useLink } from '../page-context.js';
import { Sources } from './sources.js';

interface ProvenEventsProps {
  readonly ids: readonly string[];
  readonly events: ReadonlyMap<string, TimelineEntry>;
}

/** The events on which a number is based, each with its sources. */
export function ProvenEvents({ ids, events }: ProvenEventsProps): VNode {
  const link = useLink();
  return (
    <ul class="evidence">
      {ids.map((id) => {
        const event = events.get(id);
        return (
          <li key={id}>
            <a href={link(`/events/${id}`)}>{event?.sentence ?? `event ${id}`}</a>
            {event && (
              <>
                {' · '}
                <Sources evidence={event.evidence} />
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
