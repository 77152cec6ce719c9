import type { SmallSupergraph } from './small-supergraph';

/** Entities: what tells them apart, what they need of each other, who answers what. */
export const entities: readonly SmallSupergraph[] = [
  {
    feature: '@key',
    houses: {
      a: 'type Query { user: User users: [User!]! userById(id: ID!): User } type User @key(fields: "id") { id: ID! name: String }',
      b: 'type User @key(fields: "id") { id: ID! age: Int friends: [User] best: User! }',
    },
    operations: [
      '{ users { id name age } }',
      '{ user { name friends { name age } } }',
      '{ users { best { best { best { name age } } } } }',
      '{ a: user { name } b: user { age } }',
      '{ users { friends { friends { id } } n: name m: name } }',
      'query($id: ID!) { userById(id: $id) { id name age } }',
      '{ userById(id: "user-5") { name best { age name } } }',
      '{ users { __typename friends { __typename best { __typename } } } __typename }',
    ],
  },
  {
    feature: '@key, several',
    houses: {
      a: 'type Query { products: [Product] } type Product @key(fields: "id") @key(fields: "upc") { id: ID! upc: String! name: String }',
      b: 'type Product @key(fields: "upc") { upc: String! price: Int }',
      c: 'type Query { top: Product } type Product @key(fields: "id") { id: ID! stock: Int! similar: [Product!] }',
    },
    operations: [
      '{ products { name price stock } }',
      '{ top { price } }',
      '{ top { similar { price name upc } } }',
      '{ top { upc id } products { id } }',
      '{ products { similar { similar { price } } } }',
      '{ top { ...P similar { ...P } } } fragment P on Product { name price stock }',
      '{ products { x: price y: price z: stock } }',
      '{ top { similar { id } price } }',
    ],
  },
  {
    feature: '@key, compound and nested',
    houses: {
      a: `type Query { lists: [Item!] item: Item } type Item @key(fields: "id org { id }") { id: ID! org: Org! title: String }
          type Org @key(fields: "id") { id: ID! name: String }`,
      b: 'type Item @key(fields: "id org { id }") { id: ID! org: Org! @shareable weight: Int next: Item } type Org @key(fields: "id") { id: ID! size: Int }',
    },
    operations: [
      '{ lists { title weight } }',
      '{ item { weight next { title } } }',
      '{ item { next { next { weight title } } } }',
      '{ lists { org { name size } } }',
      '{ lists { weight org { id } next { org { name } } } }',
      '{ item { id title org { size } } }',
      '{ item { w: weight t: title } }',
      '{ lists { next { org { size name } } } }',
    ],
  },
  {
    feature: '@requires, chained',
    referenceLoses: true,
    houses: {
      a: 'type Query { parcels: [Parcel!] } type Parcel @key(fields: "id") { id: ID! weight: Int price: Int }',
      b: `type Parcel @key(fields: "id") { id: ID! weight: Int @external price: Int @external
          shipping: String @requires(fields: "weight price") heavy: String @requires(fields: "weight") }`,
      c: 'type Parcel @key(fields: "id") { id: ID! shipping: String @external label: String @requires(fields: "shipping") }',
    },
    operations: [
      '{ parcels { shipping } }',
      '{ parcels { label } }',
      '{ parcels { heavy shipping label weight price } }',
      '{ parcels { l: label s: shipping } }',
      '{ parcels { id label } }',
      '{ parcels { w: weight heavy } }',
      '{ a: parcels { heavy } b: parcels { label } }',
      'query($s: Boolean = true) { parcels { label @skip(if: $s) heavy } }',
    ],
  },
  {
    feature: '@requires of nested fields, with fragments',
    referenceLoses: true,
    houses: {
      a: `type Query { shops: [Shop!] } type Shop @key(fields: "id") { id: ID! owner: Owner! payment: Payment }
          type Owner { first: String last: String address: Address } type Address { city: String zip: String }
          union Payment = Card | Wire type Card { digits: String } type Wire { iban: String }`,
      b: `type Shop @key(fields: "id") { id: ID! owner: Owner! @external payment: Payment @external
          sign: String @requires(fields: "owner { first address { city } }")
          bill: String @requires(fields: "payment { ... on Card { digits } ... on Wire { iban } }") }
          type Owner { first: String @external address: Address @external } type Address { city: String @external }
          union Payment = Card | Wire type Card { digits: String @external } type Wire { iban: String @external }`,
    },
    operations: [
      '{ shops { sign } }',
      '{ shops { bill } }',
      '{ shops { sign bill id } }',
      '{ shops { owner { last } sign } }',
      '{ shops { owner { first address { zip } } sign } }',
      '{ shops { payment { ... on Card { digits } } bill } }',
      '{ shops { payment { __typename } sign bill } }',
      '{ shops { s: sign owner { a: address { c: city } } } }',
    ],
  },
  {
    feature: '@requires with arguments',
    houses: {
      a: 'type Query { goods: [Good!] } type Good @key(fields: "id") { id: ID! price(currency: String = "EUR"): String name: String }',
      b: 'type Good @key(fields: "id") { id: ID! price(currency: String = "EUR"): String @external stamp: String @requires(fields: "price(currency: \\"USD\\")") }',
    },
    // The reference sends the price in the currency that the client asked for: see differences.md.
    differs: ['{ goods { price stamp } }'],
    avoided: ['stamp'],
    operations: [
      '{ goods { stamp } }',
      '{ goods { stamp name } }',
      '{ goods { price } }',
      '{ goods { price(currency: "CHF") } }',
      '{ goods { a: price(currency: "CHF") b: price(currency: "USD") } }',
      'query($c: String) { goods { price(currency: $c) } }',
      '{ goods { p: price(currency: "GBP") stamp } }',
    ],
  },
  {
    feature: '@requires, circular',
    referenceLoses: true,
    houses: {
      a: `type Query { feed: [Post!] } type Post @key(fields: "id") { id: ID! author: Author! byNovice: String @requires(fields: "byExpert") byExpert: String @external }
          type Author @key(fields: "id") { id: ID! name: String }`,
      b: `type Post @key(fields: "id") { id: ID! author: Author! @external byExpert: String @requires(fields: "author { years }") }
          type Author @key(fields: "id") { id: ID! years: Int @shareable }`,
    },
    operations: [
      '{ feed { byExpert } }',
      '{ feed { byNovice } }',
      '{ feed { byNovice byExpert } }',
      '{ feed { author { name years } byNovice } }',
      '{ feed { id author { years } } }',
      '{ feed { author { id } byExpert } }',
      '{ a: feed { byNovice } b: feed { byExpert } }',
      '{ feed { x: byNovice } }',
    ],
  },
  {
    feature: '@provides',
    houses: {
      a: 'type Query { reviews: [Review!] } type Review @key(fields: "id") { id: ID! product: Product! @provides(fields: "name") text: String } type Product @key(fields: "id") { id: ID! name: String @external }',
      b: 'type Query { products: [Product!] } type Product @key(fields: "id") { id: ID! name: String price: Int review: Review } type Review @key(fields: "id") { id: ID! stars: Int }',
    },
    operations: [
      '{ reviews { product { name } } }',
      '{ reviews { product { name price } } }',
      '{ products { name review { product { name } } } }',
      '{ products { review { stars text } } }',
      '{ reviews { stars product { review { text } } } }',
      '{ reviews { a: product { name } b: product { price } } }',
      '{ products { review { product { id price } } } }',
      '{ reviews { product { n: name } text } }',
    ],
  },
  {
    feature: '@provides, nested and on unions and interfaces',
    houses: {
      a: `type Query { media: [Media] shown: [Shown!] } union Media = Book | Film
          interface Shown { id: ID! } type Book implements Shown @key(fields: "id") { id: ID! title: String @shareable author: Author }
          type Film implements Shown @key(fields: "id") { id: ID! title: String @shareable } type Author @key(fields: "id") { id: ID! name: String @shareable }`,
      b: `type Query { best: Book @provides(fields: "author { name }") }
          type Book @key(fields: "id") { id: ID! author: Author @external pages: Int } type Author @key(fields: "id") { id: ID! name: String @external }
          type Film @key(fields: "id") { id: ID! minutes: Int }`,
    },
    operations: [
      '{ media { ... on Book { title pages } ... on Film { minutes title } } }',
      '{ shown { id ... on Film { minutes } } }',
      '{ media { __typename } shown { __typename } }',
      '{ media { ... on Book { author { name } } } }',
      '{ shown { ... on Book { a: author { name } p: pages } } }',
      '{ media { ... on Shown { id } } }',
      '{ shown { ...B ...F } } fragment B on Book { title } fragment F on Film { title minutes }',
      '{ media { ... on Film { m: minutes } ... on Book { m: pages } } }',
    ],
  },
  {
    feature: '@shareable',
    houses: {
      a: 'type Query { me: Person @shareable one: Int @shareable } type Person @shareable { name: String age: Int } ',
      b: 'type Query { me: Person @shareable two: Int } type Person @shareable { name: String email: String }',
    },
    operations: [
      '{ me { name } }',
      '{ me { age email } }',
      '{ me { name age email } one two }',
      '{ a: me { age } b: me { email } }',
      '{ one two }',
      '{ me { __typename } }',
      '{ me { x: name y: email } }',
      'query A { one } ',
    ],
  },
  {
    feature: '@override',
    houses: {
      a: 'type Query { bills: [Bill] } type Bill @key(fields: "id") { id: ID! total: Int paid: Boolean }',
      b: 'type Bill @key(fields: "id") { id: ID! total: Int @override(from: "a") next: Bill }',
      c: 'type Bill @key(fields: "id") { id: ID! total: Int @external due: String @requires(fields: "total") }',
    },
    operations: [
      '{ bills { total } }',
      '{ bills { paid total } }',
      '{ bills { due } }',
      '{ bills { next { paid due } } }',
      '{ bills { next { next { total } } } }',
      '{ bills { t: total d: due } }',
      '{ bills { id } }',
      '{ bills { next { id total } paid } }',
    ],
  },
  {
    feature: 'null keys and entities that are not found',
    houses: {
      a: 'type Query { rows: [Row] nodeById(id: ID!): Row } type Row @key(fields: "id") { id: ID! code: String link: Row }',
      b: 'type Row @key(fields: "id") { id: ID! value: Int sure: Int! }',
    },
    operations: [
      '{ rows { value } }',
      '{ rows { sure code } }',
      '{ rows { link { value link { sure } } } }',
      '{ rows { link { link { link { id value } } } } }',
      '{ nodeById(id: "id-3") { value } }',
      '{ rows { code link { code } } }',
      '{ rows { a: link { value } b: link { sure } } }',
      '{ nodeById(id: "x") { code } }',
    ],
  },
];
