import { v5 as uuidV5, v7 as uuidV7 } from 'uuid';

/** Namespace of all ids that are made from names here. */
const NAMESPACE = '6f0d1f8e-3f0b-5a8e-9d0e-0f6b1d1a7c55';

/** The id of the event at `index` of a request with an Idempotency-Key: the same request yields the same ids. */
export function idForKey(author: string, stream: string, key: string, index: number): string {
  return uuidV5(`${author}\n${stream}\n${key}\n${index}`, NAMESPACE);
}

/** The id of an imported event that brings none: the same content yields the same id. */
export function idForContent(stream: string, content: string): string {
  return uuidV5(`${stream}\n${content}`, NAMESPACE);
}

/** A new id, ordered by time. */
export function newId(): string {
  return uuidV7();
}
