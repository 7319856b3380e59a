import { Metadata, type ServiceError, type status } from '@grpc/grpc-js';

/** An error of a call in the form in which the server sends it, with the trailers that the client reads. */
export function callError(
  code: status,
  details: string,
  trailers: Record<string, string> = {},
): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
