import type { Kit } from '../../../kernel/store/kit.ts';

/** The columns as migration 1 creates them and the tables read them; what a later migration adds is a group of its own. */
export const child = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  name: kit.sealed('child.name'),
  sex: kit.text(10),
  bornOn: kit.date(),
  registeredBy: kit.text(10),
  likeness: kit.digest(),
  registeredAt: kit.instant(),
  version: kit.int(),
});

/** A column of the child until migration 3, and of its holders since: each states them for itself. */
export const origin = (kit: Kit) => ({
  nationality: kit.text(3),
  ethnicity: kit.text(2, { nullable: true }),
  householdRegion: kit.text(6, { nullable: true }),
});

export const identityDocument = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  childId: kit.id(),
  kind: kit.text(40),
  number: kit.sealed('identity_document.number', { nullable: true }),
  digest: kit.digest(),
  issuedBy: kit.text(100, { nullable: true }),
});

export const guardian = (kit: Kit) => ({
  childId: kit.id({ primary: true }),
  institutionCode: kit.text(10, { primary: true }),
  seq: kit.int({ primary: true }),
  relation: kit.text(20),
  name: kit.sealed('guardian.name'),
  phone: kit.sealed('guardian.phone', { nullable: true }),
});

const place = (kit: Kit) => ({
  provinceCode: kit.text(6),
  cityCode: kit.text(6, { nullable: true }),
  countyCode: kit.text(6),
});

export const childHolder = (kit: Kit) => ({
  childId: kit.id({ primary: true }),
  institutionCode: kit.text(10, { primary: true }),
  ...place(kit),
});

/** Added by migration 2. */
export const holding = (kit: Kit) => ({
  heldSince: kit.instant(),
  movedOn: kit.date({ nullable: true }),
  untilOn: kit.date({ nullable: true }),
});

/** Migration 2. */
export const childVersion = (kit: Kit) => ({
  childId: kit.id({ primary: true }),
  version: kit.int({ primary: true }),
  name: kit.sealed('child_version.name'),
  sex: kit.text(10),
  bornOn: kit.date(),
  documentKind: kit.text(40),
  documentNumber: kit.sealed('child_version.document_number', { nullable: true }),
  until: kit.instant(),
  applicationId: kit.id(),
  decidedBy: kit.text(80),
  institutionCode: kit.text(10),
});

/** Migration 3. */
export const childChange = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  childId: kit.id(),
  institutionCode: kit.text(10),
  ...place(kit),
  account: kit.text(80),
  at: kit.instant(),
  changed: kit.json(),
  ...origin(kit),
  guardians: sealedList(kit, 'child_change.guardians'),
});

/** Migration 4. */
export const institutionMoved = (kit: Kit) => ({
  institutionCode: kit.text(10, { primary: true }),
  seq: kit.int(),
});

/** Guardians as one sealed text: four of them with names of 100 characters. */
function sealedList(kit: Kit, column: string) {
  const sealed = kit.sealed(column, { characters: 1000 });
  const { to, from } = sealed.transformer as {
    to: (text: string) => Buffer;
    from: (raw: Uint8Array) => string;
  };
  const transformer = {
    to: (list: unknown) => to(JSON.stringify(list)),
    from: (raw: Uint8Array) => JSON.parse(from(raw)) as unknown,
  };
  return { ...sealed, transformer };
}
