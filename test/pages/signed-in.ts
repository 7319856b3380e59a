import type { TestServer } from '../e2e/server.js';
import { unescaped } from './unescaped.js';

interface Answered {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/** A signed-in user whose browser runs no scripts. */
export interface SignedIn {
  look(path: string): Promise<Answered>;
  /** Submits a form with the token of the session. */
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Answered>;
}

export async function signIn(server: TestServer, key: string): Promise<SignedIn> {
  const ask = async (path: string, init: RequestInit): Promise<Answered & { cookie: string | null }> => {
    const response = await fetch(server.url + path, { ...init, redirect: 'manual' });
    const { status, headers } = response;
    return {
      status,
      location: headers.get('location'),
      cookie: headers.get('set-cookie'),
      text: await response.text(),
    };
  };
  const signedIn = await ask('/sign-in', { method: 'POST', body: new URLSearchParams({ key }) });
  const cookie = signedIn.cookie?.split(';')[0] ?? '';
  const look = (path: string): Promise<Answered> => ask(path, { headers: { cookie } });
  const formToken = fieldsOf((await look('/import')).text)['formToken'] ?? '';
  return {
    look,
    post: (path, fields) =>
      ask(path, {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams({ formToken, ...fields }),
      }),
  };
}

/** The fields that the form of a page would submit unchanged, without its buttons. */
export function fieldsOf(html: string): Record<string, string> {
  const form = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  const fields: Record<string, string> = {};
  const attribute = (tag: string, name: string): string | undefined => {
    const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag);
    return found ? unescaped(found[1] ?? '') : undefined;
  };
  for (const [tag, element, rest = ''] of form.matchAll(
    /<(input|select|textarea)\b[^>]*>(?:(?<=<(?:select|textarea)\b[^>]*>)([\s\S]*?)<\/(?:select|textarea)>)?/g,
  )) {
    const name = attribute(tag, 'name');
    if (name === undefined) continue;
    const head = tag.slice(0, tag.indexOf('>') + 1);
    if (element === 'textarea') fields[name] = unescaped(rest);
    else if (element === 'select') {
      const chosen = [...rest.matchAll(/<option\b[^>]*>/g)].find(
        ([option]) => attribute(option, 'selected') !== undefined,
      );
      fields[name] = chosen ? (attribute(chosen[0], 'value') ?? '') : '';
    } else if (!/\stype="(?:checkbox|radio)"/.test(head) || attribute(head, 'checked') !== undefined)
      fields[name] = attribute(head, 'value') ?? '';
  }
  return fields;
}
