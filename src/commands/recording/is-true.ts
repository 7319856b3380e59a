import { InvalidRequest } from '../../problems/request-problems.js';

/** Parses a boolean request parameter. Throws InvalidRequest for anything but true or false. */
export function isTrue(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new InvalidRequest([{ field: name, message: 'must be true or false' }]);
}
