import { connect } from 'node:net';
import { request } from 'node:http';
import { readFileSync } from 'node:fs';
import type { Input } from './fuzzed-requests.js';

/** Maximum time for an answer, in milliseconds. */
const DEADLINE = 20_000;

/**
 * The result of an input: a status, `closed` if the connection ended without one, or `silent` after the
 * deadline.
 */
export interface Outcome {
  readonly status: number | 'closed' | 'silent';
  readonly body: string;
}

/** Sends an input to a server and waits for its answer until the deadline. */
export function send(input: Input, port: number, keys: Readonly<Record<string, string>>): Promise<Outcome> {
  return input.kind === 'raw' ? sendBytes(input.bytes, port, keys) : sendRequest(input, port, keys);
}

function sendRequest(
  { method, path, role, headers, body }: Extract<Input, { kind: 'request' }>,
  port: number,
  keys: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const key = keys[role];
    const sent = request({
      port,
      host: '127.0.0.1',
      method,
      path,
      agent: false,
      headers: {
        ...headers,
        ...(key !== undefined && { Authorization: `Bearer ${key}` }),
        ...(body && { 'Content-Length': body.length }),
      },
    });
    const timer = setTimeout(() => {
      resolve({ status: 'silent', body: '' });
      sent.destroy();
    }, DEADLINE);
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    sent.on('response', (response) => {
      const status = response.statusCode ?? 0;
      // A stream of events does not end, so its headers count as the answer.
      if (response.headers['content-type']?.startsWith('text/event-stream')) {
        end({ status, body: '' });
        response.on('error', () => undefined);
        sent.destroy();
        return;
      }
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (text.length < 100_000) text += chunk;
      });
      response.on('end', () => end({ status, body: text }));
      response.on('error', () => end({ status: 'closed', body: text }));
    });
    sent.on('error', () => end({ status: 'closed', body: '' }));
    sent.end(body);
  });
}

/** Half-closes the connection after the bytes, so that the server never waits for more. */
function sendBytes(bytes: Buffer, port: number, keys: Readonly<Record<string, string>>): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const timer = setTimeout(() => {
      resolve({ status: 'silent', body: '' });
      socket.destroy();
    }, DEADLINE);
    let text = '';
    socket.on('data', (chunk) => {
      if (text.length < 100_000) text += chunk.toString('latin1');
      if (/^content-type: text\/event-stream/im.test(text)) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve({ status: status === undefined ? 'closed' : Number(status), body: text });
    });
    const filled = bytes
      .toString('utf8')
      .replaceAll('PORT', String(port))
      .replaceAll('KEY', keys['analyst'] ?? '');
    socket.end(filled);
  });
}

/** Resident memory of a process, in megabytes. */
export function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
