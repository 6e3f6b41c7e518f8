import type { Sale, SaleItem, WritingHabit } from './sale.js';
import type { SeededRandom } from './seeded-random.js';

/** How one country writes names, addresses and money. Every name is put together from syllables. */
interface Country {
  readonly habits: readonly [WritingHabit, ...WritingHabit[]];
  readonly legalForms: readonly [string, ...string[]];
  readonly trades: readonly [string, ...string[]];
  readonly taxPercents: readonly [number, ...number[]];
  address(random: SeededRandom, name: () => string): string[];
}

const syllables = [
  'bar',
  'quel',
  'tan',
  'mor',
  'lin',
  'fen',
  'dor',
  'wis',
  'hal',
  'rim',
  'cop',
  'ver',
  'sol',
  'mar',
  'tek',
  'nor',
] as const;
const goods = [
  ...[
    'Notebook',
    'Green tea',
    'Copper wire',
    'Oak shelf',
    'Desk lamp',
    'Soup bowl',
    'Wool socks',
    'Hex bolt M8',
    'Olive oil',
  ],
  ...[
    'Rice 5kg',
    'Printer paper',
    'Paint brush',
    'Chicken curry',
    'Iced coffee',
    'Garden hose',
    'Light bulb 9W',
    'USB cable',
  ],
  ...[
    'Site survey',
    'Monthly support',
    'Translation work',
    'Fitting, per hour',
    'Cleaning service',
    'Spare filter',
    'Gift card',
  ],
] as const;

const number = (random: SeededRandom, digits: number): string =>
  Array.from({ length: digits }, () => String(random.whole(0, 9))).join('');

interface State {
  readonly state: string;
  /** First and last beginning of its postcodes. */
  readonly first: number;
  readonly last: number;
}

const malaysianStates: readonly [State, ...State[]] = [
  { state: 'Selangor', first: 40, last: 48 },
  { state: 'Johor', first: 79, last: 86 },
  { state: 'Perak', first: 30, last: 36 },
];

function malaysianTown(random: SeededRandom, name: () => string): string {
  const [drawn, rest, town] = [random.whole(10, 89), random.whole(100, 999), name()];
  const { state, first, last } = random.pick(malaysianStates);
  return `${first + (drawn % (last - first + 1))}${rest} ${town}, ${state}`;
}

const malaysia: Country = {
  habits: [
    { currency: 'MYR', symbol: 'RM ', decimalMark: '.', date: 'DD/MM/YYYY', taxName: 'SST' },
    { currency: 'MYR', symbol: 'RM', decimalMark: '.', date: 'DD-MM-YYYY', taxName: 'GST' },
    { currency: 'MYR', symbol: 'RM', decimalMark: '.', date: 'DD MMM YYYY', taxName: 'GST' },
  ],
  legalForms: ['Sdn Bhd', 'Sdn. Bhd.', '(M) Sdn Bhd', 'Enterprise', 'Trading'],
  trades: ['Hardware', 'Stationery', 'Restaurant', 'Mini Market', 'Electrical', ''],
  taxPercents: [0, 6, 8],
  address: (random, name) => [
    `No. ${random.whole(1, 199)}, Jalan ${name()} ${random.whole(1, 9)}/${random.whole(1, 30)},`,
    ...(random.chance(0.6) ? [`Taman ${name()},`] : []),
    malaysianTown(random, name),
  ],
};
const britain: Country = {
  habits: [
    { currency: 'GBP', symbol: '£', decimalMark: '.', date: 'DD/MM/YYYY', taxName: 'VAT' },
    { currency: 'GBP', symbol: '£', decimalMark: '.', date: 'DD MMM YYYY', taxName: 'VAT' },
    { currency: 'GBP', symbol: '£', decimalMark: '.', date: 'DD/MM/YY', taxName: 'VAT' },
  ],
  legalForms: ['Ltd', 'Limited', '& Sons', 'plc', ''],
  trades: ['Bakery', 'Books', 'Cafe', 'Supplies', 'Joinery', 'Stores'],
  taxPercents: [0, 5, 20],
  address: (random, name) => [
    `${random.whole(1, 240)} ${name()} ${random.pick(['Road', 'Street', 'Lane', 'Row'])}`,
    `${name()} ${random.pick(['QX', 'ZE', 'XW'])}${random.whole(1, 20)} ${random.whole(1, 9)}${random.pick(['QT', 'XB'])}`,
  ],
};
const germany: Country = {
  habits: [
    { currency: 'EUR', symbol: '€ ', decimalMark: ',', date: 'DD.MM.YYYY', taxName: 'VAT' },
    { currency: 'EUR', symbol: 'EUR ', decimalMark: ',', date: 'YYYY-MM-DD', taxName: 'VAT' },
  ],
  legalForms: ['GmbH', 'AG', 'KG', 'GmbH & Co. KG'],
  trades: ['Werkstatt', 'Handel', 'Technik', 'Service'],
  taxPercents: [7, 19],
  address: (random, name) => [
    `${name()}${random.pick(['straße', 'weg', 'allee'])} ${random.whole(1, 120)}`,
    `${random.whole(10, 98)}${random.whole(100, 999)} ${name()}`,
  ],
};
const america: Country = {
  habits: [
    { currency: 'USD', symbol: '$', decimalMark: '.', date: 'MM/DD/YYYY', taxName: 'Sales tax' },
    { currency: 'USD', symbol: '$', decimalMark: '.', date: 'MMM DD, YYYY', taxName: 'Tax' },
  ],
  legalForms: ['Inc.', 'LLC', 'Corp.', ''],
  trades: ['Market', 'Hardware', 'Diner', 'Parts', 'Services'],
  taxPercents: [0, 7, 8.5],
  address: (random, name) => [
    `${random.whole(10, 9_900)} ${name()} ${random.pick(['Street', 'Avenue', 'Road', 'Drive'])}`,
    `${name()}, ${random.pick(['OR', 'TX', 'OH', 'WA'])} ${random.whole(10, 98)}${random.whole(100, 999)}`,
  ],
};

/** Invents what was sold, to whom and when. Sums always add up. */
export function inventSale(random: SeededRandom): Sale {
  const country = random.pick([malaysia, britain, germany, america]);
  const name = (): string => {
    const word = `${random.pick(syllables)}${random.pick(syllables)}${random.chance(0.3) ? random.pick(syllables) : ''}`;
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
  const company = (): string =>
    [name(), random.pick(country.trades), random.pick(country.legalForms)].filter(Boolean).join(' ');
  const items: SaleItem[] = Array.from({ length: random.whole(1, random.chance(0.2) ? 30 : 8) }, () => ({
    description: random.pick(goods),
    quantity: random.chance(0.5) ? 1 : random.whole(2, 12),
    unitCents: random.whole(1, 400) * (random.chance(0.5) ? 10 : 25) + (random.chance(0.3) ? 9 : 0),
  }));
  const taxPercent = random.pick(country.taxPercents);
  const netCents = items.reduce((sum, { quantity, unitCents }) => sum + quantity * unitCents, 0);
  const owedCents = netCents + Math.round((netCents * taxPercent) / 100);
  return {
    seller: company(),
    address: country.address(random, name),
    phone: `${number(random, 2)}-555${number(random, 4)}`,
    registration: random.pick([`${number(random, 6)}-X`, `Reg. ${number(random, 7)}`, `VAT ${number(random, 9)}`]),
    buyer: { name: company(), address: country.address(random, name) },
    number: random.pick([
      `INV-${number(random, 5)}`,
      `CS${number(random, 8)}`,
      number(random, 6),
      `R/${number(random, 4)}/${number(random, 2)}`,
    ]),
    year: random.whole(2009, 2029),
    month: random.whole(1, 12),
    day: random.whole(1, 28),
    dueDays: random.pick([14, 30, 45]),
    time: `${String(random.whole(8, 21)).padStart(2, '0')}:${String(random.whole(0, 59)).padStart(2, '0')}`,
    items,
    taxPercent,
    cashCents: random.chance(0.5) ? Math.ceil(owedCents / 500) * 500 : 0,
    habit: random.pick(country.habits),
  };
}
