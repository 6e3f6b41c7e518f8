import type { Sale, SaleItem } from './sale.js';

const item = (description: string, quantity: number, unitCents: number): SaleItem => ({
  description,
  quantity,
  unitCents,
});

/** A bakery's receipt, paid in cash. */
export const bakeryReceipt: Sale = {
  seller: 'Marlquist & Fennow Bakery Ltd',
  address: ['27 Larkspur Row,', 'Easthollow EH4 2QT'],
  phone: '0555 010 4477',
  registration: 'VAT 310 5547 82',
  buyer: { name: '', address: [] },
  number: 'R-104882',
  year: 2026,
  month: 3,
  day: 14,
  dueDays: 0,
  time: '09:42',
  items: [
    item('Sourdough loaf', 2, 420),
    item('Almond croissant', 3, 285),
    item('Flat white', 2, 340),
    item('Orange juice 250ml', 1, 295),
    item('Gift box small', 1, 650),
  ],
  taxPercent: 20,
  cashCents: 5000,
  habit: { currency: 'GBP', symbol: '£', decimalMark: '.', date: 'DD/MM/YYYY', taxName: 'VAT' },
};

/** A joiner's invoice, one page. */
export const joineryInvoice: Sale = {
  seller: 'Tannquell Werkstatt GmbH',
  address: ['Am Lindengrund 8', '04999 Birkenau'],
  phone: '+49 555 0100 62',
  registration: 'DE 000 111 222',
  buyer: { name: 'Nordwisp Atelier KG', address: ['Hafenallee 3', '28999 Wesertal'] },
  number: 'RE-2026-0317',
  year: 2026,
  month: 2,
  day: 27,
  dueDays: 14,
  time: '',
  items: [
    item('Oak worktop, oiled, 240 x 65 cm', 2, 38_900),
    item('Drawer unit with soft close', 4, 17_450),
    item('Brass handle, brushed', 12, 1_290),
    item('Delivery and fitting (hours)', 9, 6_800),
  ],
  taxPercent: 19,
  cashCents: 0,
  habit: { currency: 'EUR', symbol: '€ ', decimalMark: ',', date: 'DD.MM.YYYY', taxName: 'VAT' },
};

const partKinds = ['Hex bolt', 'Washer', 'Bearing', 'Shaft seal', 'Spring pin', 'Gasket', 'Coupling', 'Clamp ring'];

/** A parts dealer's invoice whose items run over three pages. */
export const partsInvoice: Sale = {
  seller: 'Copperwhit Parts Inc.',
  address: ['4180 Quarry Bend Road, Suite 12', 'Millhaven, OR 97999'],
  phone: '(555) 010-2290',
  registration: '00-5550199',
  buyer: { name: 'Quellmark Pump Works LLC', address: ['95 Canal Street', 'Port Alder, WA 98999'] },
  number: 'INV-58213',
  year: 2026,
  month: 1,
  day: 19,
  dueDays: 30,
  time: '',
  items: Array.from({ length: 56 }, (_, index) =>
    item(
      `${partKinds[index % partKinds.length]} ${'ABCDEFG'.charAt(index % 7)}${120 + index * 7}`,
      1 + ((index * 5) % 12),
      145 + ((index * 389) % 4_700),
    ),
  ),
  taxPercent: 8.5,
  cashCents: 0,
  habit: { currency: 'USD', symbol: '$', decimalMark: '.', date: 'MM/DD/YYYY', taxName: 'Sales tax' },
};

/** A hardware shop's receipt, scanned behind the letter that came with it. */
export const hardwareReceipt: Sale = {
  seller: 'Kedai Besi Rimbawang Sdn Bhd',
  address: ['No. 18, Jalan Rimba 2/5,', 'Taman Seri Bayu,', '43999 Bandar Rimba, Selangor'],
  phone: '03-5550 1182',
  registration: '990017-X',
  buyer: { name: '', address: [] },
  number: 'CS00041873',
  year: 2026,
  month: 4,
  day: 22,
  dueDays: 0,
  time: '16:08',
  items: [
    item('Paint roller 9in', 2, 1_250),
    item('Masking tape 24mm', 3, 420),
    item('White primer 5L', 1, 8_690),
    item('Sandpaper P120', 6, 95),
  ],
  taxPercent: 6,
  cashCents: 15_000,
  habit: { currency: 'MYR', symbol: 'RM ', decimalMark: '.', date: 'DD-MM-YYYY', taxName: 'SST' },
};
