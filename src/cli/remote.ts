import { Option, type Command } from 'commander';
import { isPlainObject } from '../domain/events/fields.js';
import { HttpProblem, type ProblemDetails } from '../problems/http-problem.js';
import { CommandFailed } from './reported-error.js';

/** The server to use instead of the local stores. */
export interface RemoteOptions {
  readonly server?: string;
  readonly key?: string;
}

/** A problem response of a server, reported like a local error. */
class AnsweredProblem extends HttpProblem {
  constructor(
    readonly status: number,
    readonly slug: string,
    readonly title: string,
    details: ProblemDetails,
  ) {
    super(details);
  }
}

/** Adds the options for commands that can run through a server. */
export function withServer(command: Command): Command {
  return command
    .addOption(
      new Option('--server <url>', 'go through a running server, such as http://127.0.0.1:3000').conflicts(
        'author',
      ),
    )
    .addOption(new Option('--key <key>', 'API key for the server').env('TRACKER_KEY'));
}

/**
 * Sends a request to the server's API. Throws its problem response, and CommandFailed when the server cannot
 * be reached.
 */
export async function request(
  { server = '', key }: RemoteOptions,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const url = addressOf(server, path);
  const headers = new Headers(init.headers);
  if (key !== undefined) headers.set('Authorization', `Bearer ${key}`);
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    throw new CommandFailed(`${server} does not answer: ${reason}`);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

function addressOf(server: string, path: string): URL {
  const base = URL.canParse(server) ? new URL(server) : undefined;
  if (base?.protocol !== 'http:' && base?.protocol !== 'https:') {
    throw new CommandFailed(`--server must be an address such as http://127.0.0.1:3000, not "${server}"`);
  }
  return new URL(`${base.pathname.replace(/\/$/, '')}${path}`, base);
}

async function problemOf(response: Response): Promise<Error> {
  const text = await response.text();
  const document = parsed(text);
  if (!isPlainObject(document) || typeof document['detail'] !== 'string') {
    return new CommandFailed(`the server answered ${response.status} ${response.statusText}`);
  }
  const { type, title, detail } = document;
  const slug = typeof type === 'string' ? (type.split('/').at(-1) ?? '') : '';
  return new AnsweredProblem(response.status, slug, typeof title === 'string' ? title : '', {
    ...document,
    detail,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
