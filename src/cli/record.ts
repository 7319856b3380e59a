import { buffer } from 'node:stream/consumers';
import type { Command } from 'commander';
import { PreviewEvents } from '../commands/recording/preview-events.js';
import { RecordEvents } from '../commands/recording/record-events.js';
import { InvalidEvent } from '../commands/recording/rejections.js';
import { problemsOfProposal, type Proposal } from '../domain/ledger/proposal.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { authorFrom } from './ask.js';
import { bytesOfNamed } from './named-files.js';
import { request, withServer, type RemoteOptions } from './remote.js';
import { reading, writing } from './session.js';
import { placeOf } from './subject-place.js';
import { printJson } from './terminal.js';

interface RecordOptions extends RemoteOptions {
  readonly author: string;
  readonly dryRun?: boolean;
}

/** Adds `record`: one event, or an array that is recorded atomically. */
export function addRecord(program: Command): void {
  withServer(
    program
      .command('record <automaker|market> <file>')
      .description(
        'record the event, or the array of events, in a JSON file (- for standard input) of an automaker or a market',
      )
      .option('--author <name>', 'who records it', 'command-line')
      .option('--dry-run', 'say what would happen, and record nothing'),
  ).action(record);
}

async function record(subject: string, file: string, options: RecordOptions): Promise<void> {
  const place = placeOf(subject);
  const content = (file === '-' ? await buffer(process.stdin) : await bytesOfNamed(file)).toString('utf8');
  const body = parsed(content, file);
  const answer =
    options.server === undefined
      ? await recordHere(place.stream, body, options)
      : await recordThere(place.path, body, options);
  printJson(answer, 2);
}

async function recordThere(path: string, body: unknown, options: RecordOptions): Promise<unknown> {
  const response = await request(options, `/api/${path}/events${options.dryRun ? '?dryRun=true' : ''}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}

async function recordHere(stream: string, body: unknown, options: RecordOptions): Promise<unknown> {
  const author = authorFrom(options.author);
  const many = Array.isArray(body);
  const proposals = proposalsFrom(body);
  return options.dryRun
    ? reading(({ queries }) => queries.execute(new PreviewEvents(stream, proposals, author, many)))
    : writing(({ commands }) => commands.execute(new RecordEvents(stream, proposals, { author, many })));
}

function proposalsFrom(body: unknown): readonly Proposal[] {
  const values: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (values.length === 0) throw new InvalidRequest([{ field: 'file', message: 'must hold an event' }]);
  const errors = values.flatMap((value, index) =>
    problemsOfProposal(value).map(({ field, message }) => ({
      field: Array.isArray(body) ? `[${index}]${field === '' ? '' : `.${field}`}` : field || 'the event',
      message,
    })),
  );
  if (errors.length > 0) {
    const detail = errors.length === 1 ? '1 field is wrong' : `${errors.length} fields are wrong`;
    throw new InvalidEvent({ detail, errors });
  }
  // `problemsOfProposal` has checked all values.
  return values as readonly Proposal[];
}

function parsed(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidRequest([{ field: file, message: `is not JSON: ${reason}` }]);
  }
}
