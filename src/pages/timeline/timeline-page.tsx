import type { VNode } from 'preact';
import { authorInWords } from '../../domain/words/author.js';
import { warningInWords } from '../design/words.js';
import { dayNumber, dayOf } from '../../domain/ledger/edtf.js';
import type { AutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import { isVoid } from '../../queries/events/event-status.js';
import type { TimelinePage as Events } from '../../queries/events/list-events.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { TwoLanes } from '../charts/two-lanes.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { NothingLogged } from '../design/nothing-logged.js';
import { PageLinks } from '../design/page-links.js';
import { Sources } from '../design/sources.js';
import { addressOf, useLink, usePageContext } from '../page-context.js';
import { TimelineFilters } from './timeline-filters.js';

interface TimelinePageProps {
  readonly events: Events;
  readonly automakers: AutomakerNames;
}

export function TimelinePage({ events: { events, next, asOf }, automakers }: TimelinePageProps): VNode {
  const { path, clocks } = usePageContext();
  return (
    <>
      <header class="page-head">
        <h1>Timeline</h1>
        <p class="lead">
          What happened, and when the ledger learned it. Knowledge that came late is seen as such.
        </p>
      </header>
      <TimelineFilters automakers={automakers} />
      {events.length === 0 && automakers.automakers.length === 0 && (
        <NothingLogged position={asOf.position} />
      )}
      {events.length === 0 && automakers.automakers.length > 0 && (
        <p class="note">
          No event fits. <a href={addressOf(path, { ...clocks })}>Show all of them</a>.
        </p>
      )}
      {events.length > 0 && (
        <>
          <TwoLanes events={events} on={asOf.trueOn} />
          <ol class="events">
            {events.map((event) => (
              <Entry key={event.id} event={event} />
            ))}
          </ol>
        </>
      )}
      <PageLinks next={next} />
    </>
  );
}

/** An event learned more than this many days after it happened is marked as late. */
const LATE_DAYS = 92;

function Entry({ event }: { event: TimelineEntry }): VNode {
  const link = useLink();
  const { id, sentence, standing, occurredOn, recordedAt, recordedBy, evidence, warnings, day, about } =
    event;
  const days = dayNumber(dayOf(recordedAt)) - dayNumber(day);
  return (
    <li>
      <span class="date">{dateInWords(occurredOn)}</span>
      <div class="evidence">
        <a href={link(`/events/${id}`)} class={isVoid(standing) ? 'voided' : undefined}>
          {sentence}
        </a>{' '}
        {standing !== 'stands' && <span class="tag">{standing}</span>}{' '}
        {about !== undefined && (
          <>
            (about <a href={link(`/events/${about}`)}>this event</a>)
          </>
        )}
        <br />
        <small>
          <Sources evidence={evidence} />
          <span class="quiet">
            {' · '}learned {dayInWords(recordedAt)}
            {days > LATE_DAYS && `, ${days.toLocaleString('en')} days later`}, from{' '}
            {authorInWords(recordedBy)}
            {warnings.length > 0 && ` · ${warnings.map(({ message }) => warningInWords(message)).join(' ')}`}
          </span>
        </small>
      </div>
    </li>
  );
}
