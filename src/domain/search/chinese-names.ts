/** Chinese names of automakers by id. Search knows them whatever names the ledger holds. */
const CHINESE_NAMES: ReadonlyMap<string, string> = new Map([
  ['baic', '北汽'],
  ['byd', '比亚迪'],
  ['changan', '长安汽车'],
  ['chery', '奇瑞'],
  ['dongfeng', '东风汽车'],
  ['gac', '广汽'],
  ['geely', '吉利汽车'],
  ['gwm', '长城汽车'],
  ['jac', '江淮汽车'],
  ['leapmotor', '零跑汽车'],
  ['li-auto', '理想汽车'],
  ['lynkco', '领克'],
  ['nio', '蔚来'],
  ['saic', '上汽集团'],
  ['seres', '赛力斯'],
  ['xiaomi', '小米汽车'],
  ['xpeng', '小鹏汽车'],
  ['zeekr', '极氪'],
]);

export const chineseNameOf = (automaker: string): string | undefined => CHINESE_NAMES.get(automaker);
