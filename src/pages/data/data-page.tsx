import type { VNode } from 'preact';
import type { SnapshotDay, SnapshotsAnswer } from '../../queries/tables/list-snapshots.js';
import type { LedgerTable } from '../../queries/tables/table.js';
import { dayInWords } from '../design/dates.js';
import { NothingLogged } from '../design/nothing-logged.js';
import { PageLinks } from '../design/page-links.js';
import { Section } from '../design/section.js';
import { Value } from '../design/value.js';
import { useLink } from '../page-context.js';

interface DataPageProps {
  readonly answer: SnapshotsAnswer;
  readonly tables: readonly LedgerTable[];
}

export function DataPage({ answer: { snapshots, next, asOf }, tables }: DataPageProps): VNode {
  const link = useLink();
  return (
    <>
      <header class="page-head">
        <h1>Data to take away</h1>
        <p class="lead">
          The whole ledger, and what it amounts to, as one archive: tables with a description of every column,
          the events exactly as they were recorded, the licence, the signed checkpoint, and the program that
          checks all of it without this site. An archive of a day that is over never changes.
        </p>
      </header>
      {snapshots.length === 0 ? (
        <NothingLogged position={asOf.position} />
      ) : (
        <>
          <p class="actions">
            <a class="button" href="/snapshots/latest" rel="nofollow">
              The newest archive
            </a>
          </p>
          <Section
            id="snapshots"
            title="By day"
            lead="A day has an archive of its own if something was recorded on it."
          >
            <table class="stack">
              <thead>
                <tr>
                  <th scope="col">All that was recorded by the end of</th>
                  <th scope="col" class="num">
                    Events
                  </th>
                  <th scope="col" class="num">
                    Of these on that day
                  </th>
                  <th scope="col">What changed</th>
                </tr>
              </thead>
              <tbody>
                {snapshots.map((each, index) => (
                  <SnapshotRow
                    key={each.day}
                    snapshot={each}
                    before={snapshots[index + 1]}
                    isFirst={each.position === each.events}
                    at={`/snapshots/${index}`}
                  />
                ))}
              </tbody>
            </table>
            <PageLinks next={next} />
          </Section>
        </>
      )}
      <Section id="tables" title="What an archive holds">
        <dl class="glossary">
          {tables.map(({ name, title, description }) => (
            <div key={name}>
              <dt>{title}</dt>
              <dd>{description}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section id="live" title="Live">
        <p>
          Most pages offer their tables for a spreadsheet at their foot, among them{' '}
          <a href={link('/goals')}>the goal book</a>, <a href={link('/coverage')}>the coverage</a> and{' '}
          <a href={link('/timeline')}>the timeline</a>. Programs ask <a href="/docs">the API</a>. What events,
          messages to receivers, feeds and archives look like is{' '}
          <a href="/schemas">published as JSON Schema</a>.
        </p>
      </Section>
    </>
  );
}

interface SnapshotRowProps {
  readonly snapshot: SnapshotDay;
  /** The next older snapshot, if it is on this page. */
  readonly before: SnapshotDay | undefined;
  /** Whether nothing was recorded before it. */
  readonly isFirst: boolean;
  readonly at: string;
}

function SnapshotRow({ snapshot: { day, position, events }, before, isFirst, at }: SnapshotRowProps): VNode {
  return (
    <tr>
      <th scope="row">
        <a href={`/snapshots/${day}`} rel="nofollow">
          {dayInWords(day)}
        </a>
      </th>
      <td class="num" data-label="Events">
        <Value value={position} at={`${at}/position`} />
      </td>
      <td class="num" data-label="Of these on that day">
        <Value value={events} at={`${at}/events`} />
      </td>
      <td data-label="What changed">
        {before ? (
          <a href={`/snapshots/${before.day}/to/${day}`} rel="nofollow">
            since {dayInWords(before.day)}
          </a>
        ) : (
          isFirst && <span class="quiet">it is the first</span>
        )}
      </td>
    </tr>
  );
}
