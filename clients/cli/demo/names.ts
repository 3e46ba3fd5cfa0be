import type { Ethnicity } from '../../../kernel/rules/code-sets/ethnicity.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { Random, Weights } from './random.ts';

/** Names put together at random, in the forms a register meets: short, long, with the middle dot, with rare characters. */
export interface DemoName {
  readonly full: string;
  /** null where there is no family name to hand on. */
  readonly family: string | null;
}

const FAMILY: Weights<string> = [
  ['王', 70], ['李', 70], ['张', 66], ['陈', 60], ['刘', 50], ['杨', 34], ['黄', 30], ['沈', 28], ['吴', 26],
  ['徐', 26], ['周', 26], ['朱', 22], ['赵', 22], ['孙', 18], ['胡', 18], ['俞', 16], ['金', 15], ['郑', 14],
  ['林', 14], ['何', 14], ['郭', 12], ['马', 12], ['罗', 12], ['高', 11], ['宋', 10], ['姚', 10], ['钱', 10],
  ['叶', 10], ['方', 9], ['章', 9], ['邵', 8], ['潘', 8], ['董', 8], ['余', 8], ['汪', 7], ['许', 7], ['蒋', 7],
  ['韩', 6], ['冯', 6], ['谢', 6], ['唐', 6], ['曹', 6], ['邓', 5], ['程', 5], ['倪', 5], ['楼', 4], ['骆', 3],
  ['盛', 3], ['来', 2], ['裘', 2], ['欧阳', 2], ['诸葛', 1], ['上官', 1], ['司马', 1],
]; // prettier-ignore

const GIVEN: Readonly<Record<Sex, readonly string[]>> = {
  MALE: [...'宇轩子睿浩泽梓晨俊逸铭辰博文嘉佑沐恒景一诺承安奕霖皓煜书航知远星言屿川乐洲'],
  FEMALE: [...'梓涵欣怡诗语若汐雨桐沐瑶可馨一诺思妍书瑾安然念初芷晴星苒乐瑜青禾知夏语嫣'],
};

/** Beyond what old fonts and three-byte encodings hold: 㛃 extension A, 𠮷 extension B, 𬎆 extension E. */
const RARE = ['㛃', '𬎆', '𠮷', '堃', '喆', '䶮', '𣲘', '翀'];

/** One of these families' own traditions; a name with the dot is given name · father's name. */
const TURKIC: Readonly<Record<Sex, readonly string[]>> = {
  MALE: '努尔艾力 阿迪力 艾合买提江 买买提依明 伊力亚尔 阿卜杜外力 库尔班江 帕尔哈提'.split(' '),
  FEMALE: '阿依古丽 迪丽努尔 古丽娜孜 麦尔耶姆 热依汗古丽 佐拉古丽 祖丽菲亚 凯丽比努尔'.split(' '),
};
const TIBETAN: Readonly<Record<Sex, readonly string[]>> = {
  MALE: '扎西多吉 丹增尼玛 旦增平措 洛桑次仁 格桑顿珠'.split(' '),
  FEMALE: '德吉卓玛 央金拉姆 白玛措 次仁曲珍 仓决'.split(' '),
};
const MONGOL: Readonly<Record<Sex, readonly string[]>> = {
  MALE: '巴特尔 阿古达木 苏和 特木尔 那日苏'.split(' '),
  FEMALE: '苏日娜 其其格 乌云娜 萨仁图雅 娜仁花'.split(' '),
};
const FOREIGN_GIVEN: Readonly<Record<Sex, readonly string[]>> = {
  MALE: ['Oliver', 'Lukas', 'Min-jun', 'Haruto', 'Arjun', 'Émile', 'Seán'],
  FEMALE: ['Emma', 'Sofía', 'Seo-yeon', 'Hina', 'Ananya', 'Zoë', 'Léa'],
};
const FOREIGN_FAMILY = ['Example', 'Sample', 'Specimen', "O'Demo", 'Muster', 'Van der Probe', 'Dupont-Essai'];

export function nameOf(sex: Sex, ethnicity: Ethnicity | null, random: Random): DemoName {
  if (ethnicity === null) {
    return { full: `${random.pick(FOREIGN_GIVEN[sex])} ${random.pick(FOREIGN_FAMILY)}`, family: null };
  }
  const own = ownTradition(sex, ethnicity, random);
  return own === null ? chineseName(sex, random.weighted(FAMILY), random) : { full: own, family: null };
}

/** A guardian's name: the child's family name where it is handed on. */
export function guardianName(sex: Sex, child: DemoName, ethnicity: Ethnicity | null, random: Random): string {
  if (child.family === null) return nameOf(sex, ethnicity, random).full;
  return chineseName(sex, sex === 'MALE' ? child.family : random.weighted(FAMILY), random).full;
}

function ownTradition(sex: Sex, ethnicity: Ethnicity, random: Random): string | null {
  switch (ethnicity) {
    case '05':
    case '17':
      return turkicName(sex, random);
    case '04':
      return random.pick(TIBETAN[sex]);
    case '02':
      return random.pick(MONGOL[sex]);
    default:
      return null;
  }
}

/** Now and then with the grandfather's name behind: the longest names of the register. */
function turkicName(sex: Sex, random: Random): string {
  const parts = [random.pick(TURKIC[sex]), random.pick(TURKIC.MALE)];
  if (random.chance(0.1)) parts.push(random.pick(TURKIC.MALE));
  return parts.join('·');
}

function chineseName(sex: Sex, family: string, random: Random): DemoName {
  const given = random.chance(0.1)
    ? random.pick(GIVEN[sex])
    : random.pick(GIVEN[sex]) + random.pick(GIVEN[sex]);
  const rare = random.chance(0.006) ? random.pick(RARE) : null;
  return { full: family + (rare === null ? given : given.slice(1) + rare), family };
}
