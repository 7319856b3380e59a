import type { VNode } from 'preact';
import type { Point } from '../../domain/audit/differences.js';
import type { DifferencesAnswer } from '../../queries/audit/get-differences.js';
import type { AutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import type { KeptCheckpoint } from '../../transparency/tree-store.js';
import { dayInWords } from '../design/dates.js';
import { PageLinks } from '../design/page-links.js';
import { Section } from '../design/section.js';
import { useLink } from '../page-context.js';
import { AuditForm } from './audit-form.js';
import { DifferingEvents } from './differing-events.js';
import { DifferingNumbers } from './differing-numbers.js';
import { DifferingRecords } from './differing-records.js';
import type { AuditQuestion } from './audit-question.js';

interface AuditPageProps {
  readonly question: AuditQuestion;
  /** Absent if nothing was asked yet. */
  readonly differences: DifferencesAnswer | undefined;
  readonly automakers: AutomakerNames;
  /** Names of the automakers that differ, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly events: ReadonlyMap<string, TimelineEntry>;
  readonly checkpoint: KeptCheckpoint;
  readonly checkpoints: { readonly given: number; readonly holding: number };
  readonly verifierKey: string;
}

export function AuditPage(props: AuditPageProps): VNode {
  const { question, differences, automakers, names, events } = props;
  const link = useLink();
  return (
    <>
      <header class="page-head">
        <h1>What changed, and why</h1>
        <p class="lead">
          Two points in time, each on three clocks: what had happened by a day, by what this ledger had
          recorded by a day, and by what had been published by a day. Every difference has a cause, an author
          and evidence.
        </p>
      </header>
      <AuditForm question={question} automakers={automakers} />
      {differences && (
        <p class="note">
          From <strong>{pointInWords(question.from)}</strong> to <strong>{pointInWords(question.to)}</strong>.
        </p>
      )}
      {!differences && (
        <p class="note">
          Choose an automaker, or all of them, and two days: the differences follow, each with its cause.
        </p>
      )}
      {differences?.automakers.length === 0 && (
        <p>
          {differences.next === undefined
            ? 'Nothing differs between the two.'
            : 'Nothing differs for the automakers compared so far: the next page compares others.'}
        </p>
      )}
      {differences?.automakers.map(({ automaker, numbers, records, events: differing }, index) => (
        <Section
          key={automaker}
          id={`differences-${automaker}`}
          title={names.get(automaker) ?? automaker}
          lead={<a href={link(`/automakers/${automaker}`)}>its page as it is now</a>}
        >
          <DifferingNumbers
            numbers={numbers}
            automaker={automaker}
            question={question}
            at={`/automakers/${index}/numbers`}
          />
          <DifferingRecords records={records} automaker={automaker} />
          <DifferingEvents differing={differing} events={events} />
        </Section>
      ))}
      <PageLinks next={differences?.next} />
      <LedgerProof {...props} />
    </>
  );
}

export function pointInWords({ trueOn, knownOn, publicOn }: Point): string {
  const known = knownOn === undefined ? 'now' : `on ${dayInWords(knownOn)}`;
  const published = publicOn === undefined ? '' : `, published by ${dayInWords(publicOn)}`;
  return `true on ${dayInWords(trueOn)}, known ${known}${published}`;
}

function LedgerProof({ checkpoint, checkpoints, verifierKey }: AuditPageProps): VNode {
  return (
    <Section
      id="proof"
      title="Nobody rewrote the ledger"
      lead="A signed checkpoint is three lines that pin every event by now. Keep it: whoever changes, removes or inserts an event afterwards cannot make a ledger that agrees with it."
    >
      <pre>{checkpoint.note}</pre>
      <p class={checkpoints.holding === checkpoints.given ? 'note good' : 'note bad'}>
        {checkpoints.holding === checkpoints.given
          ? `The ledger agrees with every checkpoint that it ever gave out (${checkpoints.given} of ${checkpoints.given}).`
          : `The ledger contradicts ${checkpoints.given - checkpoints.holding} of the ${checkpoints.given} checkpoints that it gave out: it was rewritten.`}
      </p>
      <p class="small">
        This one pins {checkpoint.size.toLocaleString('en')} events. Key: <code>{verifierKey}</code>
      </p>
      <ul>
        <li>
          <a href="/api/ledger/checkpoints">All checkpoints</a>
        </li>
        <li>
          Check an export offline: <code>npm run -s tracker -- verify --export ledger.csv --key …</code>
        </li>
        <li>
          <a href="/api/ledger/proofs/consistency?from=1">
            Proof that the oldest tree is the beginning of the newest
          </a>
        </li>
      </ul>
    </Section>
  );
}
