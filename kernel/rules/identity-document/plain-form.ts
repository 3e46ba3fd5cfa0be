/** Documents whose number is known by its form only: travel permits, passports, certificates of birth. */
import { type UserError, userError } from '../user-errors.ts';
import { NUMBER_FIELD } from './holder.ts';

export type NumberCheck = (number: string) => UserError[];

/** Older prints carry two more digits, the count of issues. */
export const checkHkMacauPermit = ofForm(/^[HM]\d{8}(\d{2})?$/, 'H12345678 / M12345678');
export const checkTaiwanPermit = ofForm(/^\d{8}(\d{2})?$/, '12345678');
export const checkPassport = ofForm(/^[A-Z0-9]{5,20}$/, '5-20 × A-Z/0-9');
export const checkBirthCertificate = ofForm(/^[A-Z]\d{9}$/, 'A123456789');

function ofForm(form: RegExp, expected: string): NumberCheck {
  return (number) =>
    form.test(number) ? [] : [userError('DOCUMENT_FORM_WRONG', NUMBER_FIELD, { expected })];
}
