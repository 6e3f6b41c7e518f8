import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames } from '@waybill/contracts';
import { fail, ok, type Finding, type Surroundings } from './finding.js';

/** All services have been built. */
export async function checkBuild({ projectFolder }: Surroundings): Promise<Finding> {
  const present = await Promise.all(
    serviceNames.map((name) =>
      access(join(projectFolder, 'dist', 'apps', name, 'src', 'main.js')).then(
        () => true,
        () => false,
      ),
    ),
  );
  const missing = serviceNames.filter((_, index) => !present[index]);
  return missing.length === 0
    ? ok('build', serviceNames.join(', '))
    : fail('build', `${missing.join(', ')} not built`, 'Run `npm run build`.');
}
