import type { Command } from 'commander';
import { automakerStream } from '../domain/ledger/streams.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { checkSources } from '../source-check/check-sources.js';
import type { CheckedSource } from '../source-check/check-source.js';
import { sourcesOf, type Source } from '../source-check/sources-of.js';
import { reading } from './session.js';
import { table } from './tables.js';
import { printJson, printTables, writeError } from './terminal.js';

interface CheckSourcesOptions {
  readonly automaker?: string;
  readonly limit: string;
  readonly after?: string;
  readonly json?: boolean;
}

const MOST = 10_000;

/** Adds `check-sources`. */
export function addCheckSources(program: Command): void {
  program
    .command('check-sources')
    .description('ask whether the sources of events are still there; goes out to the internet, politely')
    .option('--automaker <id>', 'of one automaker')
    .option('--limit <count>', `so many addresses at most, up to ${MOST}`, '100')
    .option('--after <url>', 'go on after the last address of an earlier check')
    .option('--json', 'each answer as JSON')
    .action(async (options: CheckSourcesOptions) => {
      const sources = await chosen(options);
      const stopping = new AbortController();
      const stop = (): void => stopping.abort();
      process.once('SIGINT', stop);
      const checked = new Map<string, CheckedSource>();
      await checkSources(
        sources.map(({ url }) => url),
        {
          signal: stopping.signal,
          onChecked: (each) => {
            checked.set(each.url, each);
            if (process.stderr.isTTY) writeError(`${checked.size} of ${sources.length} asked for\r`);
          },
        },
      );
      process.off('SIGINT', stop);
      tell(sources, checked, options.json ?? false);
    });
}

/** The sources to check, in the order of their first mention. Throws InvalidRequest for an invalid limit. */
async function chosen({ automaker, limit, after }: CheckSourcesOptions): Promise<readonly Source[]> {
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > MOST)
    throw new InvalidRequest([{ field: 'limit', message: `must be a whole number from 1 to ${MOST}` }]);
  const all = await reading(({ store }) =>
    sourcesOf(automaker === undefined ? store.readAll() : store.readStream(automakerStream(automaker))),
  );
  const last = after === undefined ? -1 : all.findIndex(({ url }) => url === after);
  if (after !== undefined && last < 0)
    throw new InvalidRequest([
      { field: 'after', message: 'must be the address of a source of these events' },
    ]);
  return all.slice(last + 1, last + 1 + count);
}

function tell(
  sources: readonly Source[],
  checked: ReadonlyMap<string, CheckedSource>,
  isJson: boolean,
): void {
  const answers = sources.flatMap((source) => {
    const answer = checked.get(source.url);
    return answer ? [{ ...answer, ...source }] : [];
  });
  const troubled = answers.filter(({ state }) => state !== 'there' && state !== 'refused');
  if (isJson) printJson({ sources: answers });
  else
    printTables(
      table(
        [
          { head: 'state', whole: true },
          { head: 'url', whole: true },
          'why, or where to',
          'archived',
          'events',
        ],
        troubled.map(({ state, url, status, reason, movedTo, archived, events }) => [
          state,
          url,
          movedTo ?? reason ?? (status === undefined ? undefined : `status ${status}`),
          archived,
          events.length,
        ]),
      ),
    );
  const counted = (state: CheckedSource['state']): number =>
    answers.filter((each) => each.state === state).length;
  writeError(
    `${answers.length} sources asked for: ${counted('there')} there, ${counted('moved')} moved, ${counted('gone')} gone, ${counted('refused')} that refuse programs, ${counted('failing')} failing, ${counted('unreachable')} unreachable\n`,
  );
}
