import type { VNode } from 'preact';
import { dataAddress, type Page, type Section } from '../page.js';
import { addressOf, useLink, usePageContext } from '../page-context.js';
import { SearchBox } from './search-box.js';
import { isCitable } from '../cite/citable.js';
import { ChartsToTake } from '../pictures/charts-to-take.js';
import { TablesToTake } from '../take-away/take-away.js';
import { ClockBar } from './clock-bar.js';

const SECTIONS: readonly (readonly [Section, string, string])[] = [
  ['automakers', '/', 'Automakers'],
  ['goals', '/goals', 'Goals'],
  ['markets', '/markets', 'Markets'],
  ['timeline', '/timeline', 'Timeline'],
  ['compare', '/compare', 'Compare'],
  ['theses', '/theses', 'Theses'],
  ['audit', '/audit', 'Audit'],
  ['log', '/log', 'Log an event'],
];

/** The frame around every page. */
export function SiteFrame({ page }: { page: Page }): VNode {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <SiteHead section={page.section} />
      {/* Only pages with data have clocks. */}
      {page.api !== undefined && <ClockBar />}
      <main id="main" class="frame">
        <PartlyTold />
        <Closed />
        {page.body}
      </main>
      <SiteFoot page={page} />
    </>
  );
}

/** On every page, a notice that the data lacks events that this version cannot read. */
function PartlyTold(): VNode | null {
  const { partlyTold = [] } = usePageContext();
  if (partlyTold.length === 0) return null;
  return (
    <p class="note bad" role="status">
      What is told of {partlyTold.join(', ')} stops at an event that this version of the software cannot read.
      Everything else is complete. Update the software, or find out which other program wrote it, then{' '}
      <a href="/api/views">have the parked streams followed again</a>.
    </p>
  );
}

/** A notice that nothing more can be recorded about the page's subject; the existing data stays valid. */
function Closed(): VNode | null {
  const { closed } = usePageContext();
  if (closed === undefined) return null;
  return (
    <p class="note bad" role="status">
      What is told of {closed} stands as it was recorded, but nothing more can be recorded of it: its stream
      was deleted in KurrentDB, which cannot be undone there. A backup of before helps.
    </p>
  );
}

function SiteHead({ section }: { section: Section | undefined }): VNode {
  const link = useLink();
  const { path } = usePageContext();
  return (
    <header class="site-head">
      <div class="frame">
        <a class="wordmark" href={link('/')}>
          <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="5" fill="currentColor" />
            <path d="M6 23 13 15l5 4 8-10" fill="none" stroke="#fff" stroke-width="3.2" />
            <circle cx="26" cy="9" r="3.4" fill="#ffb066" />
          </svg>
          Market Expansion Tracker
        </a>
        <nav class="site-nav" aria-label="Site">
          {SECTIONS.map(([name, path, words]) => (
            <a key={name} href={link(path)} aria-current={name === section ? 'page' : undefined}>
              {words}
            </a>
          ))}
        </nav>
        {/* A page with its own search box needs no second one. */}
        {path !== '/' && path !== '/search' && <SearchBox id="site-search" isSmall />}
      </div>
    </header>
  );
}

function SiteFoot({ page }: { page: Page }): VNode {
  const link = useLink();
  const { principal, clocks, path, query } = usePageContext();
  const data = dataAddress(page, clocks);
  return (
    <footer class="site-foot">
      <div class="frame">
        {data !== undefined && (
          <p>
            The data of this page: <a href={data}>JSON</a>
            {isCitable(path) && (
              <>
                {' '}
                ·{' '}
                <a href={addressOf('/cite', { of: addressOf(path, query) })} rel="nofollow">
                  Cite or embed this page
                </a>
              </>
            )}
          </p>
        )}
        {page.feed && (
          <p>
            What is new of this page, for feed readers:{' '}
            <a href={addressOf('/feeds/events.atom', page.feed)} rel="nofollow">
              Atom
            </a>{' '}
            ·{' '}
            <a href={addressOf('/feeds/events.json', page.feed)} rel="nofollow">
              JSON Feed
            </a>
          </p>
        )}
        <ChartsToTake page={page} />
        <TablesToTake page={page} />
        <p>
          Every number opens into its formula, events and sources. Nothing is ever overwritten: wrong entries
          are corrected or retracted, and stay. <a href={link('/methods')}>How ratings come about</a> ·{' '}
          <a href={link('/glossary')}>Glossary</a> · <a href={link('/companies')}>Companies</a> ·{' '}
          <a href={link('/coverage')}>Where the gaps are</a> · <a href={link('/data')}>Data to take away</a> ·{' '}
          <a href="/docs">API</a> · <a href="/suggest">Suggest what is missing</a> ·{' '}
          <a href={link('/about')}>About</a> · <a href="/api/export">The whole ledger</a> (
          <a href="/api/export?format=spreadsheet">for a spreadsheet</a>)
        </p>
        <p>
          {principal ? (
            <>
              Signed in as {principal.name}, {principal.role}. <a href="/sign-in">Sign out</a>
            </>
          ) : (
            <a href="/sign-in">Sign in</a>
          )}
        </p>
      </div>
    </footer>
  );
}
