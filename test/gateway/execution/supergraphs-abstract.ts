import type { SmallSupergraph } from './small-supergraph';

/** Interfaces, unions, enums, input types, and everything else that a schema may hold. */
export const abstract: readonly SmallSupergraph[] = [
  {
    feature: 'interfaces spread over houses',
    houses: {
      a: `type Query { nodes: [Node] root: Node } interface Node { id: ID! }
          type User implements Node @key(fields: "id") { id: ID! name: String } type Team implements Node @key(fields: "id") { id: ID! lead: User }`,
      b: 'type User @key(fields: "id") { id: ID! age: Int } type Team @key(fields: "id") { id: ID! size: Int members: [User!] }',
    },
    operations: [
      '{ nodes { id } }',
      '{ nodes { __typename ... on User { name age } ... on Team { size } } }',
      '{ root { ... on Team { members { name } lead { age } } } }',
      '{ nodes { ... on User { x: name } ... on Team { y: size x: __typename } } }',
      '{ nodes { ...N } } fragment N on Node { id ... on Team { lead { name age } } }',
      'query($s: Boolean = false) { nodes { ... on User @include(if: $s) { age } id } }',
      '{ nodes { ... on Team { members { age id } } } }',
      '{ root { id __typename } nodes { ... on Node { id } } }',
    ],
  },
  {
    feature: 'unions with different members',
    houses: {
      a: `type Query { found: [Found] } union Found = Page | Image type Page @key(fields: "id") { id: ID! text: String } type Image @key(fields: "id") { id: ID! url: String }
          type Holder @key(fields: "id") { id: ID! item: Found }`,
      b: `type Query { holders: [Holder] other: [Other] } type Holder @key(fields: "id") { id: ID! } union Other = Page | Video
          type Page @key(fields: "id") { id: ID! views: Int } type Video @key(fields: "id") { id: ID! length: Int } `,
    },
    operations: [
      '{ found { ... on Page { text views } ... on Image { url } } }',
      '{ other { ... on Page { text views } ... on Video { length } } }',
      '{ holders { item { __typename ... on Page { views } } } }',
      '{ holders { item { ... on Image { id url } } } }',
      '{ found { __typename } other { __typename } }',
      '{ found { ... on Page { v: text } ... on Image { v: url } } }',
      '{ holders { id } found { ...P } other { ...P } } fragment P on Page { text }',
      '{ a: holders { item { ... on Page { text } } } b: holders { item { ... on Page { views } } } }',
    ],
  },
  {
    feature: '@interfaceObject',
    referenceLoses: true,
    houses: {
      a: `type Query { media: [Media] } interface Media @key(fields: "id") { id: ID! title: String }
          type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int } type Disc implements Media @key(fields: "id") { id: ID! title: String tracks: Int }`,
      b: 'type Query { rated: [Media] } type Media @key(fields: "id") @interfaceObject { id: ID! rating: Int reviews: [Review!] } type Review { text: String media: Media }',
    },
    operations: [
      '{ media { title rating } }',
      '{ rated { rating } }',
      '{ rated { title rating } }',
      '{ rated { __typename id } }',
      '{ rated { ... on Book { pages } rating } }',
      '{ media { reviews { text media { title } } } }',
      '{ media { ... on Disc { tracks rating } ... on Book { rating } } }',
      '{ rated { reviews { media { id __typename } } } }',
    ],
  },
  {
    feature: '@interfaceObject with @requires',
    houses: {
      a: `type Query { things: [Thing] } interface Thing @key(fields: "id") { id: ID! weight: Int }
          type Ball implements Thing @key(fields: "id") { id: ID! weight: Int round: Boolean } type Cube implements Thing @key(fields: "id") { id: ID! weight: Int edge: Int }`,
      b: 'type Thing @key(fields: "id") @interfaceObject { id: ID! weight: Int @external fee: String @requires(fields: "weight") }',
    },
    operations: ['{ things { weight ... on Ball { round } } }', '{ things { __typename id ... on Cube { edge } } }'],
    avoided: ['fee'],
    // The reference asks for the fee without telling the weight that it requires: see differences.md.
    differs: [
      '{ things { fee } }',
      '{ things { fee weight } }',
      '{ things { ... on Ball { fee round } } }',
      '{ things { ... on Cube { edge } fee } }',
      '{ things { f: fee w: weight } }',
      '{ things { __typename fee } }',
      '{ a: things { fee } b: things { weight } }',
      '{ things { ...T } } fragment T on Thing { id fee }',
    ],
  },
  {
    feature: 'interface fields that differ by type',
    houses: {
      a: `type Query { shapes: [Shape] } interface Shape { id: ID! area(unit: String): String next: Shape }
          type Circle implements Shape @key(fields: "id") { id: ID! area(unit: String): String next: Shape radius: Float }
          type Square implements Shape @key(fields: "id") { id: ID! area(unit: String): String next: Circle side: Float! }`,
      b: 'type Circle @key(fields: "id") { id: ID! colour: Colour } type Square @key(fields: "id") { id: ID! colour: Colour } enum Colour { RED GREEN }',
    },
    operations: [
      '{ shapes { area next { area } } }',
      '{ shapes { area(unit: "m") ... on Circle { radius colour } } }',
      '{ shapes { ... on Circle { a: area(unit: "x") } ... on Square { a: area(unit: "y") } } }',
      '{ shapes { next { ... on Circle { colour } } ... on Square { colour } } }',
      '{ shapes { ... on Circle { next { v: area(unit: "1") } } ... on Square { next { v: area(unit: "2") colour } } } }',
      '{ shapes { next { next { next { id area } } } } }',
      '{ shapes { ... on Square { side } __typename } }',
      'query($u: String) { shapes { area(unit: $u) next { b: area(unit: $u) } } }',
    ],
  },
  {
    feature: 'enum and input intersections',
    houses: {
      a: `type Query { orders(where: Where, state: State): [Order!] echo(where: Where!): String } input Where { min: Int states: [State!] text: String }
          enum State { OPEN PAID } type Order @key(fields: "id") { id: ID! state: State }`,
      b: 'type Order @key(fields: "id") { id: ID! history(where: Where): [State2!] } input Where { min: Int text: String states: [State!] only: Int } enum State { OPEN PAID } enum State2 { NEW DONE }',
    },
    operations: [
      '{ orders { id state history } }',
      '{ orders(state: OPEN) { state } }',
      '{ orders(where: { min: 3, states: [OPEN, PAID] }) { history(where: { text: "a \\"b\\"" }) } }',
      'query($w: Where, $s: State = PAID) { orders(where: $w, state: $s) { id } }',
      'query($t: String!) { echo(where: { text: $t, states: OPEN }) }',
      '{ orders { a: history(where: { min: 1 }) b: history } }',
      'query($w: Where!) { echo(where: $w) orders(where: $w) { history(where: $w) } }',
      '{ orders(state: null) { id } }',
    ],
  },
  {
    feature: '@inaccessible',
    houses: {
      a: `type Query { cards: [Card] secret: Int @inaccessible pick: Pick } type Card @key(fields: "id") { id: ID! number: String @inaccessible label: String }
          union Pick = Card | Hidden type Hidden @inaccessible { x: Int } enum Level { LOW HIGH @inaccessible }`,
      b: 'type Card @key(fields: "id") { id: ID! number: String @external level: Level safe: String @requires(fields: "number") } enum Level { LOW HIGH @inaccessible }',
    },
    // A value of an enum that is hidden is null; only we say so in an error, wherever it stands.
    avoided: ['level'],
    operations: [
      '{ cards { label safe } }',
      '{ cards { level } }',
      '{ pick { ... on Card { label } } }',
      '{ pick { __typename } }',
      '{ cards { id safe level } pick { ... on Card { level } } }',
      '{ __type(name: "Hidden") { name } }',
      '{ __type(name: "Card") { fields { name } } }',
      '{ a: cards { safe } b: cards { label } }',
    ],
  },
  {
    feature: 'fed-1 style extensions',
    houses: {
      a: 'type Query { people: [Human] } type Human @key(fields: "id") { id: ID! name: String }',
      b: 'extend type Query { pets: [Pet] } extend type Human @key(fields: "id") { id: ID! @external pets: [Pet] } type Pet @key(fields: "id") { id: ID! owner: Human kind: String }',
    },
    operations: [
      '{ people { pets { kind } } }',
      '{ pets { owner { name } } }',
      '{ people { name pets { owner { name pets { kind } } } } }',
      '{ pets { kind owner { id } } people { id } }',
      '{ people { p: pets { o: owner { n: name } } } }',
      '{ pets { owner { pets { owner { name } } } } }',
      '{ __typename people { __typename } }',
      '{ people { pets { id } name } }',
    ],
  },
  {
    feature: '@skip and @include on anything',
    houses: {
      a: 'type Query { cars: [Car!] one: Car } type Car @key(fields: "id") { id: ID! make: String engine: Engine } type Engine { power: Int fuel: String }',
      b: 'type Car @key(fields: "id") { id: ID! seats: Int dealer: Dealer } type Dealer @key(fields: "id") { id: ID! city: String }',
      c: 'type Dealer @key(fields: "id") { id: ID! cars: [Car!] phone: String } type Car @key(fields: "id") { id: ID! }',
    },
    operations: [
      'query($yes: Boolean = true, $no: Boolean = false) { cars { make @include(if: $yes) seats @skip(if: $yes) id @include(if: $no) } }',
      'query($yes: Boolean = true) { cars @include(if: $yes) { make } one @skip(if: $yes) { make } }',
      'query($no: Boolean = false) { cars { dealer @include(if: $no) { city phone } make } }',
      'query($yes: Boolean = true) { cars { dealer @include(if: $yes) { city phone } } }',
      'query($yes: Boolean = true, $no: Boolean = false) { cars { ... @include(if: $yes) { seats ... @skip(if: $no) { make } } } }',
      'query($no: Boolean = false) { cars { ...C @include(if: $no) ...D } } fragment C on Car { make dealer { phone } } fragment D on Car { seats dealer { city } }',
      '{ cars { make @skip(if: true) seats @include(if: true) dealer @include(if: false) { city } } }',
      'query($yes: Boolean = true, $no: Boolean = false) { one { engine { power @skip(if: $yes) fuel @include(if: $no) } make @skip(if: $yes) make @include(if: $yes) } }',
      'query($no: Boolean = false) { cars @include(if: $no) { make } }',
      'query($yes: Boolean = true, $no: Boolean = false) { one @include(if: $yes) { dealer @skip(if: $no) { cars @include(if: $yes) { seats @skip(if: $no) } } } }',
    ],
  },
];
