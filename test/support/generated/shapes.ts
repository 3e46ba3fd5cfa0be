/** A graph of what ours has not: interfaces, unions, lists of lists, keys of several and of nested fields, @requires, @provides. */
import type { SubgraphText } from './subgraphs.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@provides"])\n';

export const SHAPES: readonly SubgraphText[] = [
  {
    name: 'children',
    sdl: `${LINK}
type Query {
  node(id: ID!): Node
  nodes(first: Int = 3): [Node!]!
  things: [Thing]
  maybe: Thing
  grid: [[Cell!]!]
  table: [[Int]!]
  parcel: Parcel
  parcels: [Parcel]
  place(near: Point): Place
  stuff: [Stuff!]
}
type Mutation { first(n: Int!): Parcel  second(n: Int!): Node }
input Point { x: Int! y: Int = 3 labels: [String!] }
interface Node { id: ID! label: String peer: Node }
interface Named implements Node { id: ID! label: String peer: Node name: String! }
type Person implements Node & Named @key(fields: "id") { id: ID! label: String peer: Node name: String! friends: [Person!] place: Place! }
type Robot implements Node @key(fields: "id") { id: ID! label: String peer: Node serial: Int! parts: [Thing!]! }
type Cell { x: Int! mood: Mood owner: Node parcel: Parcel! }
enum Mood { CALM LOUD }
union Thing = Person | Robot | Cell
union Stuff = Parcel | Place
type Parcel @key(fields: "id owner { id }") { id: ID! owner: Person! weight: Float size: Int! }
type Place @key(fields: "province city") { province: String! city: String! title: String @shareable }
`,
  },
  {
    name: 'institutions',
    sdl: `${LINK}
type Query { places: [Place!] favourite: Person @provides(fields: "nick") }
type Person @key(fields: "id") { id: ID! nick: String @external home: Place visits(first: Int): [[Place]] }
type Robot @key(fields: "id") { id: ID! charge: Float! home: Place! }
type Place @key(fields: "province city") { province: String! city: String! title: String @shareable people: [Person] height: Int }
`,
  },
  {
    name: 'records',
    sdl: `${LINK}
type Query { everybody: [Person!]! }
type Person @key(fields: "id") { id: ID! nick: String @shareable age: Int! boss: Person parcels: [Parcel!] }
type Parcel @key(fields: "id owner { id }") { id: ID! owner: Person! weight: Float @external size: Int! @external cost(times: Int = 2): Int @requires(fields: "weight size") label: String! @requires(fields: "size") }
type Place @key(fields: "province city") { province: String! city: String! mayor: Person }
`,
  },
];
