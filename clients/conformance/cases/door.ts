/** At the gateway's door: who may ask, and how much. */
import type { Case } from '../case.ts';
import { faultsOf } from '../party.ts';

const VIEWER = '{ viewer { account role } }';
const QUIET = /node_modules|\bat \w+ \(|\.ts:\d|ECONN|https?:\/\//;

export const DOOR: readonly Case[] = [
  {
    id: 'D01',
    title: { zh: '没有令牌，或令牌被改动', en: 'No token, or one that was changed' },
    why: {
      zh: '学籍信息不对外提供，须先知道是谁在问；令牌差一个字符即不可信。',
      en: 'Nothing of a child is told to nobody in particular; a token that differs in one character says nothing.',
    },
    must: {
      zh: '答 401、UNAUTHENTICATED，并说明应带 Bearer 令牌；原令牌仍有效。',
      en: 'Answer 401 UNAUTHENTICATED and ask for a Bearer token, while the true one is taken.',
    },
    rule: 'design 6; Measure 1.4',
    async run({ school, check }) {
      const answer = await school.withToken(null).ask(VIEWER);
      check.same('status', answer.status, 401);
      check.same('code', faultsOf(answer), ['UNAUTHENTICATED']);
      check.same('www-authenticate', answer.headers.get('www-authenticate'), 'Bearer');
      check.same('data', answer.data, null);
      const spoilt = await school.withToken(school.spoiltToken).ask(VIEWER);
      check.same('changed', [spoilt.status, ...faultsOf(spoilt)], [401, 'UNAUTHENTICATED']);
      const own = await school.ask(VIEWER);
      check.same('role', (own.data?.['viewer'] as { role?: string } | null)?.role, 'PRIMARY_SCHOOL');
    },
  },
  {
    id: 'D03',
    title: { zh: '他人的业务', en: "Somebody else's acts" },
    why: {
      zh: '小学只能凭学籍号和出生日期精确查询，不能浏览学籍。',
      en: 'A school asks by number and birth date; it cannot look through records.',
    },
    must: {
      zh: '字段为空，错误 FORBIDDEN，其余照常。',
      en: 'Leave the field null with FORBIDDEN and answer the rest.',
    },
    rule: 'design 6; domain 1.4',
    async run({ school, check }) {
      const answer = await school.ask('{ records(first: 1) { nodes { id } } viewer { role } }');
      check.same('records', answer.data?.['records'], null);
      check.same('code', faultsOf(answer), ['FORBIDDEN']);
      check.same('path', answer.errors[0]?.path, ['records']);
      check.same('the rest', answer.data?.['viewer'], { role: 'PRIMARY_SCHOOL' });
    },
  },
  {
    id: 'D04',
    title: { zh: '写错的操作', en: 'An operation with a mistake' },
    why: {
      zh: '开发时常见；错误须能看懂，且不暴露内部。',
      en: 'It happens every day while a client is built; the answer helps and shows nothing of the inside.',
    },
    must: {
      zh: '答 400，附错误代码与请求号，不含堆栈或地址。',
      en: 'Answer 400 with a code and a request id, without stack or address.',
    },
    rule: 'design 3',
    async run({ school, check }) {
      const torn = await school.ask('{ resolveNumber(');
      check.same('torn: status', torn.status, 400);
      check.same('torn: code', faultsOf(torn), ['GRAPHQL_PARSE_FAILED']);
      const unknown = await school.ask('{ resolveNumberr { outcome } }');
      check.same('unknown field: status', unknown.status, 400);
      check.same('unknown field: code', faultsOf(unknown), ['GRAPHQL_VALIDATION_FAILED']);
      // The 30th of February is a mistake, not a child without a record.
      const day = 'query($day: LocalDate!) { resolveNumber(number: "L190101202002300001", bornOn: $day) { outcome } }'; // prettier-ignore
      const noDay = await school.ask(day, { day: '2020-02-30' });
      check.same('no such day', [noDay.status, ...faultsOf(noDay)], [400, 'BAD_USER_INPUT']);
      check.holds(
        'nothing of the inside',
        !QUIET.test(torn.text + unknown.text),
        'no stack, no address',
        'some of it',
      );
    },
  },
  {
    id: 'D05',
    title: { zh: '每次请求有自己的编号', en: 'Every request has an id' },
    why: {
      zh: '报告问题时以请求号为准，不必提供儿童信息。',
      en: 'A fault is reported by its id, and no child need be named.',
    },
    must: {
      zh: '响应头 x-request-id 与错误中的 requestId 相同，每次不同。',
      en: 'Put the same id into x-request-id and into the error, another one each time.',
    },
    rule: 'design 3',
    async run({ school, check }) {
      const [one, two] = [await school.ask('{ records(first: 1) { nodes { id } } }'), await school.ask('{ records(first: 1) { nodes { id } } }')]; // prettier-ignore
      const [first, second] = [one, two].map((answer) => answer.headers.get('x-request-id'));
      check.holds('there is one', Boolean(first), 'an id', first);
      check.same('in the error', one.errors[0]?.extensions?.requestId, first);
      check.holds('another one each time', first !== second, 'two ids', [first, second]);
    },
  },
  {
    id: 'D06',
    title: { zh: '操作的花费与每分钟额度', en: 'What an operation costs, and the budget of a minute' },
    why: {
      zh: '额度按操作的花费计算；客户端依响应头调整速度，就不会被拒绝。',
      en: 'Operations cost points; a client that reads the headers slows down before it is refused.',
    },
    must: {
      zh: '响应头给出花费，问得越多花费越大；启用额度时另给额度、余额与重置秒数，余额随之减少。',
      en: 'Tell the cost in a header, more for more; where budgets are on, tell limit, remaining and reset, and let remaining fall.',
    },
    rule: 'decisions 0055, 0056',
    async run({ school, check }) {
      const left = async (query: string) => {
        const { headers } = await school.ask(query);
        const number = (name: string) => Number(headers.get(name) ?? Number.NaN);
        return {
          ...{ cost: number('x-xueji-cost'), limit: number('ratelimit-limit') },
          ...{ remaining: number('ratelimit-remaining'), reset: number('ratelimit-reset') },
        };
      };
      const small = await left(VIEWER);
      const large = await left('{ takeOvers(first: 100) { nodes { id school { name } } } }');
      check.holds('more for more', small.cost > 0 && large.cost > small.cost, 'a growing cost', [
        small,
        large,
      ]);
      if (Number.isNaN(small.limit)) return;
      // A minute may end between two questions; then they are asked again.
      let [one, two] = [await left(VIEWER), await left(VIEWER)];
      if (two.remaining > one.remaining) [one, two] = [two, await left(VIEWER)];
      check.holds('it falls', two.remaining < one.remaining, `less than ${one.remaining}`, two.remaining);
      const within = one.remaining < one.limit && one.reset >= 1 && one.reset <= 60;
      check.holds('within the limit', within, 'remaining below the limit, 1 to 60 s', one);
    },
  },
  {
    id: 'D07',
    title: { zh: '过大的操作', en: 'An operation that is too large' },
    why: {
      zh: '一个请求不能耗尽为全国服务的系统。',
      en: 'No single request may use up what serves a country.',
    },
    must: {
      zh: '执行之前答 400、QUERY_LIMIT_EXCEEDED。',
      en: 'Refuse it with 400 QUERY_LIMIT_EXCEEDED before anything is done.',
    },
    rule: 'design 3',
    async run({ school, check }) {
      const many = Array.from({ length: 200 }, (_, i) => `v${i}: viewer { role }`).join(' ');
      const answer = await school.ask(`{ ${many} }`);
      check.same('status', answer.status, 400);
      check.same('code', faultsOf(answer), ['QUERY_LIMIT_EXCEEDED']);
      check.same('data', answer.data, null);
    },
  },
];
