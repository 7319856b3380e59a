import type { Command } from 'commander';
import { GetFootprint } from '../queries/automakers/get-footprint.js';
import { GetMarket, ListMarkets } from '../queries/markets/get-markets.js';
import { table } from './tables.js';
import { ask, clocks, marketFrom, question, type QuestionOptions } from './ask.js';
import { leftOn } from '../domain/state/market-stays.js';

/** Adds the queries about an automaker's presence, partners, outlets and plants. */
export function addFootprintQuestions(program: Command): void {
  question(program, 'markets [automaker]', 'where it is, or who is where').action(
    (automaker: string | undefined, options: QuestionOptions) =>
      automaker === undefined
        ? ask(options, new ListMarkets(clocks(options)), ({ markets }) =>
            table(
              ['market', 'name', 'present', 'left', 'conditions'],
              markets.map((each) => [
                each.market,
                each.name,
                each.present.join(', ') || undefined,
                each.left.join(', ') || undefined,
                each.conditions,
              ]),
            ),
          )
        : ask(options, new GetFootprint(automaker, 'markets', clocks(options)), ({ markets = [] }) =>
            table(
              ['market', 'since', 'until', 'mode', 'partner', 'models'],
              markets.flatMap(({ market, stays }) =>
                stays.map((stay) => [
                  market,
                  stay.entered?.occurredOn,
                  leftOn(stay),
                  stay.entryMode,
                  stay.partner,
                  stay.models?.join(', '),
                ]),
              ),
            ),
          ),
  );
  question(program, 'market <code>', 'who is there, how, and under which conditions').action(
    (market: string, options: QuestionOptions) =>
      ask(
        options,
        new GetMarket(marketFrom('market', market), clocks(options)),
        ({ automakers, conditions }) =>
          `${table(
            ['automaker', 'present', 'since', 'partners', 'sites'],
            automakers.map((each) => [
              each.automaker,
              each.present ? 'yes' : 'no',
              each.stays.at(-1)?.entered?.occurredOn,
              each.partnerships.map(({ partner }) => partner).join(', ') || undefined,
              each.sites.map(({ site }) => site).join(', ') || undefined,
            ]),
          )}${table(
            ['condition', 'applies to', 'rate %', 'since'],
            conditions.map(({ kind, appliesTo, changes }) => [
              kind,
              appliesTo,
              changes.at(-1)?.rate,
              changes.at(-1)?.occurredOn,
            ]),
          )}`,
      ),
  );
  question(program, 'partners <automaker>', 'with whom').action(
    (automaker: string, options: QuestionOptions) =>
      ask(options, new GetFootprint(automaker, 'partnerships', clocks(options)), ({ partnerships = [] }) =>
        table(
          ['partnership', 'partner', 'roles', 'markets', 'signed', 'ended'],
          partnerships.map((each) => [
            each.partnership,
            each.partner,
            each.roles.join(', '),
            (each.scope ?? each.markets.join(', ')) || undefined,
            each.signed?.occurredOn,
            each.ended?.occurredOn,
          ]),
        ),
      ),
  );
  question(program, 'production <automaker>', 'where it builds abroad').action(
    (automaker: string, options: QuestionOptions) =>
      ask(options, new GetFootprint(automaker, 'sites', clocks(options)), ({ sites = [] }) =>
        table(
          ['site', 'market', 'status', 'how', 'partner', 'capacity', 'announced', 'started'],
          sites.map((each) => [
            each.site,
            each.market,
            each.status,
            [each.process, each.ownership].filter(Boolean).join(' ') || undefined,
            each.partner,
            each.annualCapacity,
            each.announced?.occurredOn,
            each.started?.occurredOn,
          ]),
        ),
      ),
  );
  question(program, 'outlets <automaker>', 'stores and service centers that were logged').action(
    (automaker: string, options: QuestionOptions) =>
      ask(options, new GetFootprint(automaker, 'outlets', clocks(options)), ({ outlets = [] }) =>
        table(
          ['outlet', 'market', 'opened', 'closed', 'open'],
          outlets.map((each) => [
            each.outlet,
            each.market,
            each.opened,
            each.closed,
            each.opened - each.closed,
          ]),
        ),
      ),
  );
}
