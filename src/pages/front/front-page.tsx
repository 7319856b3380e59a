import type { VNode } from 'preact';
import type { QuietGoalsAnswer } from '../../queries/audit/list-quiet-goals.js';
import type { VerdictsAnswer } from '../../queries/automakers/list-verdicts.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import type { MarketSummary } from '../../queries/markets/get-markets.js';
import { MapPicker, type MapChoice } from '../charts/map-picker.js';
import { WorldMap } from '../charts/world-map.js';
import { dateInWords, dayInWords, whenInWords } from '../design/dates.js';
import { Explained } from '../design/explained.js';
import { NothingLogged } from '../design/nothing-logged.js';
import { PageLinks } from '../design/page-links.js';
import { SearchBox } from '../design/search-box.js';
import { Section } from '../design/section.js';
import { Value } from '../design/value.js';
import { titleOf } from '../design/words.js';
import { useLink } from '../page-context.js';
import { Standings } from './standings.js';
import { useByThen } from '../design/by-then.js';

export interface FrontPageProps {
  readonly verdicts: VerdictsAnswer;
  readonly markets: readonly MarketSummary[];
  readonly choice: MapChoice;
  readonly latest: readonly TimelineEntry[];
  readonly quiet: QuietGoalsAnswer;
}

export function FrontPage({ verdicts, markets, choice, latest, quiet }: FrontPageProps): VNode {
  const link = useLink();
  return (
    <>
      <header class="page-head">
        <Finding verdicts={verdicts} />
        <p class="lead">
          As of {dayInWords(verdicts.asOf.trueOn)}. An open ledger of how automakers expand abroad: every goal
          that was announced, every step that was reported, each with its source.
        </p>
        <SearchBox id="front-search" />
      </header>
      <Section
        id="verdicts"
        title="Where each automaker stands"
        lead="The one goal that says most about it, measured on the day of its newest figure. What calls for attention comes first."
      >
        {verdicts.verdicts.length === 0 ? (
          <NothingLogged position={verdicts.asOf.position} />
        ) : (
          <>
            <Standings verdicts={verdicts.verdicts} />
            <p class="small quiet">
              Bars: the line is the goal, the marker what it asks for by the day of the figure; pale is what
              the figures leave open.
            </p>
          </>
        )}
        <PageLinks next={verdicts.next} />
      </Section>
      <Section id="latest" title="What changed">
        <Latest events={latest} />
      </Section>
      <Section
        id="map"
        title="Where they are"
        lead="By what is logged. A market without colour may well be sold to: nothing is logged of it."
      >
        <MapPicker choice={choice} action="/" />
        <WorldMap markets={markets} home={choice.home} />
        <p>
          <a href={link('/markets')}>All markets, and who is there</a>
        </p>
      </Section>
      <Section
        id="quiet"
        title="Goals gone quiet"
        lead={
          <>
            Goals rarely fail in public: they stop being said.{' '}
            <Explained method="quiet-goals">Inferred from silence</Explained>, never declared.
          </>
        }
      >
        <QuietGoals quiet={quiet} announced={verdicts.goals.announced} />
      </Section>
    </>
  );
}

/** The state of all goals, as a headline. */
function Finding({ verdicts: { goals } }: { verdicts: VerdictsAnswer }): VNode {
  if (goals.judged === 0)
    return <h1>{goals.announced === 0 ? 'No goal is logged yet' : 'No goal can be judged yet'}</h1>;
  return (
    <h1>
      Of <Value value={goals.judged} at="/goals/judged" /> goals that can be judged,{' '}
      <Value value={goals.met} at="/goals/met" /> {goals.met === 1 ? 'was' : 'were'} met and{' '}
      <Value value={goals.missed} at="/goals/missed" /> missed
    </h1>
  );
}

function Latest({ events }: { events: readonly TimelineEntry[] }): VNode {
  const link = useLink();
  const byThen = useByThen();
  if (events.length === 0) return <p class="quiet">No event is logged{byThen}.</p>;
  return (
    <>
      {events.map(({ id, occurredOn, sentence, evidence }) => (
        <p key={id}>
          <span class="quiet">{dateInWords(occurredOn)}:</span> <a href={link(`/events/${id}`)}>{sentence}</a>
          . <small class="quiet">{evidence[0]?.publisher}</small>
        </p>
      ))}
      <p>
        <a href={link('/timeline')}>The whole timeline</a> ·{' '}
        <a href={link('/audit')}>What changed between two days</a>
      </p>
    </>
  );
}

function QuietGoals({
  quiet: { goals, count },
  announced,
}: {
  quiet: QuietGoalsAnswer;
  announced: number;
}): VNode {
  const link = useLink();
  const byThen = useByThen();
  if (announced === 0) return <p class="quiet">No goal is logged{byThen}.</p>;
  if (goals.length === 0) return <p class="quiet">None: every open goal was repeated in time.</p>;
  return (
    <>
      <ul class="events">
        {goals.map(({ automaker, name, target, terms, saidOn }) => (
          <li key={`${automaker} ${target}`}>
            <span class="date quiet">{dateInWords(saidOn)}</span>
            <span>
              <a href={link(`/automakers/${automaker}/targets/${target}`)}>
                {name}: {titleOf(terms)}
              </a>
              , last said {whenInWords(saidOn)}
            </span>
          </li>
        ))}
      </ul>
      {count > goals.length && (
        <p class="quiet">
          and {count - goals.length} more, <a href={link('/api/quiet-goals')}>all as JSON</a>
        </p>
      )}
    </>
  );
}
