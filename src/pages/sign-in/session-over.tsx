import { renderDocument } from '../design/document.js';
import type { PageContext } from '../page-context.js';
import type { KeptForm } from './kept-form.js';
import { SignInPage } from './sign-in-page.js';

/** The answer to a form from another session: the user can sign in and continue with what was typed. */
export function renderSessionOver(kept: KeptForm, context: PageContext): string {
  const title = 'Your session has ended';
  const page = {
    title,
    description: 'Sign in again, and go on with what you typed.',
    body: <SignInPage next={kept.action} kept={kept} />,
  };
  return renderDocument(page, context);
}
