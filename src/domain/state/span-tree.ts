import type { Day } from '../ledger/edtf.js';

/** Something that happened at an unknown time within a range of days. */
export interface Span {
  readonly key: string;
  readonly first: Day;
  readonly last: Day;
  /** Distinguishes spans with the same key and first day. */
  readonly revision: number;
  readonly event: string;
}

interface Node {
  readonly span: Span;
  readonly size: number;
  /** The latest `last` day in this subtree. */
  readonly maxLast: Day;
  readonly left: Node | undefined;
  readonly right: Node | undefined;
}

/**
 * An immutable index of spans by key and first day. It finds a span that overlaps some days in O(log n),
 * whatever the other spans are. It is a weight-balanced tree (Adams 1992) in which each node knows the latest
 * day of its subtree. `with` and `without` return a new tree in O(log n).
 */
export class SpanTree {
  static readonly empty = new SpanTree(undefined);

  private constructor(private readonly root: Node | undefined) {}

  with(span: Span): SpanTree {
    return new SpanTree(inserted(this.root, span));
  }

  /** Removes a span, which must be in the tree. */
  without(span: Span): SpanTree {
    return new SpanTree(removed(this.root, span));
  }

  /** The earliest span of a key that overlaps a range of days. */
  overlapping(key: string, first: Day, last: Day): Span | undefined {
    return firstOverlap(this.root, key, first, last);
  }

  /** Whether a span has a key that begins with some text. O(log n). */
  hasKeyLike(beginning: string): boolean {
    let node = this.root;
    while (node && !node.span.key.startsWith(beginning))
      node = node.span.key < beginning ? node.right : node.left;
    return node !== undefined;
  }

  /**
   * All spans of a key that overlap a range of days, by first day. O(log n) for each of them and for each
   * earlier span.
   */
  within(key: string, first: Day, last: Day): readonly Span[] {
    const found: Span[] = [];
    collectOverlaps(this.root, key, first, last, found);
    return found;
  }
}

function collectOverlaps(node: Node | undefined, key: string, first: Day, last: Day, found: Span[]): void {
  if (!node || node.maxLast < first) return;
  const { span, left, right } = node;
  if (span.key >= key) collectOverlaps(left, key, first, last, found);
  if (span.key === key && span.first <= last && span.last >= first) found.push(span);
  if (span.key < key || (span.key === key && span.first <= last))
    collectOverlaps(right, key, first, last, found);
}

function firstOverlap(node: Node | undefined, key: string, first: Day, last: Day): Span | undefined {
  if (!node || node.maxLast < first) return undefined;
  const { span, left, right } = node;
  if (span.key < key) return firstOverlap(right, key, first, last);
  if (span.key > key || span.first > last) return firstOverlap(left, key, first, last);
  return (
    firstOverlap(left, key, first, last) ??
    (span.last >= first ? span : firstOverlap(right, key, first, last))
  );
}

/** Orders spans by key, then by first day. */
export function inSpanOrder(a: Span, b: Span): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.revision - b.revision;
}

function inserted(node: Node | undefined, span: Span): Node {
  if (!node) return nodeOf(span, undefined, undefined);
  return inSpanOrder(span, node.span) < 0
    ? balanced(node.span, inserted(node.left, span), node.right)
    : balanced(node.span, node.left, inserted(node.right, span));
}

function removed(node: Node | undefined, span: Span): Node | undefined {
  if (!node) return undefined;
  const way = inSpanOrder(span, node.span);
  if (way < 0) return balanced(node.span, removed(node.left, span), node.right);
  if (way > 0) return balanced(node.span, node.left, removed(node.right, span));
  if (!node.left) return node.right;
  if (!node.right) return node.left;
  const next = leftmost(node.right);
  return balanced(next, node.left, removed(node.right, next));
}

function leftmost(node: Node): Span {
  return node.left ? leftmost(node.left) : node.span;
}

/** Balance limit: one side may be this many times as heavy as the other. */
const DELTA = 3;
/**
 * Rotation limit: a single rotation suffices if the inner half is lighter than this many times the outer
 * half; otherwise a double rotation is needed.
 */
const GAMMA = 2;

function balanced(span: Span, left: Node | undefined, right: Node | undefined): Node {
  const [lighter, heavier] = [weight(left), weight(right)];
  if (right && heavier > DELTA * lighter) return turnedLeft(span, left, right);
  if (left && lighter > DELTA * heavier) return turnedRight(span, left, right);
  return nodeOf(span, left, right);
}

function turnedLeft(span: Span, left: Node | undefined, right: Node): Node {
  const inner = right.left;
  return !inner || weight(inner) < GAMMA * weight(right.right)
    ? nodeOf(right.span, nodeOf(span, left, inner), right.right)
    : nodeOf(inner.span, nodeOf(span, left, inner.left), nodeOf(right.span, inner.right, right.right));
}

function turnedRight(span: Span, left: Node, right: Node | undefined): Node {
  const inner = left.right;
  return !inner || weight(inner) < GAMMA * weight(left.left)
    ? nodeOf(left.span, left.left, nodeOf(span, inner, right))
    : nodeOf(inner.span, nodeOf(left.span, left.left, inner.left), nodeOf(span, inner.right, right));
}

const weight = (node: Node | undefined): number => (node?.size ?? 0) + 1;

function nodeOf(span: Span, left: Node | undefined, right: Node | undefined): Node {
  let maxLast = span.last;
  if (left && left.maxLast > maxLast) maxLast = left.maxLast;
  if (right && right.maxLast > maxLast) maxLast = right.maxLast;
  return { span, size: (left?.size ?? 0) + (right?.size ?? 0) + 1, maxLast, left, right };
}
