import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { ReleaseLabels } from '../access/release-labels.js';
import { ReviewRow } from '../access/review-row.js';
import { SuggestionRow } from '../access/suggestion-row.js';
import { Webhook } from '../access/webhook.js';

/** How many rows of each kind the source has; all are in both tiers afterwards. */
export interface KeptBeside {
  readonly webhooks: number;
  readonly releaseLabels: number;
  readonly suggestions: number;
  readonly reviews: number;
}

/**
 * Copies what is stored beside the ledger: webhooks with their progress, the meanings of release labels,
 * suggestions, and reviews. If both tiers have a row, the one that is further along wins, so that copying
 * again undoes nothing.
 */
export async function copyBeside(source: DataSource, target: DataSource): Promise<KeptBeside> {
  return {
    webhooks: await merge(source, target, Webhook, ({ id }) => id, furtherWebhook),
    releaseLabels: await merge(source, target, ReleaseLabels, ({ automaker }) => automaker, bothLabels),
    suggestions: await merge(
      source,
      target,
      SuggestionRow,
      ({ id }) => id,
      decidedSuggestion,
      // The same suggestion must wait only once.
      (row, there) =>
        row.state === 'waiting' &&
        there.some(({ id, digest, state }) => id !== row.id && digest === row.digest && state === 'waiting'),
    ),
    reviews: await merge(source, target, ReviewRow, ({ event }) => event, newerReview),
  };
}

/** Inserts rows missing in the target and merges the others. Returns the number of source rows. */
async function merge<T extends ObjectLiteral>(
  source: DataSource,
  target: DataSource,
  entity: EntityTarget<T>,
  keyOf: (row: T) => string,
  merged: (from: T, to: T) => T,
  isThereOtherwise: (row: T, there: readonly T[]) => boolean = () => false,
): Promise<number> {
  const rows = await source.getRepository(entity).find();
  const there = target.getRepository(entity);
  const theirs = await there.find();
  const before = new Map(theirs.map((row) => [keyOf(row), row]));
  for (const row of rows) {
    if (isThereOtherwise(row, theirs)) continue;
    const known = before.get(keyOf(row));
    await there.save(known ? merged(row, known) : withoutHold(row));
  }
  return rows.length;
}

/** Drops leases and claims: the holders in the other tier do not exist here. */
const withoutHold = <T extends ObjectLiteral>(row: T): T => ({
  ...row,
  ...('leasedBy' in row && { leasedBy: null, leasedUntil: null }),
  ...('claimedBy' in row && { claimedBy: null, claimedUntil: null }),
});

const furtherWebhook = (from: Webhook, to: Webhook): Webhook =>
  to.position >= from.position ? to : withoutHold(from);

function bothLabels(from: ReleaseLabels, to: ReleaseLabels): ReleaseLabels {
  const [old, young] = [JSON.parse(from.labels) as object, JSON.parse(to.labels) as object];
  return { ...to, labels: JSON.stringify({ ...old, ...young }) };
}

const decidedSuggestion = (from: SuggestionRow, to: SuggestionRow): SuggestionRow =>
  to.state === 'waiting' ? withoutHold(from) : to;

const newerReview = (from: ReviewRow, to: ReviewRow): ReviewRow => (lastOf(from) > lastOf(to) ? from : to);
const lastOf = ({ askedAt, reviewedAt }: ReviewRow): string => reviewedAt ?? askedAt;
