/**
 * Messages of graphql-js quote what the caller sent, and that may be a child's name. A value can hold any
 * text, also what looks like the rest of the message; so nothing is cut out of a message, it is written anew
 * from parts that cannot be a value: words fixed here, and names that stand before the value or, where the
 * message ends with them, after it.
 */

interface Form {
  readonly reads: RegExp;
  /** `$1` and so on are names of the schema or of a variable. */
  readonly says: string;
}

const SCALARS = '(Int|Float|String|Boolean|ID|LocalDate|DateTime)';
const KINDS = '((?:non-integer |non 32-bit signed integer |non numeric |a non string |a non boolean )?)';

/** Scalars that quote a value as it is, so that it may look like any other end of the message. */
const RAW: readonly Form[] = [
  {
    reads: new RegExp(`; (?:Expected type "\\w+"\\. )?Value is not a valid ${SCALARS}: `),
    says: 'Value is not a valid $1.',
  },
  { reads: /; (?:Expected type "\w+"\. )?Value is not /, says: 'The value does not fit its type.' },
  { reads: /; (?:Expected type "\w+"\. )?(LocalDate|DateTime) cannot /, says: 'Value is not a valid $1.' },
];

/** Why a value does not fit, at the end of a message whose value has its quotes escaped: names may be kept. */
const AT_THE_END: readonly Form[] = [
  {
    reads: /; Expected non-nullable type "([\w[\]!]+)" not to be null\.$/,
    says: 'Expected non-nullable type "$1" not to be null.',
  },
  { reads: /; Expected type "(\w+)" to be an object\.$/, says: 'Expected type "$1" to be an object.' },
  {
    reads: /; Field "(\w+)" of required type "([\w[\]!]+)" was not provided\.$/,
    says: 'Field "$1" of required type "$2" was not provided.',
  },
  {
    reads:
      /" does not exist in "(\w+)" enum\.(?: Did you mean the enum value (?:"\w+"(?:, or |, | or )?)+\?)?$/,
    says: 'The value does not exist in "$1" enum.',
  },
];

/** Where the value ends the message only words fixed here may be kept. */
const IN_FIXED_WORDS: readonly Form[] = [
  {
    reads: new RegExp(`; ${SCALARS} cannot represent ${KINDS}value: `),
    says: '$1 cannot represent $2value.',
  },
  { reads: /; Enum "\w+" cannot represent /, says: 'The value does not exist in the enum.' },
  { reads: /; Field "[^]*" is not defined by type /, says: 'A field is not defined by its type.' },
];

const VARIABLE = /^Variable "\$(\w+)" got invalid value /;

/** Messages about literals: the value is at the end, and everything kept stands before it. */
const FROM_THE_START: readonly Form[] = [
  {
    reads: new RegExp(`^${SCALARS} cannot represent ${KINDS}value: [^]*`),
    says: '$1 cannot represent $2value.',
  },
  { reads: new RegExp(`^${SCALARS} cannot [^]*`), says: 'Value is not a valid $1.' },
  { reads: new RegExp(`^Value is not a valid ${SCALARS}: [^]*`), says: 'Value is not a valid $1.' },
  { reads: /^Value is not [^]*/, says: 'The value does not fit its type.' },
  { reads: /^Expected value of type "([^"]+)", found [^]*/, says: 'Expected value of type "$1".' },
  {
    reads: /^Value [^]* does not exist in "(\w+)" enum\.[^]*/,
    says: 'The value does not exist in the enum.',
  },
  { reads: /^Enum "(\w+)" cannot represent [^]*/, says: 'The value does not exist in "$1" enum.' },
  { reads: /^Argument "(\w+)" has invalid value [^]*/, says: 'Argument "$1" has an invalid value.' },
];

/** Punctuation the parser missed may be told; whatever else it met may be a value. */
const SYNTAX =
  /^(Syntax Error: (?:(?:Expected |, found |Unexpected |Name|String|BlockString|Int|Float|<EOF>|"[!$&()[\]{}:=|@.]{1,3}"))*)[^]*/;

/** The message without any value of the caller's. */
export function withoutValues(message: string): string {
  return rewritten(message).replace(PERSONAL_NUMBER, '…');
}

/** A phone, document or record number, also where a caller made it the name of a field. */
const PERSONAL_NUMBER = /\d{11,}[xX]?/g;

function rewritten(message: string): string {
  const variable = VARIABLE.exec(message)?.[1];
  if (variable !== undefined) return aboutVariable(variable, message);
  if (SYNTAX.test(message))
    return message.replace(SYNTAX, (_, kept: string) => `${kept.trimEnd().replace(/:$/, '')}.`);
  const form = FROM_THE_START.find(({ reads }) => reads.test(message));
  return form ? message.replace(form.reads, form.says) : message;
}

function aboutVariable(variable: string, message: string): string {
  const plain = `Variable "$${variable}" got an invalid value`;
  for (const { reads, says } of [...RAW, ...AT_THE_END, ...IN_FIXED_WORDS]) {
    const found = reads.exec(message);
    if (found) return `${plain}${placeIn(variable, message.slice(0, found.index))}; ${filled(says, found)}`;
  }
  return `${plain}.`;
}

/** Of a place only what can be one: the variable, names of letters, and places in lists. */
function placeIn(variable: string, before: string): string {
  const place = / at "(\w+)((?:\.[A-Za-z]+|\[\d{1,4}\])+)"(?:; Value "[^]*)?$/.exec(before);
  return place?.[1] === variable ? ` at "${variable}${place[2]}"` : '';
}

const filled = (says: string, found: RegExpExecArray) =>
  says.replace(/\$(\d)/g, (_, n: string) => found[Number(n)] ?? '');
