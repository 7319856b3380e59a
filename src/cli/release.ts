import { Option, type Command } from 'commander';
import { openAccessDatabase } from '../access/access-database.js';
import { KnownLabels } from '../commands/release/known-labels.js';
import { ReleaseDesk, type HeldFigure, type ReleasePreview } from '../commands/release/release-desk.js';
import { releaseRequestFrom } from '../commands/release/release-request.js';
import { GRADES } from '../domain/ledger/evidence.js';
import { placeOf } from '../domain/release/release-standing.js';
import { StreamStateCache } from '../event-store/stream-state-cache.js';
import { authorFrom } from './ask.js';
import { textOf } from './named-files.js';
import { ReportedError } from './reported-error.js';
import { reading, writing, type CliSession } from './session.js';
import { number, table } from './tables.js';
import { print, printJson, printTables } from './terminal.js';

interface ReleaseOptions {
  readonly month: string;
  readonly url: string;
  readonly publisher: string;
  readonly publishedOn?: string;
  readonly grade: string;
  readonly basis?: string;
  readonly measure?: string;
  readonly confirm?: string;
  readonly confirmSums?: boolean;
  readonly differing?: string;
  readonly record?: boolean;
  readonly author: string;
  readonly json?: boolean;
}

/** Adds `release`. */
export function addRelease(program: Command): void {
  program
    .command('release <automaker> <file>')
    .description('read the table of a monthly release, check its sums, and record it')
    .requiredOption('--month <month>', 'the month that it is about, such as 2026-03')
    .requiredOption('--url <address>', 'its source')
    .requiredOption('--publisher <name>', 'who published it')
    .option('--published-on <day>', 'when')
    .addOption(
      new Option('--grade <grade>', 'how well it supports the figures').choices(GRADES).default('confirmed'),
    )
    .option('--measure <measure>', 'what it counts where its labels do not say', 'total-units')
    .option('--basis <basis>', 'how it counts where its labels do not say')
    .option('--record', 'record it, if its sums hold')
    .option('--confirm-sums', 'record it although they do not')
    .option(
      '--differing <how>',
      'what becomes of cells that differ from what was recorded from the same source: correct, restate, add or leave; or by cell, such as 3:2=correct,4:2=restate',
    )
    .option('--confirm <codes>', 'what is unlikely and yet so, codes separated by commas')
    .option('--author <name>', 'who records', 'command-line')
    .option('--json', 'as the API answers')
    .action((automaker: string, file: string, options: ReleaseOptions) => run(automaker, file, options));
}

async function run(automaker: string, file: string, options: ReleaseOptions): Promise<void> {
  const {
    month,
    url,
    publisher,
    publishedOn,
    grade,
    basis,
    measure,
    confirm,
    confirmSums,
    differing,
    record,
  } = options;
  const request = releaseRequestFrom({
    text: await textOf(file),
    month,
    measure,
    ...(basis !== undefined && { basis }),
    source: { url, publisher, grade, ...(publishedOn !== undefined && { publishedOn }) },
    ...(confirm !== undefined && { confirm: confirm.split(',') }),
    confirmSums: confirmSums === true,
    ...(differing !== undefined && { differing: differingFrom(differing) }),
    record: record === true,
  });
  const author = authorFrom(options.author);
  if (record) {
    const recorded = await writing((session) =>
      atDesk(session, (desk) => desk.record(automaker, request, author)),
    );
    if (options.json) printJson(recorded);
    else
      print(
        `${number(recorded.events.length)} figures are recorded${recorded.known > 0 ? `, ${number(recorded.known)} were known` : ''}\n`,
      );
    return;
  }
  const preview = await reading((session) =>
    atDesk(session, (desk) => desk.preview(automaker, request, author)),
  );
  if (options.json) printJson(preview);
  else printTables(told(preview));
  if (preview.sums.some(({ isRounding }) => !isRounding) || preview.figures.some(isUnsettled))
    throw new ReportedError();
}

/** Parses one decision for all cells, or one for each cell. */
const differingFrom = (text: string): unknown =>
  text.includes('=') ? Object.fromEntries(text.split(',').map((part) => part.trim().split('='))) : text;

const isUnsettled = ({ standing, settlement }: HeldFigure): boolean =>
  standing.kind === 'differs' && settlement === undefined;

async function atDesk<T>(
  { app, commands, queries, settings }: CliSession,
  work: (desk: ReleaseDesk) => Promise<T>,
): Promise<T> {
  const database = await openAccessDatabase(settings.dataDir, settings.postgresUrl);
  try {
    return await work(
      new ReleaseDesk(commands, queries, app.get(StreamStateCache), new KnownLabels(database)),
    );
  } finally {
    await database.destroy();
  }
}

function told({ figures, sums, unread, preview }: ReleasePreview): string {
  const rows = figures.map(
    ({ entity, rest, market, vehicles, measure, period, value, growth, cell, standing, settlement }) => [
      rest ? `(${rest.label})` : entity,
      vehicles,
      measure === 'market-units' ? `market-units ${market ?? ''}` : measure,
      period,
      number(value),
      growth && `${growth.percent} %`,
      placeOf(cell),
      standingInWords({ standing, settlement }),
    ],
  );
  const columns = [
    'entity',
    'vehicles',
    'measure',
    'period',
    { head: 'figure', right: true },
    { head: 'growth', right: true },
    { head: 'cell', right: true },
    'in the ledger',
  ];
  const faults = [
    ...sums.map(({ kind, told: said, expected, period, cells, isRounding }) => [
      isRounding ? `${kind} (may be rounding)` : kind,
      period,
      number(said),
      number(expected),
      cells.map(({ row, column }) => `${row}:${column}`).join(' '),
    ]),
    ...unread.map(({ row, column, text }) => ['unread', undefined, text, undefined, `${row}:${column}`]),
  ];
  const doubts = (preview?.outcomes ?? []).flatMap((outcome) => (outcome.accepted ? [] : [outcome.detail]));
  return [
    table(columns, rows),
    ...(faults.length > 0
      ? [table(['what does not hold', 'period', 'told', 'expected', 'cells'], faults)]
      : []),
    ...[...new Set(doubts)].map((doubt) => `${doubt}\n`),
  ].join('\n');
}

function standingInWords({
  standing,
  settlement,
}: {
  readonly standing: HeldFigure['standing'];
  readonly settlement: HeldFigure['settlement'] | undefined;
}): string {
  switch (standing.kind) {
    case 'new':
      return 'new';
    case 'not-recorded':
      return 'counted in totals only';
    case 'known':
      return 'known';
    case 'known-elsewhere':
      return 'known from another source, this one is added';
    case 'growth-is-new':
      return 'known, its growth is new';
    case 'differs': {
      const { value, growth } = standing.recorded;
      const said = `${number(value)}${growth === undefined ? '' : ` (${growth} %)`}`;
      return `recorded as ${said}${settlement === undefined ? ': say --differing' : `: ${settlement}`}`;
    }
  }
}
