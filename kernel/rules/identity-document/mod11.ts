/** ISO 7064 MOD 11-2, the check of resident identity numbers (GB 11643) and of J record numbers. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';
const BODY_LENGTH = 17;

/** The check character that belongs behind 17 digits: '0' to '9' or 'X'. */
export function mod11Check(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(first17[place]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/** Do 18 characters end in their check character? */
export function hasMod11Check(number: string): boolean {
  return number.slice(BODY_LENGTH) === mod11Check(number.slice(0, BODY_LENGTH));
}
