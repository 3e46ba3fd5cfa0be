/** A place another institution has for a child whose kindergarten closes, offered by the closing one's county. */
export interface TransferOffer {
  readonly id: string;
  readonly recordId: string;
  /** The closing institution; the offer holds as long as the child is there. */
  readonly fromInstitutionCode: string;
  /** The county that offered it; whoever is in charge of the record now may take it back. */
  readonly countyCode: string;
  readonly institutionId: string;
  readonly institutionCode: string;
  readonly classId: string;
  readonly offeredAt: Date;
  readonly offeredBy: string;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
  readonly version: number;
}
