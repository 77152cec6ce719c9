import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLCountryCode, GraphQLCurrency, GraphQLDateTime, GraphQLEmailAddress } from 'graphql-scalars';
import { plainDateFrom } from '../time';

interface TextScalar {
  readonly name: string;
  readonly description: string;
  readonly specifiedByURL: string;
  readonly lengthMax: number;
  /** The value to pass on, or null when the text is none. */
  readonly read: (text: string) => unknown;
  readonly write?: (value: unknown) => string;
}

/** A moment. A `Date` inside, RFC 3339 text with an offset outside; always answered in UTC with milliseconds. */
export const DateTime = textScalar({
  name: 'DateTime',
  description: 'A moment, as RFC 3339 text with an offset: `2026-03-01T09:30:00Z`. Answers are in UTC.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  lengthMax: 35,
  read: momentFrom,
  write: value => (isMoment(value) ? value.toISOString() : wrong('DateTime', 'a moment')),
});

/** A day of the calendar; `PlainDate` inside and outside. Its GraphQL name is `Date`. */
export const PlainDateScalar = textScalar({
  name: 'Date',
  description: 'A day of the calendar without a time or a zone: `2026-03-01`. Years 1900 to 2199.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date.html',
  lengthMax: 10,
  read: plainDateFrom,
});

/** An exact decimal number as text. At most 15 whole digits and 9 decimals; never a float, never an exponent. */
export const Decimal = textScalar({
  name: 'Decimal',
  description: 'An exact decimal number, sent as text: `"1105.64"`. At most 15 digits before the point and 9 after.',
  specifiedByURL: 'https://www.w3.org/TR/xmlschema11-2/#decimal',
  lengthMax: 26,
  read: text => (/^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? text : null),
});

/** A currency's ISO 4217 code. Which currencies can be sold in is for the kernel's money to say. */
export const CurrencyCode = textScalar({
  name: 'CurrencyCode',
  description: 'A currency, as its ISO 4217 code: `EUR`.',
  specifiedByURL: 'https://www.iso.org/iso-4217-currency-codes.html',
  lengthMax: 3,
  read: text => (/^[A-Z]{3}$/.test(text) ? parsedBy(GraphQLCurrency, text) : null),
});

/** A mail address that can be delivered to: at most 64 characters before the @ and 254 in all, with a dot in its domain. */
export const EmailAddress = textScalar({
  name: 'EmailAddress',
  description: 'A mail address: `ada@example.com`.',
  specifiedByURL: 'https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address',
  lengthMax: 254,
  read: text => (/^[^@]{1,64}@[^@]+\.[^@.]+$/.test(text) ? parsedBy(GraphQLEmailAddress, text) : null),
});

/** A country's two-letter ISO 3166-1 code. */
export const CountryCode = textScalar({
  name: 'CountryCode',
  description: 'A country, as its two-letter ISO 3166-1 code: `NL`.',
  specifiedByURL: 'https://www.iso.org/iso-3166-country-codes.html',
  lengthMax: 2,
  read: text => (/^[A-Z]{2}$/.test(text) ? parsedBy(GraphQLCountryCode, text) : null),
});

/** An absolute http or https address without credentials, as text. Its GraphQL name is `URL`. */
export const Url = textScalar({
  name: 'URL',
  description: 'An absolute web address: `https://example.com/hook`.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  lengthMax: 2048,
  read: webAddressFrom,
});

function textScalar({ name, description, specifiedByURL, lengthMax, read, write }: TextScalar): GraphQLScalarType<unknown, string> {
  const parse = (value: unknown, node?: ValueNode): unknown => {
    const parsed = typeof value === 'string' && value.length <= lengthMax ? read(value) : null;
    // The value is not repeated: it may be long, and it may be somebody's address.
    if (parsed === null)
      throw new GraphQLError(`This is no ${name}. ${description}`, { nodes: node ?? null, extensions: { code: 'BAD_USER_INPUT' } });
    return parsed;
  };
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL,
    serialize: write ?? (value => (typeof value === 'string' ? value : wrong(name, 'text'))),
    parseValue: value => parse(value),
    parseLiteral: node => parse(node.kind === Kind.STRING ? node.value : null, node),
  });
}

function momentFrom(text: string): Date | null {
  const moment = parsedBy(GraphQLDateTime, text);
  if (!isMoment(moment)) return null;
  const year = moment.getUTCFullYear();
  return year >= 1900 && year <= 2199 ? moment : null;
}

function webAddressFrom(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' ? text : null;
}

function parsedBy(scalar: GraphQLScalarType, text: string): unknown {
  try {
    return scalar.parseValue(text);
  } catch {
    return null;
  }
}

// By its shape and not by its class: a test runner has a Date of its own.
const isMoment = (value: unknown): value is Date => Object.prototype.toString.call(value) === '[object Date]';

function wrong(name: string, wanted: string): never {
  throw new TypeError(`A ${name} was answered that is not ${wanted}.`);
}
