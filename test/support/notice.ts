import type { CalendarYear } from '../../kernel/rules/calendar-year.ts';

/** An invented notice: nobody has announced 2027 yet. Its New Year's Sunday is worked, which no real notice would do. */
export const noticeOf2027: CalendarYear = {
  year: 2027,
  notice: {
    title: '关于2027年部分节假日安排的通知（虚构）',
    number: '国办发明电〔2026〕999号',
    issuedOn: '2026-11-20',
  },
  holidays: [
    { name: '元旦', from: '2027-01-01', to: '2027-01-02' },
    { name: '春节', from: '2027-02-05', to: '2027-02-12' },
    { name: '清明节', from: '2027-04-03', to: '2027-04-05' },
    { name: '劳动节', from: '2027-05-01', to: '2027-05-05' },
    { name: '端午节', from: '2027-06-09', to: '2027-06-09' },
    { name: '中秋节', from: '2027-09-15', to: '2027-09-15' },
    { name: '国庆节', from: '2027-10-01', to: '2027-10-07' },
  ],
  makeUpDays: [
    '2027-01-03',
    '2027-01-31',
    '2027-02-14',
    '2027-04-25',
    '2027-05-08',
    '2027-09-26',
    '2027-10-09',
  ],
};
