import type { SmallSupergraph } from './small-supergraph';

const MEDIA = `interface Media @key(fields: "id") { id: ID! title: String }
  type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
  type Disc implements Media @key(fields: "id") { id: ID! title: String tracks: Int }`;

/**
 * Houses that know an interface as one type, mixed with everything else. The reference loses values here, so these are held
 * to what one house would answer that knows everything (one-house.ts).
 */
export const interfaceObjects: readonly SmallSupergraph[] = [
  {
    feature: '@interfaceObject reached through another entity',
    houses: {
      a: `type Query { media: [Media] } ${MEDIA}`,
      b: `type Media @key(fields: "id") @interfaceObject { id: ID! rating: Int reviews: [Review!] }
          type Review @key(fields: "id") { id: ID! text: String media: Media }`,
      c: `type Query { critics: [Critic] } type Critic @key(fields: "id") { id: ID! name: String best: Review favourite: Media }
          type Review @key(fields: "id", resolvable: false) { id: ID! } type Media @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }`,
    },
    operations: [
      '{ critics { best { media { title } } } }',
      '{ critics { best { media { ... on Book { pages } } } } }',
      '{ critics { best { media { __typename ... on Book { pages rating } ... on Disc { tracks } } } } }',
      '{ critics { favourite { rating } } }',
      '{ critics { favourite { ... on Disc { tracks reviews { text } } title } } }',
      '{ critics { favourite { ... on Book { reviews { media { ... on Disc { tracks } ... on Book { pages } } } } } } }',
      '{ media { reviews { media { ... on Book { title reviews { id } } } } } critics { best { media { id } } } }',
      '{ critics { name best { text media { ...M } } favourite { ...M } } } fragment M on Media { id ... on Book { pages } ... on Disc { rating } }',
      '{ critics { favourite { ... on Book { __typename } ... on Disc { id } } } }',
      '{ critics { x: favourite { t: __typename y: rating } best { media { ... on Media { ... on Book { p: pages } } } } } }',
    ],
  },
  {
    feature: '@interfaceObject in two houses, one requiring the other',
    houses: {
      a: `type Query { media: [Media] } ${MEDIA}`,
      b: 'type Media @key(fields: "id") @interfaceObject { id: ID! rating: Int }',
      c: `type Query { shelf: [Media!] } type Media @key(fields: "id") @interfaceObject { id: ID! rating: Int @external badge: String @requires(fields: "rating")
          next: Media }`,
    },
    operations: [
      '{ shelf { badge } }',
      '{ shelf { ... on Book { badge } } }',
      '{ shelf { ... on Book { badge pages } ... on Disc { rating } } }',
      '{ media { badge next { badge } } }',
      '{ shelf { next { ... on Disc { badge tracks next { title } } } } }',
      '{ media { ... on Book { next { rating ... on Book { pages } } } } }',
      '{ shelf { b: badge r: rating t: title } }',
      '{ shelf { __typename next { __typename next { __typename } } } }',
    ],
  },
  {
    feature: '@interfaceObject beside houses that know one of its types',
    houses: {
      a: `type Query { media: [Media] book: Book } ${MEDIA}`,
      b: 'type Media @key(fields: "id") @interfaceObject { id: ID! rating: Int similar: [Media!] }',
      c: `type Query { shop: [Offer!] } type Offer @key(fields: "id") { id: ID! price: Int book: Book disc: Disc }
          interface Media { id: ID! } type Book implements Media @key(fields: "id") { id: ID! isbn: String }
          type Disc implements Media @key(fields: "id") { id: ID! label: String }`,
    },
    operations: [
      '{ book { rating isbn title } }',
      '{ shop { book { rating title } disc { rating label } } }',
      '{ media { ... on Book { isbn rating } ... on Disc { label } } }',
      '{ shop { book { similar { ... on Disc { label tracks } ... on Book { isbn } } } } }',
      '{ media { similar { ... on Book { isbn pages } rating } } }',
      '{ book { similar { similar { __typename ... on Disc { label rating } } } } }',
      '{ shop { price disc { similar { title } } book { id } } }',
      '{ media { ...F similar { ...F } } } fragment F on Media { ... on Book { isbn } ... on Disc { label rating } }',
    ],
  },
  {
    feature: '@interfaceObject and unions of its types',
    houses: {
      a: `type Query { media: [Media] found: [Found!] } ${MEDIA} union Found = Book | Disc`,
      b: 'type Query { rated: [Media!] } type Media @key(fields: "id") @interfaceObject { id: ID! rating: Int best: Quote } type Quote { text: String of: Media }',
    },
    operations: [
      '{ found { ... on Book { rating pages } ... on Disc { rating } } }',
      '{ found { ... on Media { rating title } } }',
      '{ rated { best { of { ... on Book { pages } } } } }',
      '{ found { __typename ... on Media { best { text of { title } } } } }',
      '{ rated { ... on Disc { best { of { __typename ... on Disc { tracks } } } } } }',
      '{ rated { ... on Book { title } best { text } } }',
      '{ found { ... on Disc { best { of { rating } } } } rated { rating } }',
      '{ rated { a: best { of { ... on Book { title } } } b: best { of { ... on Disc { title } } } } }',
    ],
  },
  {
    feature: '@interfaceObject with arguments, lists of lists and mutations',
    houses: {
      a: `type Query { media(first: Int): [Media] grid: [[Media]] } ${MEDIA}`,
      b: `type Query { top: Media } type Mutation { rate(n: Int): Media clear: Int }
          type Media @key(fields: "id") @interfaceObject { id: ID! score(of: Int = 10): String rows: [[Media!]!] }`,
    },
    operations: [
      '{ grid { score } }',
      '{ grid { ... on Book { score(of: 5) pages } ... on Disc { score(of: 7) } } }',
      '{ top { rows { title ... on Disc { tracks } } } }',
      'mutation { rate(n: 1) { title score } }',
      'mutation { rate { ... on Book { pages } ... on Disc { tracks score(of: 3) } } clear }',
      'mutation { a: rate(n: 2) { rows { __typename } } b: rate(n: 4) { ... on Book { title } } }',
      '{ media(first: 2) { a: score(of: 1) b: score(of: 2) rows { ... on Book { score } } } }',
      'query($s: Boolean = true) { top { ... on Book @include(if: $s) { pages } score @skip(if: $s) title } }',
    ],
  },
  {
    feature: '@interfaceObject with a compound key, and several interfaces',
    houses: {
      a: `type Query { places: [Place] } interface Place @key(fields: "id code") { id: ID! code: String! name: String }
          interface Named { name: String }
          type City implements Place & Named @key(fields: "id code") { id: ID! code: String! name: String mayor: Person }
          type Lake implements Place & Named @key(fields: "id code") { id: ID! code: String! name: String depth: Int }
          type Person @key(fields: "id") { id: ID! name: String }`,
      b: `type Query { visited: [Place!] } type Place @key(fields: "id code") @interfaceObject { id: ID! code: String! visits: Int guide: Person }
          type Person @key(fields: "id") { id: ID! age: Int home: Place }`,
    },
    operations: [
      '{ visited { name visits } }',
      '{ visited { ... on City { mayor { name age } } } }',
      '{ places { visits guide { home { ... on Lake { depth visits } } } } }',
      '{ visited { ... on Named { name } ... on Lake { depth } } }',
      '{ places { ... on City { mayor { home { name visits } } visits } } }',
      '{ visited { guide { name home { __typename ... on City { code } } } } }',
      '{ visited { ... on Named { __typename ... on City { guide { age } } } } }',
      '{ places { __typename code } visited { c: code v: visits ... on Lake { guide { n: name } } } }',
    ],
  },
];
