import type { VNode } from 'preact';
import { FOUND_KINDS, type FoundKind } from '../../domain/search/found-kinds.js';
import type { FoundName } from '../../queries/search/names-to-find.js';
import type { FoundEvent, SearchAnswer } from '../../queries/search/search-ledger.js';
import { EventLine } from '../design/event-list.js';
import { PageLinks } from '../design/page-links.js';
import { SearchBox } from '../design/search-box.js';
import { Section } from '../design/section.js';
import { usePageContext, useLink, type LinkParameters } from '../page-context.js';

const KIND_WORDS: Readonly<Record<FoundKind, string>> = {
  automaker: 'Automakers',
  goal: 'Goals',
  market: 'Markets',
  company: 'Companies',
  partner: 'Partners',
  plant: 'Plants',
  publisher: 'Publishers',
};

interface SearchPageProps {
  readonly q: string;
  readonly answer: SearchAnswer | undefined;
}

/** The results: names first, then events, each with a link to its page. */
export function SearchPage({ q, answer }: SearchPageProps): VNode {
  return (
    <>
      <header class="page-head">
        <h1>{answer ? <>Search: {q}</> : 'Search'}</h1>
        <SearchBox id="page-search" value={q} />
        <p class="small quiet">
          Every word has to be found, in any order; “quotation marks” hold words together. Names, goals in
          their own words, events, quotes, notes and publishers are looked through.
        </p>
      </header>
      {q !== '' && !answer && <p class="note">A word of two letters or more is needed.</p>}
      {answer && <Found answer={answer} />}
    </>
  );
}

function Found({ answer: { names, events, next, q } }: { answer: SearchAnswer }): VNode {
  const { query } = usePageContext();
  const isFirst = query['cursor'] === undefined;
  if (names.length + events.length === 0) {
    return (
      <>
        <p class="note" role="status">
          {next !== undefined
            ? 'Nothing was found in this part of the ledger; older events are on the next page.'
            : /\s/.test(q.trim())
              ? `Nothing on record holds all of “${q}”. Fewer words find more; what is not logged is not found.`
              : `Nothing on record holds “${q}”. What is not logged is not found.`}
        </p>
        <PageLinks next={next} />
      </>
    );
  }
  return (
    <>
      {names.length > 0 && (
        <Section id="names" title="Names">
          {FOUND_KINDS.map((kind) => [kind, names.filter((each) => each.kind === kind)] as const)
            .filter(([, found]) => found.length > 0)
            .map(([kind, found]) => (
              <div class="found" key={kind}>
                <h3>{KIND_WORDS[kind]}</h3>
                <ul>
                  {found.map((each) => (
                    <Name key={`${each.name} ${each.automaker ?? ''} ${each.target ?? ''}`} found={each} />
                  ))}
                </ul>
              </div>
            ))}
        </Section>
      )}
      {(events.length > 0 || !isFirst) && (
        <Section id="events" title="Events" lead="The last that was recorded comes first.">
          <ol class="events">
            {events.map((event) => (
              <Event key={event.id} event={event} />
            ))}
          </ol>
        </Section>
      )}
      <PageLinks next={next} />
    </>
  );
}

/** The page for a found name. */
function placeOf({
  kind,
  name,
  automaker,
  target,
  market,
  company,
}: FoundName): [string, LinkParameters, string] {
  switch (kind) {
    case 'automaker':
      return [`/automakers/${automaker ?? ''}`, {}, ''];
    case 'goal':
      return [`/automakers/${automaker ?? ''}/targets/${target ?? ''}`, {}, ''];
    case 'market':
      return [`/markets/${market ?? ''}`, {}, ''];
    case 'company':
      return [`/companies/${company ?? ''}`, {}, ''];
    case 'partner':
      return [`/companies/${encodeURIComponent(name)}`, {}, ''];
    case 'plant':
      return [`/automakers/${automaker ?? ''}`, {}, '#production'];
    case 'publisher':
      return ['/timeline', { publisher: name }, ''];
  }
}

function Name({ found }: { found: FoundName }): VNode {
  const link = useLink();
  const [path, parameters, part] = placeOf(found);
  const { name, about } = found;
  return (
    <li>
      <a href={link(path, parameters) + part}>{name}</a>
      {about !== undefined && found.kind !== 'goal' && <span class="quiet">, {about}</span>}
    </li>
  );
}

function Event({ event }: { event: FoundEvent }): VNode {
  const { excerpt } = event;
  return (
    <EventLine event={event}>{excerpt !== undefined && <q class="small excerpt">{excerpt}</q>}</EventLine>
  );
}
