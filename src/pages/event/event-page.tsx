import type { VNode } from 'preact';
import { authorInWords } from '../../domain/words/author.js';
import type { Review } from '../../commands/review/reviews.js';
import type { EventData } from '../../domain/events/catalogue.js';
import { isRegistration } from '../../domain/ledger/publication.js';
import { isVoid } from '../../queries/events/event-status.js';
import type { EventLife } from '../../queries/events/get-event.js';
import { marketName } from '../../queries/names.js';
import { dateInWords, instantInWords, whenInWords } from '../design/dates.js';
import { EvidenceList } from '../design/evidence-list.js';
import { Fields, flatFields } from '../design/fields.js';
import { Section } from '../design/section.js';
import { eventTypeInWords, withCapital, warningInWords } from '../design/words.js';
import { addressOf, useLink } from '../page-context.js';
import { ReviewNote } from '../review/review-note.js';
import { Acts } from './amendments.js';
import { DONE_IN_WORDS, type JustDone } from './just-done.js';
import { Uses } from './uses.js';

interface EventPageProps {
  readonly life: EventLife;
  /** The action that led the reader to this page, if any. */
  readonly justDone?: JustDone;
  /** The name of the event's automaker, if it is known at these clocks. */
  readonly automakerName?: string;
  /** The sentence of the event that this one corrects, retracts or adds evidence to. */
  readonly aboutSentence?: string;
  /** The second analyst's review, if any. */
  readonly review?: Review;
}

export function EventPage({ life, justDone, automakerName, aboutSentence, review }: EventPageProps): VNode {
  const link = useLink();
  const {
    automaker,
    market,
    company,
    type,
    sentence,
    occurredOn,
    recordedAt,
    recordedBy,
    standing,
    about,
    note,
  } = life;
  const { evidence, warnings, data, recorded, acts, uses, position } = life;
  const isAct = about !== undefined;
  const goal = goalOf(life);
  const moves = acts.flatMap(({ data: told }) => (isMove(told) ? [told] : []));
  const isCorrected = flatText(recorded.data) !== flatText(data) || recorded.occurredOn !== occurredOn;
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href={link('/timeline')}>Timeline</a>
          {automaker !== undefined && (
            <>
              {' · '}
              <a href={link(`/automakers/${automaker}`)}>{automakerName ?? automaker}</a>
            </>
          )}
          {market !== undefined && (
            <>
              {' · '}
              <a href={link(`/markets/${market}`)}>{withCapital(marketName(market))}</a>
            </>
          )}
          {' · '}
          {eventTypeInWords(type)}, {dateInWords(occurredOn)}
        </p>
        <h1 class={isVoid(standing) ? 'sentence voided' : 'sentence'}>{sentence}</h1>
        <p class="lead">
          Happened {whenInWords(occurredOn)}. Recorded {instantInWords(recordedAt)} by{' '}
          {authorInWords(recordedBy)}.
        </p>
        {justDone !== undefined && (
          <p class="note good" role="status" data-recorded>
            {DONE_IN_WORDS[justDone]}{' '}
            {!isAct && !isVoid(standing) && (
              <a href={addressOf('/log', { type, automaker, market, company, like: life.id })}>
                Log another like this
              </a>
            )}
          </p>
        )}
        {standing !== 'stands' && standing !== 'moved' && (
          <p class="note warn">This event is {standing}: see what was recorded about it below.</p>
        )}
        {moves.map(({ direction, counterpart, reason }) => (
          <p key={counterpart} class={direction === 'to' ? 'note warn' : 'note'}>
            {direction === 'to'
              ? 'This event was recorded here by mistake, and was moved to'
              : 'It was moved here from'}{' '}
            <a href={link(`/events/${counterpart}`)}>
              where it {direction === 'to' ? 'belongs' : 'was first recorded'}
            </a>
            : {reason}.
          </p>
        ))}
        {about !== undefined && (
          <p>
            It is about <a href={link(`/events/${about}`)}>{aboutSentence ?? 'another event'}</a>.
          </p>
        )}
        {note !== undefined && <p class="note">{note}</p>}
        {warnings.map(({ code, message, events = [] }) => (
          <p key={code + message} class="note warn">
            {warningInWords(message)}{' '}
            {events.map((id) => (
              <span key={id}>
                <a href={link(`/events/${id}`)}>that event</a>{' '}
              </span>
            ))}
          </p>
        ))}
      </header>
      {!isAct && !isVoid(standing) && (
        <p class="actions no-print">
          <a class="button second" href={`/events/${life.id}/evidence`}>
            Add evidence
          </a>
          <a class="button second" href={`/events/${life.id}/correct`}>
            Correct
          </a>
          <a class="button second" href={`/events/${life.id}/retract`}>
            Retract
          </a>
          {!isRegistration(type) && (
            <a class="button second" href={`/events/${life.id}/move`}>
              Move
            </a>
          )}
          <a
            class="button second"
            href={addressOf('/log', { type, automaker, market, company, like: life.id })}
          >
            Log another like this
          </a>
          <a class="button second" href={addressOf('/suggest', { about: life.id })}>
            Suggest a source or a correction
          </a>
        </p>
      )}
      {!isAct && standing === 'retracted' && (
        <p class="actions no-print">
          <a class="button second" href={`/events/${life.id}/reinstate`}>
            Reinstate
          </a>
        </p>
      )}
      {isAct && !isVoid(standing) && !FINAL.includes(type) && (
        <p class="actions no-print">
          <a class="button second" href={`/events/${life.id}/retract`}>
            Retract
          </a>
        </p>
      )}
      <div class="two">
        <Section id="says" title="What it says">
          {goal !== undefined && (
            <p>
              <a href={link(goal)}>The goal, how far it is, and how it changed</a>
            </p>
          )}
          <Fields data={withoutGoal(data)} />
          {isCorrected && (
            <details open>
              <summary>As it was recorded at first</summary>
              <Fields data={withoutGoal(recorded.data)} against={data} />
              <p>
                Happened{' '}
                {recorded.occurredOn === occurredOn ? (
                  whenInWords(occurredOn)
                ) : (
                  <del>{whenInWords(recorded.occurredOn)}</del>
                )}
                .
              </p>
            </details>
          )}
        </Section>
        <Section id="evidence" title="Where it is stated">
          <EvidenceList
            evidence={evidence}
            correctAt={
              !isAct && !isVoid(standing)
                ? (url) => addressOf(`/events/${life.id}/source`, { url })
                : undefined
            }
          />
          <ReviewNote event={life.id} recordedBy={recordedBy} review={review} />
        </Section>
      </div>
      <Acts acts={acts} />
      <Uses uses={uses} automaker={automaker} />
      <Section
        id="proof"
        title="Proof that nobody edited it"
        lead="The ledger is a log that strangers can verify: every event is a leaf of one tree, whose root is signed."
      >
        <p>
          Event <code>{life.id}</code>, number {position} of the ledger.{' '}
          <a href={`/api/ledger/proofs/inclusion?position=${position}`}>Proof that it is in the tree</a> ·{' '}
          <a href="/api/ledger/checkpoint">signed checkpoint</a> ·{' '}
          <a href={`/api/events/${life.id}`}>the event as JSON</a>
        </p>
      </Section>
    </>
  );
}

/** The address of the event's goal, if the event still counts. */
function goalOf({ automaker, data, standing }: EventLife): string | undefined {
  const target = 'target' in data ? data.target : undefined;
  return automaker === undefined || typeof target !== 'string' || isVoid(standing)
    ? undefined
    : `/automakers/${automaker}/targets/${target}`;
}

/** The data without the goal's id: the page links to the goal instead. */
function withoutGoal(data: object): object {
  const { target: _called, ...others } = { target: undefined, ...data };
  return others;
}

const flatText = (data: object): string => JSON.stringify(flatFields(data));

/** Amendments that only another amendment of the same kind can undo, not a retraction. */
const FINAL: readonly string[] = ['EventRetracted', 'EventReinstated', 'EventMoved'];

const isMove = (data: object): data is EventData<'EventMoved'> => 'counterpart' in data;
