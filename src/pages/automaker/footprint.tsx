import type { VNode } from 'preact';
import type { MarketRecord, PartnershipRecord, SiteRecord } from '../../domain/state/records.js';
import type { AutomakerAnswer } from '../../queries/automakers/get-automaker.js';
import { marketName } from '../../queries/names.js';
import { dateInWords } from '../design/dates.js';
import type { SoldByFigures } from './sold-by-figures.js';
import { FirstRows } from '../design/first-rows.js';
import { Rumoured } from '../design/rumoured.js';
import { SiteStart } from '../design/site-start.js';
import { Section } from '../design/section.js';
import { Value } from '../design/value.js';
import { siteName } from '../../domain/words/values.js';
import {
  companyName,
  listInWords,
  siteInWords,
  siteStatusInWords,
  slugInWords,
  roleInWords,
} from '../design/words.js';
import { useTableAddress } from '../take-away/table-notes.js';
import { CompanyLink } from '../companies/company-link.js';
import { useLink } from '../page-context.js';
import { ByFigures, PlannedEntries } from './beside-entries.js';
import { Fold, marketsInWords, partnersInWords, sitesInWords } from './footprint-fold.js';
import { useByThen } from '../design/by-then.js';

/** Where an automaker builds and sells, and with whom. */
export function Footprint(props: { answer: AutomakerAnswer; sold: readonly SoldByFigures[] }): VNode {
  const { answer, sold } = props;
  const { id, markets, sites, partnerships } = answer;
  const tableOf = useTableAddress();
  const byThen = useByThen();
  const entered = new Set(markets.filter(({ stays }) => stays.length > 0).map(({ market }) => market));
  return (
    <>
      <Section id="production" title="Where it builds">
        {sites.length === 0 ? (
          <p class="quiet">No plant is logged{byThen}.</p>
        ) : (
          <Fold rows={sites.length} words={`All ${sites.length} plants`} lead={sitesInWords(sites)}>
            <FirstRows rows={sites} all={tableOf('production')}>
              {(shown) => <Sites sites={shown} />}
            </FirstRows>
          </Fold>
        )}
      </Section>
      <Section id="markets" title="Where it sells">
        {markets.every(({ stays }) => stays.length === 0) ? (
          <p class="quiet">No entry into a market is logged{byThen}.</p>
        ) : (
          <Fold rows={entered.size} words={`All ${entered.size} markets`} lead={marketsInWords(markets)}>
            <FirstRows rows={markets} all={tableOf('markets')}>
              {(shown) => <Markets markets={shown} />}
            </FirstRows>
          </Fold>
        )}
        <ByFigures sold={sold} />
        <PlannedEntries automaker={id} markets={markets} />
      </Section>
      <Section id="partners" title="With whom">
        {partnerships.length === 0 ? (
          <p class="quiet">
            No signature with a partner is logged{byThen}
            {sites.some(({ partner }) => partner !== undefined) &&
              '; partners of its plants stand beside the plants'}
            .
          </p>
        ) : (
          <Fold
            rows={partnerships.length}
            words={`All ${partnerships.length} partners`}
            lead={partnersInWords(partnerships)}
          >
            <FirstRows rows={partnerships} all={tableOf('partners')}>
              {(shown) => <Partners partnerships={shown} />}
            </FirstRows>
          </Fold>
        )}
      </Section>
    </>
  );
}

function Sites({ sites }: { sites: readonly SiteRecord[] }): VNode {
  const link = useLink();
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Site</th>
          <th scope="col">Market</th>
          <th scope="col">How</th>
          <th scope="col" class="num">
            Units a year
          </th>
          <th scope="col">Announced</th>
          <th scope="col">Started</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {sites.map(
          (
            { site, name, market, process, ownership, partner, annualCapacity, announced, status, ...starts },
            index,
          ) => (
            <tr key={site}>
              <th scope="row">{siteName({ site, name, market })}</th>
              <td data-label="Market">
                <a href={link(`/markets/${market}`)}>{marketName(market)}</a>
              </td>
              <td data-label="How">
                {[
                  siteInWords({ ...(process && { process }), ...(ownership && { ownership }) }),
                  partner && `with ${partner}`,
                ]
                  .filter(Boolean)
                  .join(', ')}
              </td>
              <td class="num" data-label="Units a year">
                {annualCapacity !== undefined && (
                  <Value value={annualCapacity} at={`/sites/${index}/annualCapacity`} />
                )}
              </td>
              <td class="date" data-label="Announced">
                {announced && (
                  <>
                    <a href={link(`/events/${announced.event}`)}>{dateInWords(announced.occurredOn)}</a>
                    <Rumoured of={announced} />
                  </>
                )}
              </td>
              <td class="date" data-label="Started">
                <SiteStart {...starts} tell={dateInWords} />
              </td>
              <td data-label="Status">
                {status === 'announced' && announced?.isRumour ? 'rumoured' : siteStatusInWords(status)}
              </td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

function Markets({ markets }: { markets: readonly MarketRecord[] }): VNode {
  const link = useLink();
  const byName = markets
    .flatMap(({ market, stays }) => stays.map((stay) => ({ market, name: marketName(market), ...stay })))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const hasLeft = byName.some(({ exited }) => exited);
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Market</th>
          <th scope="col">Entered</th>
          <th scope="col">How</th>
          <th scope="col">With</th>
          {hasLeft && <th scope="col">Left</th>}
        </tr>
      </thead>
      <tbody>
        {byName.map(({ market, name, entity, entered, entryMode, partner, exited }) => (
          <tr key={(entered ?? exited)?.event}>
            <th scope="row">
              <a href={link(`/markets/${market}`)}>{name}</a>
              {entity !== undefined && ` (${companyName(entity)})`}
            </th>
            <td class="date" data-label="Entered">
              {entered ? (
                <>
                  <a href={link(`/events/${entered.event}`)}>{dateInWords(entered.occurredOn)}</a>
                  <Rumoured of={entered} />
                </>
              ) : (
                'not logged'
              )}
            </td>
            <td data-label="How">{entryMode && slugInWords(entryMode)}</td>
            <td data-label="With">{partner !== undefined && <CompanyLink name={partner} />}</td>
            {hasLeft && (
              <td class="date" data-label="Left">
                {exited && (
                  <a href={link(`/events/${exited.event}`)}>
                    {dateInWords(exited.until ?? exited.occurredOn)}
                  </a>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Partners({ partnerships }: { partnerships: readonly PartnershipRecord[] }): VNode {
  const link = useLink();
  const hasEnded = partnerships.some(({ ended }) => ended);
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Partner</th>
          <th scope="col">For</th>
          <th scope="col">Markets</th>
          <th scope="col">Signed</th>
          {hasEnded && <th scope="col">Ended</th>}
        </tr>
      </thead>
      <tbody>
        {partnerships.map(({ partnership, partner, roles, scope, stage, markets, signed, ended }) => (
          <tr key={partnership}>
            <th scope="row">
              <CompanyLink name={partner} />
            </th>
            <td data-label="For">{listInWords(roles.map(roleInWords))}</td>
            <td data-label="Markets">
              {scope}
              {markets.map((market, index) => (
                <span key={market}>
                  {index > 0 && ', '}
                  <a href={link(`/markets/${market}`)}>{marketName(market)}</a>
                </span>
              ))}
            </td>
            <td class="date" data-label="Signed">
              {signed ? (
                <a href={link(`/events/${signed.event}`)}>{dateInWords(signed.occurredOn)}</a>
              ) : (
                'not logged'
              )}
              {stage === 'memorandum' && ' (memorandum)'}
            </td>
            {hasEnded && (
              <td class="date" data-label="Ended">
                {ended && <a href={link(`/events/${ended.event}`)}>{dateInWords(ended.occurredOn)}</a>}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
