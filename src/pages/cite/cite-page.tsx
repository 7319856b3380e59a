import type { VNode } from 'preact';
import { dayOf } from '../../domain/ledger/edtf.js';
import { dayInWords } from '../design/dates.js';
import { Section } from '../design/section.js';
import { numberInWords } from '../design/words.js';
import { addressOf } from '../page-context.js';
import { frameOf } from '../pictures/frame.js';
import { citableFrom } from './citable.js';
import { bibtexOf, citationText, type CitedPage } from './citation.js';

interface CitePageProps {
  readonly cited: CitedPage;
  /** Path and query of the page. */
  readonly of: string;
  readonly site: string;
  /** The name of the page's chart, as in its pictures; undefined if it has none. */
  readonly chart: string | undefined;
}

export function CitePage({ cited, of, site, chart }: CitePageProps): VNode {
  const { title, address, position, recordedAt, trueOn } = cited;
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href={of}>{title}</a>
        </p>
        <h1>Cite this page</h1>
        <p class="lead">
          The page is frozen as it stands: on {numberInWords(position)} events, the last of them recorded on{' '}
          {dayInWords(dayOf(recordedAt))}, with the world as of {dayInWords(trueOn)}. The address shows the
          same whatever is recorded later, and says so if the ledger behind it was exchanged.
        </p>
      </header>
      <Section id="text" title="As text">
        <pre class="wrapped">{citationText(cited)}</pre>
        <p class="actions">
          <a class="button second" href={address}>
            Open the frozen page
          </a>
        </p>
      </Section>
      {chart !== undefined && <Embedding cited={cited} of={of} site={site} chart={chart} />}
      <Section id="programs" title="For programs that keep references">
        <pre class="wrapped">{bibtexOf(cited)}</pre>
        <ul class="data-links">
          <li>
            <a href={addressOf('/cite/citation.bib', { of })}>BibTeX</a>
          </li>
          <li>
            <a href={addressOf('/cite/citation.json', { of })}>CSL-JSON</a>
          </li>
          <li>
            <a href={addressOf('/cite/citation.txt', { of })}>Plain text</a>
          </li>
        </ul>
      </Section>
    </>
  );
}

/** The HTML to embed the page's chart in other sites, either always current or frozen. */
function Embedding({
  cited: { title, recordedAt, trueOn, publicOn },
  of,
  site,
  chart = '',
}: CitePageProps): VNode {
  const { query } = citableFrom(of);
  const then = { trueOn, knownOn: recordedAt, publicOn };
  const filter = chart === 'timeline' ? query : {};
  const live = addressOf(`/embed/${chart}`, filter);
  const frozen = addressOf(`/embed/${chart}`, { ...filter, ...then });
  return (
    <Section
      id="embed"
      title="Embed its chart"
      lead="For a page of your own. It runs no script, and says where it is from and of when."
    >
      <div class="field">
        <label for="embed-live">As it is whenever somebody looks</label>
        <input id="embed-live" type="text" readOnly value={frameOf(site + live, title)} />
      </div>
      <div class="field">
        <label for="embed-frozen">As it stands</label>
        <input id="embed-frozen" type="text" readOnly value={frameOf(site + frozen, title)} />
      </div>
      <ul class="data-links">
        <li>
          <a href={live}>See it</a>
        </li>
        <li>
          <a href={addressOf(`/charts/${chart}.svg`, { ...filter, ...then })}>SVG</a>
        </li>
        <li>
          <a href={addressOf(`/charts/${chart}.png`, { ...filter, ...then })}>PNG</a>
        </li>
      </ul>
    </Section>
  );
}
