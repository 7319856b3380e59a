import type { VNode } from 'preact';
import type { MarketAutomaker } from '../../queries/markets/get-markets.js';
import type { SiteRecord } from '../../domain/state/records.js';
import { siteName } from '../../domain/words/values.js';
import { CompanyLink } from '../companies/company-link.js';
import { dateInWords, whenInWords } from '../design/dates.js';
import { Value } from '../design/value.js';
import { listInWords, siteInWords, siteStatusInWords, slugInWords, roleInWords } from '../design/words.js';
import { SiteStart } from '../design/site-start.js';
import { useLink } from '../page-context.js';

interface PresenceProps {
  readonly presence: MarketAutomaker;
  readonly name: string;
  readonly at: string;
}

/** The status of a site before its dates, which say themselves that it was announced, or that it started. */
const STATUS_BESIDE_DATES: Readonly<Partial<Record<SiteRecord['status'], string>>> = {
  announced: 'no start is logged',
  running: '',
};

/** What is logged about an automaker in a market besides its entries: plants, partners, outlets. */
export function Presence({ presence, name, at }: PresenceProps): VNode {
  const link = useLink();
  const { automaker, partnerships, outlets, sites } = presence;
  return (
    <div>
      <h3>
        <a href={link(`/automakers/${automaker}`)}>{name}</a>
      </h3>
      <ul>
        {sites.map(
          ({
            site,
            name: named,
            market,
            status,
            process,
            ownership,
            partner,
            announced,
            started,
            firstStarted,
          }) => (
            <li key={site}>
              {siteName({ site, name: named, market })}:{' '}
              {[
                STATUS_BESIDE_DATES[status] ?? siteStatusInWords(status),
                siteInWords({ ...(process && { process }), ...(ownership && { ownership }) }),
              ]
                .filter(Boolean)
                .join(', ')}
              {partner !== undefined && (
                <>
                  , with <CompanyLink name={partner} />
                </>
              )}
              {announced && (
                <>
                  ,{' '}
                  <a href={link(`/events/${announced.event}`)}>
                    {announced.isRumour ? 'rumoured' : 'announced'} {whenInWords(announced.occurredOn)}
                  </a>
                </>
              )}
              {started && (
                <>
                  , started{' '}
                  <SiteStart started={started} {...(firstStarted && { firstStarted })} tell={whenInWords} />
                </>
              )}
            </li>
          ),
        )}
        {partnerships.map(({ partnership, partner, roles, stage, signed, ended }) => (
          <li key={partnership}>
            {signed ? (
              <>
                <a href={link(`/events/${signed.event}`)}>
                  {stage === 'memorandum' ? 'Signed a memorandum' : 'Signed'},{' '}
                  {dateInWords(signed.occurredOn)}
                </a>
                , with{' '}
              </>
            ) : null}
            <CompanyLink name={partner} /> ({listInWords(roles.map(roleInWords))})
            {ended && `, ended ${whenInWords(ended.occurredOn)}`}
          </li>
        ))}
        {outlets.map(({ outlet, opened, closed }, index) => (
          <li key={outlet}>
            {slugInWords(outlet)}s logged: <Value value={opened} at={`${at}/outlets/${index}/opened`} />{' '}
            opened
            {closed > 0 && (
              <>
                , <Value value={closed} at={`${at}/outlets/${index}/closed`} /> closed
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
