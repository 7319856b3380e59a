import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';

interface SignInPageProps {
  readonly next: string;
  readonly problem?: string;
}

export function SignInPage({ next, problem }: SignInPageProps): VNode {
  const { principal, formToken } = usePageContext();
  return (
    <>
      <header class="page-head">
        <h1>{principal ? 'You are signed in' : 'Sign in'}</h1>
        <p class="lead">
          Reading needs no key. Logging does: what is recorded carries the name of its key, for good.
        </p>
      </header>
      {principal ? (
        <form action="/sign-out" method="post" class="form">
          <p>
            As <strong>{principal.name}</strong>, with the role {principal.role}.
          </p>
          <input type="hidden" name="formToken" value={formToken} />
          <div class="actions">
            <a class="button" href="/log">
              Log an event
            </a>
            <button class="button second" type="submit">
              Sign out
            </button>
          </div>
        </form>
      ) : (
        <form action="/sign-in" method="post" class="form">
          <input type="hidden" name="next" value={next} />
          <div class="field">
            <label for="key">API key</label>
            <span class="hint" id="key-hint">
              As <code>npm run -s tracker -- keys create NAME --role analyst</code> prints it. This browser
              then stays signed in for twelve hours, or until you sign out.
            </span>
            {problem !== undefined && (
              <span class="wrong" id="key-wrong" role="alert">
                {problem}
              </span>
            )}
            <input
              type="password"
              id="key"
              name="key"
              required
              autocomplete="current-password"
              aria-describedby={problem === undefined ? 'key-hint' : 'key-wrong key-hint'}
              aria-invalid={problem === undefined ? undefined : 'true'}
            />
          </div>
          <div class="actions">
            <button class="button" type="submit">
              Sign in
            </button>
          </div>
        </form>
      )}
    </>
  );
}
