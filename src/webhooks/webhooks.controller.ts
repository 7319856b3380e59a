import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Author, RequireRole } from '../access/require-role.js';
import { EVENT_STORE, type EventStore } from '../event-store/event-store.js';
import { knownFields } from '../problems/known-fields.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { Webhooks, type ListedWebhook } from './webhooks.js';

/** Manages the receivers of the ledger's events. */
@Controller('webhooks')
@RequireRole('admin')
export class WebhooksController {
  constructor(
    private readonly webhooks: Webhooks,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get()
  async list(): Promise<{ readonly webhooks: readonly ListedWebhook[]; readonly head: number }> {
    const [webhooks, head] = await Promise.all([this.webhooks.list(), this.store.head()]);
    return { webhooks, head };
  }

  /** Sends events recorded from now on, or after a given position. Only this answer contains the secret. */
  @Post()
  async add(@Body() body: unknown, @Author() author: string): Promise<ListedWebhook & { secret: string }> {
    const { url, after } = knownFields(body, ['url', 'after']);
    if (typeof url !== 'string') throw wrong('url', 'is missing: the address of the receiver');
    const head = await this.store.head();
    return this.webhooks.add(url, positionFrom(after, head) ?? head, author);
  }

  @Post(':webhook/enable')
  @HttpCode(200)
  async enable(@Param('webhook') id: string, @Body() body: unknown): Promise<ListedWebhook> {
    const { after } = knownFields(body, ['after']);
    return this.webhooks.enable(id, positionFrom(after, await this.store.head()));
  }

  @Post(':webhook/remove')
  @HttpCode(200)
  remove(@Param('webhook') id: string): Promise<ListedWebhook> {
    return this.webhooks.remove(id);
  }
}

/** A position of the ledger, 0 for all of it; undefined if none is given. Throws InvalidRequest. */
export function positionFrom(after: unknown, head: number): number | undefined {
  if (after === undefined) return undefined;
  if (typeof after === 'number' && Number.isInteger(after) && after >= 0 && after <= head) return after;
  throw wrong('after', `must be a position from 0 to ${head}, after which to send`);
}

const wrong = (field: string, message: string): InvalidRequest => new InvalidRequest([{ field, message }]);
