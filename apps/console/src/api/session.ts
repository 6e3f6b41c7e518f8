import { useSyncExternalStore } from 'react';

/** Who is asking. The key lives as long as the tab, and nowhere else. */
export interface Session {
  readonly key: string;
  /** Empty for the credential's own. */
  readonly tenant: string;
  /** True when an answer was that a credential is missing or not good. */
  readonly isRefused: boolean;
}

const storageName = 'waybill-session';
const listeners = new Set<() => void>();
let session: Session = stored();

function stored(): Session {
  const [key = '', tenant = ''] = (sessionStorage.getItem(storageName) ?? '').split('\n');
  return { key, tenant, isRefused: false };
}

export const currentSession = (): Session => session;

export function changeSession(change: Partial<Session>): void {
  session = { ...session, ...change };
  sessionStorage.setItem(storageName, `${session.key}\n${session.tenant}`);
  for (const listener of listeners) listener();
}

export const useSession = (): Session =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentSession);
