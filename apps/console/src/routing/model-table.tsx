import type { ModelView } from '@waybill/contracts';
import { useState } from 'react';
import { count } from '../format/format-values.js';

const tiers = ['0 rules', '1 cheap', '2 standard', '3 frontier'];
const price = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(value < 1 ? 3 : 2));

/** The catalog, narrowed by what is typed. */
export function ModelTable({ models }: { models: readonly ModelView[] }) {
  const [wanted, setWanted] = useState('');
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = models.filter((model) => {
    const text =
      `${model.id} tier-${model.tier} ${model.tasks.join(' ')} ${model.capabilities.join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <>
      <label className="narrow">
        Narrow
        <input
          type="search"
          value={wanted}
          placeholder="vision openai tier-2"
          onChange={(event) => setWanted(event.target.value)}
        />
      </label>
      <div className="table-box tall" tabIndex={0} role="region" aria-label="Models">
        <table>
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col">Tier</th>
              <th scope="col" className="number">
                In
              </th>
              <th scope="col" className="number">
                Cached
              </th>
              <th scope="col" className="number">
                Out
              </th>
              <th scope="col" className="number">
                Context
              </th>
              <th scope="col" className="wide">
                Can
              </th>
              <th scope="col" className="wide">
                Suits
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ id, tier, price: prices, pricing, contextTokens, capabilities, tasks, retiresOn }) => (
              <tr key={id}>
                <th scope="row">
                  {id}
                  {retiresOn === undefined ? null : <i className="tag">until {retiresOn}</i>}
                </th>
                <td>{tiers[tier]}</td>
                {pricing === 'metered' ? (
                  <>
                    <td className="number">{price(prices?.input)}</td>
                    <td className="number">{price(prices?.cacheRead)}</td>
                    <td className="number">{price(prices?.output)}</td>
                  </>
                ) : (
                  <td className="number" colSpan={3}>
                    {pricing === 'free' ? 'free' : 'price not known'}
                  </td>
                )}
                <td className="number">{contextTokens === undefined ? '–' : count(contextTokens)}</td>
                <td className="wide faint">{capabilities.join(', ')}</td>
                <td className="wide faint">{tasks.join(', ') || 'only by name'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
