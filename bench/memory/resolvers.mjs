/**
 * The same few resolvers over the rows in memory, as four subgraphs and as one schema: only how one type reaches
 * another differs, by a key or by the row itself.
 */
import { childOf, classOf, counts, institutionOf, recordOf, recordsFrom } from './rows.mjs';

const page = (_, { filter, first, after }) => {
  const nodes = recordsFrom(filter ?? {}, first, after);
  return { nodes, pageInfo: { hasNextPage: false, endCursor: null } };
};
const queries = {
  record: (_, { id }) => recordOf.get(id),
  records: page,
  enrolmentCounts: () => counts,
};
const placementOf = ({ enteredOn, classId, institutionCode }) => ({
  fromOn: enteredOn,
  classId,
  institutionCode,
});

/** A reference is copied, because the subgraph library writes into what it is given. */
const found = (rows, key) => (reference) => {
  const row = rows.get(reference[key]);
  return row && { ...row };
};

export const SUBGRAPH_RESOLVERS = {
  records: {
    Query: queries,
    Record: {
      __resolveReference: found(recordOf, 'id'),
      child: ({ childId }) => ({ id: childId }),
      institution: ({ institutionCode }) => ({ code: institutionCode }),
      placement: placementOf,
    },
    Placement: {
      class: ({ classId }) => ({ id: classId }),
      institution: ({ institutionCode }) => ({ code: institutionCode }),
    },
    EnrolmentCount: { region: ({ region }) => ({ code: region }) },
  },
  children: { Child: { __resolveReference: found(childOf, 'id') } },
  institutions: {
    Query: {
      // Accounts are asked for by the gateway, which lets nobody in that institutions does not know.
      accountStandings: (_, { names }) => names.map(standingOf),
      changedAccountStandings: () => [],
    },
    Mutation: { noteAccountUse: (_, { input }) => ({ noted: input.names.length }) },
    Institution: { __resolveReference: found(institutionOf, 'code') },
    Class: { __resolveReference: found(classOf, 'id') },
    Region: { __resolveReference: ({ code }) => ({ code, name: `县 ${code}` }) },
  },
  'primary-link': {},
};

export const MONOLITH_RESOLVERS = {
  Query: queries,
  Record: {
    child: ({ childId }) => childOf.get(childId),
    institution: ({ institutionCode }) => institutionOf.get(institutionCode),
    placement: placementOf,
  },
  Placement: {
    class: ({ classId }) => classOf.get(classId),
    institution: ({ institutionCode }) => institutionOf.get(institutionCode),
  },
  EnrolmentCount: { region: ({ region }) => ({ code: region, name: `县 ${region}` }) },
};

const standingOf = (name) => ({
  name,
  state: 'ACTIVE',
  role: name.startsWith('county') ? 'COUNTY' : 'MINISTRY_ANALYST',
  areaLevel: name.startsWith('county') ? 'COUNTY' : 'NATION',
  areaCode: name.startsWith('county') ? name.split('-')[1] : '000000',
  rights: [],
  opened: [],
  usedOn: null,
});
