import type { ProviderView } from '@waybill/contracts';

const training = (used: boolean | undefined): string => (used === undefined ? 'not known' : used ? 'yes' : 'no');

export const ProviderTable = ({ providers }: { providers: readonly ProviderView[] }) => (
  <div className="table-box" tabIndex={0} role="region" aria-label="Providers">
    <table>
      <thead>
        <tr>
          <th scope="col">Provider</th>
          <th scope="col">Here</th>
          <th scope="col">Regions</th>
          <th scope="col" className="number">
            Kept, days
          </th>
          <th scope="col">Trains</th>
        </tr>
      </thead>
      <tbody>
        {providers.map(({ id, title, isConfigured, regions, keptDays, usedForTraining }) => (
          <tr key={id}>
            <th scope="row">{title}</th>
            <td>{isConfigured ? '✓ can be asked' : 'no key'}</td>
            <td>{regions?.join(', ') ?? 'not known'}</td>
            <td className="number">{keptDays ?? '–'}</td>
            <td>{training(usedForTraining)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
