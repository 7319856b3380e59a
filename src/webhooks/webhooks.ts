import { randomBytes } from 'node:crypto';
import type { DataSource, Repository } from 'typeorm';
import { Webhook } from '../access/webhook.js';
import { NotFound } from '../problems/not-found.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { newSecret } from './signature.js';
import type { TargetPolicy } from '../outbound/guarded-lookup.js';
import { targetFrom } from './webhook-target.js';

/** A webhook without its secrets, safe to show. */
export type ListedWebhook = Omit<Webhook, 'secret' | 'leasedBy' | 'leasedUntil'>;

/** Upper bound on webhooks: each costs a connection for every batch of events. */
const MOST_WEBHOOKS = 100;

/** The fields of a webhook that can change. */
export type WebhookChange = Partial<Omit<Webhook, 'id' | 'url' | 'secret' | 'createdAt' | 'createdBy'>>;

/** Stores the receivers of the ledger's events: adds, lists, removes and re-enables them. */
export class Webhooks {
  private readonly rows: Repository<Webhook>;

  constructor(
    database: DataSource,
    private readonly policy: TargetPolicy,
  ) {
    this.rows = database.getRepository(Webhook);
  }

  /** Adds a webhook for events after a position. Only this answer has its secret. Throws InvalidRequest. */
  async add(
    address: string,
    after: number,
    by: string,
  ): Promise<ListedWebhook & { readonly secret: string }> {
    const { href } = targetFrom(address, this.policy);
    if ((await this.rows.count()) >= MOST_WEBHOOKS)
      throw new InvalidRequest([
        { field: 'url', message: `there are ${MOST_WEBHOOKS} already; remove one first` },
      ]);
    const made: Webhook = {
      id: randomBytes(8).toString('hex'),
      url: href,
      secret: newSecret(),
      position: after,
      createdAt: new Date().toISOString(),
      createdBy: by,
      failures: 0,
      ...NOTHING_YET,
    };
    await this.rows.insert(made);
    return { ...listed(made), secret: made.secret };
  }

  /** All webhooks, in order of creation. */
  async list(): Promise<ListedWebhook[]> {
    return (await this.rows.find({ order: { createdAt: 'ASC', id: 'ASC' } })).map(listed);
  }

  /** All enabled webhooks, with their secrets. */
  async live(): Promise<Webhook[]> {
    return (await this.rows.find()).filter(({ disabledAt }) => disabledAt === null);
  }

  /** Throws NotFound. */
  async remove(id: string): Promise<ListedWebhook> {
    const found = await this.one(id);
    await this.rows.delete({ id });
    return listed(found);
  }

  /** Resumes sending from where it stopped, or after another position. Throws NotFound. */
  async enable(id: string, after?: number): Promise<ListedWebhook> {
    const found = await this.one(id);
    const change = { ...NOTHING_YET, failures: 0, ...(after !== undefined && { position: after }) };
    await this.rows.update({ id }, change);
    return listed({ ...found, ...change });
  }

  /**
   * Stores the result of an attempt, unless another node has taken over or the webhook was removed meanwhile.
   */
  async note(id: string, node: string, change: WebhookChange): Promise<void> {
    await this.rows.update({ id, leasedBy: node }, change);
  }

  /** Makes this node the only sender until the given instant. False if another node is. */
  async lease(id: string, node: string, now: string, until: string): Promise<boolean> {
    await this.rows
      .createQueryBuilder()
      .update()
      .set({ leasedBy: node, leasedUntil: until })
      .where('id = :id', { id })
      .andWhere('("leasedBy" IS NULL OR "leasedBy" = :node OR "leasedUntil" < :now)', { node, now })
      .execute();
    // Not every database reports the number of changed rows, so the row is read back.
    return (await this.rows.findOneBy({ id, leasedBy: node, leasedUntil: until })) !== null;
  }

  private async one(id: string): Promise<Webhook> {
    const found = await this.rows.findOneBy({ id });
    if (!found) throw new NotFound({ detail: `There is no webhook "${id}".` });
    return found;
  }
}

const NOTHING_YET = {
  failingSince: null,
  nextAttemptAt: null,
  lastError: null,
  deliveredAt: null,
  disabledAt: null,
  disabledReason: null,
  leasedBy: null,
  leasedUntil: null,
};

function listed({ secret: _secret, leasedBy: _by, leasedUntil: _until, ...shown }: Webhook): ListedWebhook {
  return shown;
}
