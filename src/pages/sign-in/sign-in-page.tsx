import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { KeptFields, SendAgain, type KeptForm } from './kept-form.js';

interface SignInPageProps {
  readonly next: string;
  readonly problem?: string;
  /** What was typed before the session ended, to continue after the sign-in. */
  readonly kept?: KeptForm;
}

export function SignInPage({ next, problem, kept }: SignInPageProps): VNode {
  const { principal, formToken } = usePageContext();
  return (
    <>
      <header class="page-head">
        <h1>{principal ? 'You are signed in' : kept ? 'Your session has ended' : 'Sign in'}</h1>
        <p class="lead">
          {kept
            ? 'Nothing was recorded, and nothing that you typed is lost.'
            : 'Reading needs no key. Logging does: what is recorded carries the name of its key, for good.'}
        </p>
      </header>
      {principal && kept ? (
        <SendAgain kept={kept} />
      ) : principal ? (
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
          {kept && <KeptFields kept={kept} />}
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
