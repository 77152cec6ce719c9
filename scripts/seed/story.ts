import type { Currency } from '../../kernel/money';
import { addDays, type PlainDate } from '../../kernel/time';
import { type Chance, chanceFrom } from './chance';

/** A company of the demonstration, and everything it does up to today. */
export interface Company {
  readonly key: string;
  readonly name: string;
  readonly country: string;
  readonly city: string;
  readonly currency: Currency;
  readonly segment: 'COMMERCIAL' | 'PUBLIC_SECTOR' | 'EDUCATION' | 'STARTUP';
  readonly channel: 'WEB_DIRECT' | 'SALES_ASSISTED';
  readonly domain: string;
  readonly contact: string;
  readonly joinedOn: PlainDate;
  /** It keeps a card; whether it pays by it is decided for each purchase. */
  readonly hasCard: boolean;
  readonly paysByCard: boolean;
  readonly purchases: readonly Purchase[];
}

/** A subscription that a company buys, grows and pays for. */
export interface Purchase {
  readonly key: string;
  readonly on: PlainDate;
  readonly sku: string;
  readonly seats: number;
  readonly termMonths: number;
  readonly isSelfManaged: boolean;
  readonly addedSeats: { readonly on: PlainDate; readonly quantity: number } | null;
  /** The day the first invoice is paid by bank transfer; null: it is open, and overdue once its day has passed. */
  readonly paidOn: PlainDate | null;
  /** For self-managed ones: the days on which the instance reports, the first of which follows its activation. */
  readonly syncs: readonly PlainDate[];
  /** Users today, in hundredths of the seats. */
  readonly fill: number;
}

const COMPANIES = 200;
const FIRST = [
  'Alder',
  'Basalt',
  'Cinder',
  'Dovetail',
  'Ember',
  'Fathom',
  'Granite',
  'Harbour',
  'Isobar',
  'Juniper',
  'Kestrel',
  'Lantern',
  'Meridian',
  'Nimbus',
  'Orchard',
  'Pinion',
  'Quarry',
  'Rowan',
  'Saffron',
  'Tamarind',
];
const SECOND = ['Analytics', 'Robotics', 'Freight', 'Health', 'Games', 'Energy', 'Foods', 'Optics', 'Rail', 'Software'];
const PEOPLE = [
  'Ada Brandt',
  'Bruno Costa',
  'Chika Ito',
  'Dana Novak',
  'Elif Kaya',
  'Femi Ade',
  'Greta Lind',
  'Hugo Marsh',
  'Ines Roca',
  'Jonas Weber',
  'Kira Sato',
  'Liam Byrne',
];
const PLACES: readonly { readonly country: string; readonly city: string; readonly currency: Currency }[] = [
  { country: 'US', city: 'Denver', currency: 'USD' },
  { country: 'US', city: 'Boston', currency: 'USD' },
  { country: 'US', city: 'Portland', currency: 'USD' },
  { country: 'DE', city: 'Hamburg', currency: 'EUR' },
  { country: 'NL', city: 'Utrecht', currency: 'EUR' },
  { country: 'FR', city: 'Lyon', currency: 'EUR' },
  { country: 'GB', city: 'Leeds', currency: 'GBP' },
  { country: 'AU', city: 'Hobart', currency: 'USD' },
  { country: 'JP', city: 'Osaka', currency: 'JPY' },
];

/** The same companies and the same history each time, counted back from a day. */
export function tellStory(today: PlainDate): readonly Company[] {
  const chance = chanceFrom(20_260_201);
  return Array.from({ length: COMPANIES }, (_, index) => (index === 0 ? protagonist(today) : company(chance, index, today)));
}

/** The company whose buyer a newcomer becomes: it has one of everything, and nothing left to chance. */
function protagonist(today: PlainDate): Company {
  const daily = Array.from({ length: 30 }, (_, index) => addDays(today, index - 30));
  return {
    key: 'company-0',
    name: 'Wren & Marlow Instruments',
    country: 'US',
    city: 'Seattle',
    currency: 'USD',
    segment: 'COMMERCIAL',
    channel: 'WEB_DIRECT',
    domain: 'wren-marlow.example',
    contact: 'Mara Wren',
    joinedOn: addDays(today, -380),
    hasCard: true,
    paysByCard: false,
    purchases: [
      {
        key: 'company-0/saas',
        on: addDays(today, -200),
        sku: 'premium-saas',
        seats: 40,
        termMonths: 12,
        isSelfManaged: false,
        addedSeats: { on: addDays(today, -60), quantity: 10 },
        paidOn: addDays(today, -180),
        syncs: [],
        fill: 88,
      },
      {
        key: 'company-0/self-managed',
        on: addDays(today, -120),
        sku: 'ultimate-self-managed',
        seats: 25,
        termMonths: 12,
        isSelfManaged: true,
        addedSeats: null,
        paidOn: null,
        syncs: [addDays(today, -118), ...daily],
        fill: 92,
      },
      // Two whose terms end in a few days: one to renew, and one whose end can be put off.
      nearItsEnd('company-0/ending', addDays(today, -355), 8),
      nearItsEnd('company-0/lapsing', addDays(today, -360), 3),
    ],
  };
}

function nearItsEnd(key: string, on: PlainDate, seats: number): Purchase {
  const bought = { key, on, seats, sku: 'premium-self-managed', termMonths: 12, isSelfManaged: true };
  return { ...bought, addedSeats: null, paidOn: addDays(on, 20), syncs: [], fill: 75 };
}

function company(chance: Chance, index: number, today: PlainDate): Company {
  const name = `${FIRST[index % FIRST.length]} ${SECOND[Math.floor(index / FIRST.length) % SECOND.length]}`;
  const place = chance.pick(PLACES);
  const key = `company-${index}`;
  const boughtDaysAgo = chance.percent(30) ? chance.between(3, 60) : chance.between(61, 690);
  const count = chance.percent(18) ? 2 : 1;
  const paysByCard = chance.percent(45);
  return {
    key,
    name,
    ...place,
    segment: chance.percent(80) ? 'COMMERCIAL' : chance.pick(['PUBLIC_SECTOR', 'EDUCATION', 'STARTUP'] as const),
    channel: chance.percent(60) ? 'WEB_DIRECT' : 'SALES_ASSISTED',
    domain: `${name.toLowerCase().replaceAll(' ', '-')}.example`,
    contact: chance.pick(PEOPLE),
    joinedOn: addDays(today, -boughtDaysAgo - chance.between(1, 20)),
    hasCard: paysByCard,
    paysByCard,
    purchases: Array.from({ length: count }, (_, number) =>
      purchase(chance, `${key}/${number}`, Math.max(boughtDaysAgo - number * chance.between(5, 50), 2), today),
    ),
  };
}

/** Most terms are in force today; a few customers let theirs end. */
function purchase(chance: Chance, key: string, daysAgo: number, today: PlainDate): Purchase {
  const on = addDays(today, -daysAgo);
  const isSelfManaged = chance.percent(40);
  const tier = chance.percent(25) ? 'ultimate' : 'premium';
  const termMonths = daysAgo > 360 && !chance.percent(20) ? chance.pick([24, 36]) : 12;
  const seats = chance.percent(70) ? chance.between(5, 60) : chance.between(61, 600);
  const isGrowing = termMonths === 12 && daysAgo > 40 && daysAgo < 350 && chance.percent(35);
  const payDay = addDays(on, chance.between(12, 33));
  const isPaid = payDay < today && !chance.percent(14);
  return {
    key,
    on,
    sku: `${tier}-${isSelfManaged ? 'self-managed' : 'saas'}`,
    seats,
    termMonths,
    isSelfManaged,
    addedSeats: isGrowing
      ? { on: addDays(on, chance.between(15, daysAgo - 5)), quantity: chance.between(2, Math.max(3, Math.floor(seats / 4))) }
      : null,
    paidOn: isPaid ? payDay : null,
    syncs: isSelfManaged && chance.percent(85) && daysAgo < termMonths * 30 ? reportDays(daysAgo, today) : [],
    fill: chance.between(55, 112),
  };
}

/** Weekly over the last two months, which is enough to see a trend. */
function reportDays(daysAgo: number, today: PlainDate): readonly PlainDate[] {
  const first = Math.min(daysAgo - 1, 56);
  return first < 1 ? [] : Array.from({ length: Math.ceil(first / 7) }, (_, week) => addDays(today, week * 7 - first));
}
