import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a receiver answers: with a status, or not at all. */
export type Answer = number | 'hang up' | 'take and hang up';

export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly events: readonly { readonly position: number; readonly stream: string; readonly id: string }[];
}

/** A receiver of webhooks that can be killed and restarted on its port. */
export class Receiver {
  /** The accepted deliveries, in order of arrival. */
  readonly received: Received[] = [];
  answer: () => Answer = () => 200;
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const answer = this.answer();
        if (answer === 200 || answer === 'take and hang up')
          this.received.push({ headers: request.headers, body, events: JSON.parse(body).data.events });
        if (typeof answer === 'number')
          response.writeHead(answer, answer === 302 ? { Location: '/elsewhere' } : {}).end();
        else request.socket.destroy();
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  async kill(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
    this.server = undefined;
  }

  /** The events of a replica that stores each received event once, by position. */
  replica(): Received['events'] {
    const kept = new Map<number, Received['events'][number]>();
    for (const { events } of this.received) for (const event of events) kept.set(event.position, event);
    return [...kept.values()];
  }
}

/** Whether a message was signed with a secret, checked as Standard Webhooks prescribes. */
export function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = createHmac('sha256', key).update(content).digest('base64');
  return headers['webhook-signature'] === `v1,${expected}`;
}
