import type { VNode } from 'preact';
import { definitionOf, EVENT_TYPES, isAmendment } from '../../domain/events/catalogue.js';
import type { AutomakerSummary } from '../../queries/automakers/list-automakers.js';
import { eventTypeInWords } from '../design/words.js';

/** What there is to log, and of whom. Corrections, retractions and further evidence begin at the event that they are about. */
export function ChooserPage({ automakers }: { automakers: readonly AutomakerSummary[] }): VNode {
  const definitions = EVENT_TYPES.map(definitionOf).filter((definition) => !isAmendment(definition));
  return (
    <>
      <header class="page-head">
        <h1>Log an event</h1>
        <p class="lead">
          Something that happened in the world, with its source. A second report of the same event is more
          evidence: add it on the page of that event. <a href="/import">Import many at once</a>.
        </p>
      </header>
      <form action="/log" method="get" class="form">
        <div class="field">
          <label for="automaker">Automaker</label>
          <span class="hint" id="automaker-hint">
            Its short name, such as xpeng. A new one begins with “Automaker registered”.
          </span>
          <input
            type="text"
            id="automaker"
            name="automaker"
            list="automakers"
            aria-describedby="automaker-hint"
            maxLength={64}
            autocomplete="off"
          />
          <datalist id="automakers">
            {automakers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </datalist>
        </div>
        <div class="field">
          <label for="market">Market</label>
          <span class="hint" id="market-hint">
            Only for what happens to a market itself, such as a tariff: two capitals such as NO, or a region
            such as EU
          </span>
          <input
            type="text"
            id="market"
            name="market"
            maxLength={8}
            aria-describedby="market-hint"
            autocomplete="off"
          />
        </div>
        <div class="field">
          <label for="company">Company</label>
          <span class="hint" id="company-hint">
            Only for what a company is and whose it is: its short name, such as renault
          </span>
          <input
            type="text"
            id="company"
            name="company"
            maxLength={64}
            aria-describedby="company-hint"
            autocomplete="off"
          />
        </div>
        <fieldset>
          <legend>What happened</legend>
          <div class="choices kinds">
            {definitions.map(({ type, summary }, index) => (
              <label key={type}>
                <input type="radio" name="type" value={type} required={index === 0} />
                <span>
                  <strong>{eventTypeInWords(type)}</strong> <span class="hint">{summary}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="actions">
          <button class="button" type="submit">
            Go on
          </button>
        </div>
      </form>
    </>
  );
}
