import type { VNode } from 'preact';
import type { QuietGoalsAnswer } from '../../queries/audit/list-quiet-goals.js';
import type { VerdictsAnswer } from '../../queries/automakers/list-verdicts.js';
import type { TimelinePage } from '../../queries/events/list-events.js';
import type { MarketSummary } from '../../queries/markets/get-markets.js';
import { WorldMap } from '../charts/world-map.js';
import { dayInWords } from '../design/dates.js';
import { EventList } from '../design/event-list.js';
import { NothingLogged } from '../design/nothing-logged.js';
import { PageLinks } from '../design/page-links.js';
import { Section } from '../design/section.js';
import { amountInWords, countedInWords } from '../design/words.js';
import { useLink } from '../page-context.js';
import { VerdictLine } from './verdict-line.js';

interface FrontPageProps {
  readonly verdicts: VerdictsAnswer;
  readonly markets: readonly MarketSummary[];
  readonly latest: TimelinePage;
  readonly quiet: QuietGoalsAnswer;
}

export function FrontPage({ verdicts, markets, latest, quiet }: FrontPageProps): VNode {
  const link = useLink();
  return (
    <>
      <header class="page-head">
        <h1>Carmakers promise the world. How far have they come?</h1>
        <p class="lead">
          An open ledger of how automakers expand abroad: every goal that was announced, every step that was
          reported, each with its source, and what was known on any day.
        </p>
      </header>
      <Section
        id="verdicts"
        title="Where each automaker stands"
        lead="The one goal that says most about it. What calls for attention comes first."
      >
        {verdicts.verdicts.length === 0 ? (
          <NothingLogged position={verdicts.asOf.position} />
        ) : (
          <ol class="verdicts">
            {verdicts.verdicts.map((verdict, index) => (
              <VerdictLine key={verdict.id} verdict={verdict} at={`/verdicts/${index}`} />
            ))}
          </ol>
        )}
        <PageLinks next={verdicts.next} />
      </Section>
      <Section
        id="map"
        title="Where they are"
        lead="The deepest stage that any automaker of the ledger has reached in a market."
      >
        <WorldMap markets={markets} />
        <p>
          <a href={link('/markets')}>All markets, and who is there</a>
        </p>
      </Section>
      <div class="two wide-left section">
        <Section id="latest" title="What happened last">
          <EventList events={latest.events} />
          <p>
            <a href={link('/timeline')}>The whole timeline</a>
          </p>
        </Section>
        <Section
          id="quiet"
          title="Goals gone quiet"
          lead="Goals rarely fail in public: they stop being said. Inferred from silence, never declared. The day is when each was last said."
        >
          <QuietGoals quiet={quiet} />
        </Section>
      </div>
    </>
  );
}

function QuietGoals({ quiet: { goals, count } }: { quiet: QuietGoalsAnswer }): VNode {
  const link = useLink();
  if (goals.length === 0) return <p class="quiet">None by now: every open goal was repeated in time.</p>;
  return (
    <>
      <ul class="events">
        {goals.map(({ automaker, name, target, terms, lastSaidOn }) => (
          <li key={`${automaker} ${target}`}>
            <span class="date quiet">{dayInWords(lastSaidOn)}</span>
            <a href={link(`/automakers/${automaker}/targets/${target}`)}>
              {name}: {amountInWords(terms.threshold, terms.unit)}, {countedInWords(terms)}
            </a>
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
