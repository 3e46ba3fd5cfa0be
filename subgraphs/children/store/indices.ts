interface Index {
  name: string;
  columns: string[];
  unique?: boolean;
}

/** Lists page by child within an area; "one document, one child" stands in a unique index, not in code. */
export const INDICES = {
  child: [{ name: 'child_likeness', columns: ['likeness'] }],
  identityDocument: [
    { name: 'identity_document_digest', columns: ['digest'], unique: true },
    { name: 'identity_document_child', columns: ['childId'] },
  ],
  childHolder: [
    { name: 'child_holder_institution', columns: ['institutionCode', 'childId'] },
    { name: 'child_holder_county', columns: ['countyCode', 'childId'] },
    { name: 'child_holder_city', columns: ['cityCode', 'childId'] },
    { name: 'child_holder_province', columns: ['provinceCode', 'childId'] },
  ],
  childChange: [
    { name: 'child_change_child', columns: ['childId', 'id'] },
    { name: 'child_change_county', columns: ['countyCode', 'id'] },
    { name: 'child_change_institution', columns: ['institutionCode', 'id'] },
  ],
} satisfies { [table: string]: Index[] };
