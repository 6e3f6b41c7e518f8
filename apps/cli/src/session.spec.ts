import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { projectFolder, Session } from './session.js';

const silent = { write: () => true };
const sessionAt = (workingFolder: string, environment: Record<string, string> = {}, options = {}): Session =>
  new Session({ environment, workingFolder, stdout: silent, stderr: silent }, options);

describe('Session', () => {
  it('takes paths from where the user stands, also through npm', () => {
    expect(sessionAt('/home/me').resolvePath('a.pdf')).toBe('/home/me/a.pdf');
    expect(sessionAt(projectFolder, { INIT_CWD: '/home/me' }).resolvePath('a.pdf')).toBe('/home/me/a.pdf');
    expect(sessionAt('/elsewhere', { INIT_CWD: '/home/me' }).resolvePath('a.pdf')).toBe('/elsewhere/a.pdf');
  });

  it('keeps its data in the project, or where it is told', () => {
    expect(sessionAt('/home/me').dataFolder()).toBe(join(projectFolder, '.waybill', 'data'));
    expect(sessionAt('/home/me').dataFolder('demo')).toBe(join(projectFolder, '.waybill', 'demo'));
    expect(sessionAt('/home/me', {}, { data: 'mine' }).dataFolder()).toBe('/home/me/mine');
  });

  it('names commands as the user must type them', () => {
    expect(sessionAt('/').commandLine('up')).toBe('waybill up');
    expect(sessionAt('/', { npm_lifecycle_event: 'demo' }).commandLine('up')).toBe('npm run waybill -- up');
  });

  it('prefers --url to WAYBILL_URL', async () => {
    const environment = { WAYBILL_URL: 'http://127.0.0.1:1/' };
    const both = sessionAt('/', environment, { url: 'http://127.0.0.1:2' });
    expect((await both.client()).url).toBe('http://127.0.0.1:2');
    const one = sessionAt('/', environment);
    expect((await one.client()).url).toBe('http://127.0.0.1:1');
    await Promise.all([both.close(), one.close()]);
  });
});
