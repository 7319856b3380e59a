import { renderDocument } from '../design/document.js';
import type { PageContext } from '../page-context.js';
import type { KeptForm } from './kept-form.js';
import { SignInPage } from './sign-in-page.js';

/** What is shown where a form comes from a page that was opened in another session: what was typed goes on in a new one. */
export function renderSessionOver(kept: KeptForm, context: PageContext): string {
  const title = 'Your session has ended';
  const page = {
    title,
    description: 'Sign in again, and go on with what you typed.',
    body: <SignInPage next={kept.action} kept={kept} />,
  };
  return renderDocument(page, context);
}
