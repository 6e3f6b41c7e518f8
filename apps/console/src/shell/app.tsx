import { useEffect } from 'react';
import { useSession } from '../api/session.js';
import { DeadLettersPage } from '../dead-letters/dead-letters-page.js';
import { JobPage } from '../job/job-page.js';
import { JobsPage } from '../jobs/jobs-page.js';
import { OverviewPage } from '../overview/overview-page.js';
import { Empty } from '../parts/notes.js';
import { RoutingPage } from '../routing/routing-page.js';
import { SubmitPage } from '../submit/submit-page.js';
import { UsagePage } from '../usage/usage-page.js';
import { KeyHelp } from './key-help.js';
import { usePlace } from './location.js';
import { Sidebar } from './sidebar.js';
import { SignIn } from './sign-in.js';

const pages: Readonly<Record<string, { readonly title: string; readonly page: () => React.ReactNode }>> = {
  '/': { title: 'Overview', page: () => <OverviewPage /> },
  '/jobs': { title: 'Jobs', page: () => <JobsPage /> },
  '/submit': { title: 'Submit', page: () => <SubmitPage /> },
  '/usage': { title: 'Usage', page: () => <UsagePage /> },
  '/routing': { title: 'Routing', page: () => <RoutingPage /> },
  '/dead-letters': { title: 'Dead letters', page: () => <DeadLettersPage /> },
};

const nowhere = {
  title: 'Not found',
  page: () => (
    <Empty title="There is no such page">Choose one in the list beside, or press g and then o for the overview.</Empty>
  ),
};

function pageOf(path: string): (typeof pages)[string] {
  const id = /^\/jobs\/([^/]+)$/.exec(path)?.[1];
  if (id !== undefined) return { title: id, page: () => <JobPage key={id} id={decodeURIComponent(id)} /> };
  return pages[path] ?? nowhere;
}

/** The frame around every page: where one is, where one can go, who one is. */
export function App() {
  const { path } = usePlace();
  const { isRefused } = useSession();
  const { title, page } = pageOf(path);
  useEffect(() => {
    document.title = `${title} · Waybill`;
  }, [title]);
  if (isRefused) return <SignIn />;
  return (
    <div className="frame">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Sidebar path={path} />
      <main id="content" tabIndex={-1}>
        {page()}
      </main>
      <KeyHelp />
    </div>
  );
}
