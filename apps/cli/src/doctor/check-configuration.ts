import { ConfigurationError, loadEnvironment } from '@waybill/platform';
import { fail, ok, type Finding, type Surroundings } from './finding.js';

/** Every variable that the services read is usable. */
export function checkConfiguration({ variables }: Surroundings): Promise<Finding | Finding[]> {
  try {
    loadEnvironment(variables);
    const own = Object.keys(variables).filter((name) => name.startsWith('WAYBILL_')).length;
    return Promise.resolve(ok('configuration', own === 0 ? 'defaults' : `${own} WAYBILL_ variables, all usable`));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const findings = error.message
      .split('\n')
      .map((sentence) => fail('configuration', sentence, 'See docs/configuration.md.'));
    return Promise.resolve(findings);
  }
}
