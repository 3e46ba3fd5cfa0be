/** Faults of a roster file, found before anything is sent. */
export const ROSTER_ERRORS = {
  FILE_TOO_LARGE: {
    zh: '文件不得超过 {max} MB，实际 {got} MB。',
    en: 'A file of at most {max} MB was expected, {got} MB came.',
  },
  FILE_NOT_READABLE: {
    zh: '文件无法读取：应为 .xlsx 或 .csv。',
    en: 'The file cannot be read: .xlsx or .csv was expected.',
  },
  FILE_TOO_MANY_ROWS: {
    zh: '最多 {max} 行，实际 {got} 行。',
    en: 'At most {max} rows are allowed, {got} came.',
  },
  COLUMN_MISSING: { zh: '缺少列：{column}。', en: 'The column {column} is missing.' },
  COLUMN_UNKNOWN: {
    zh: '未知列：{column}（仅提示，已忽略）。',
    en: 'Unknown column {column} (a warning only; it is ignored).',
  },
  COLUMN_TWICE: { zh: '列重复：{column}。', en: 'The column {column} occurs twice.' },
  MERGED_CELL: { zh: '不允许合并单元格（{range}）。', en: 'Merged cells are not allowed ({range}).' },
  FORMULA: { zh: '不允许公式，请粘贴为数值。', en: 'Formulas are not allowed; paste the value.' },
  ROW_TOO_WIDE: {
    zh: '表头有 {expected} 列，此行有 {got} 列，请检查逗号和引号。',
    en: 'The header has {expected} columns, this row has {got}; look at its commas and quotes.',
  },
  ROW_TOO_LONG: {
    zh: '一行最多 {max} 字节，请检查双引号是否成对。',
    en: 'A row of at most {max} bytes was expected; look for a double quote without a partner.',
  },
  QUOTE_UNPAIRED: {
    zh: '双引号不成对，此行及以后无法读取。',
    en: 'A double quote has no partner; this row and those after it cannot be read.',
  },
  TEXT_EXPECTED: {
    zh: '应为文本，实际是日期或逻辑值，请将单元格设为文本格式后重填。',
    en: 'Text was expected, a date or a truth value came; set the cell to text and type it again.',
  },
  ROW_EMPTY: { zh: '空行（仅提示，已跳过）。', en: 'An empty row (a warning only; it is skipped).' },
  DATE_AS_TEXT: {
    zh: '日期为文本，已按 {read} 理解（仅提示）。',
    en: 'The date is text; it was read as {read} (a warning only).',
  },
  DATE_NOT_UNDERSTOOD: {
    zh: '应为日期（如 2026-09-01），无法识别。',
    en: 'A date such as 2026-09-01 was expected; this one is not understood.',
  },
  VALUE_NOT_IN_LIST: { zh: '应为下列之一：{expected}。', en: 'One of these was expected: {expected}.' },
  DUPLICATE_IN_FILE: { zh: '与第 {row} 行重复。', en: 'This row repeats row {row}.' },
  NUMBER_AS_NUMBER: {
    zh: '证件号码须为文本格式，数字格式会丢失末位。',
    en: 'The document number must be text; a numeric cell loses its last digits.',
  },
} as const;
