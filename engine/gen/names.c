#include "gen/names.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "gen/random.h"

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof *(list)))

static const char *const first_syllables[] = {"安", "宁", "清", "泰", "永", "嘉", "平", "瑞", "云", "龙",
                                              "江", "临", "长", "武", "德", "景", "兰", "松", "青", "文",
                                              "仙", "建", "海", "慈", "余", "昌", "桐", "富", "玉", "天",
                                              "庆", "岱", "金", "新", "浦", "东", "常", "开", "遂", "岭"};
static const char *const city_syllables[] = {"州", "阳", "江", "海", "山", "川", "城", "溪", "湖",
                                             "兴", "华", "水", "波", "门", "台", "丘", "原", "港",
                                             "陵", "康", "春", "源", "中", "南", "林"};
static const char *const county_syllables[] = {"安", "善", "化", "宁", "和", "昌", "乐", "田", "游", "成",
                                               "泽", "义", "浦", "清", "顺", "岙", "桥", "塘", "埠", "坪",
                                               "浔", "元", "康", "居", "塔", "岩", "湾", "屏", "关"};
static const char *const surnames[] = {
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱",   "胡",
    "郭", "何", "林", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓",   "曹",
    "彭", "曾", "肖", "田", "董", "潘", "袁", "蔡", "蒋", "余", "于", "杜", "叶", "程",   "苏",
    "魏", "吕", "丁", "任", "沈", "姚", "卢", "姜", "崔", "钟", "谭", "陆", "汪", "欧阳", "诸葛"};
static const char *const male_given[] = {"伟", "强", "磊", "军", "杰", "涛", "明", "超", "浩",
                                         "宇", "轩", "博", "泽", "晨", "俊", "豪", "子", "文",
                                         "志", "建", "国", "鹏", "昊", "然", "睿", "航", "天",
                                         "逸", "辰", "嘉", "凯", "翔", "毅", "思", "远", "恒"};
static const char *const female_given[] = {"芳", "娜", "敏", "静", "丽", "艳", "婷", "雪", "琳",
                                           "欣", "怡", "涵", "梓", "雨", "诗", "梦", "佳", "思",
                                           "语", "萱", "悦", "颖", "洁", "玲", "慧", "倩", "瑶",
                                           "琪", "雯", "晓", "若", "彤", "可", "依", "宁", "月"};

enum { STEM = 16 }; /* bytes of two syllables and a NUL, with room to spare */

/** Pair `number` of the two lists, every pair once before any comes again: 7919 has no factor in common with
 * 40, 25 and 29. */
static void pair(uint64_t seed, uint32_t number, const char *const *second, uint32_t second_count,
                 char name[STEM]) {
  uint64_t all = (uint64_t)COUNT(first_syllables) * second_count;
  uint64_t at = (wuji_gen_mix(seed) % all + (uint64_t)number * 7919) % all;
  const char *first = first_syllables[at % COUNT(first_syllables)];
  (void)snprintf(name, STEM, "%s%s", first, second[at / COUNT(first_syllables)]);
}

void wuji_gen_city_name(uint64_t seed, uint32_t number, char name[WUJI_GEN_NAME]) {
  char stem[STEM];
  pair(seed, number, city_syllables, COUNT(city_syllables), stem);
  (void)snprintf(name, WUJI_GEN_NAME, "%s市", stem);
}

void wuji_gen_county_stem(uint64_t seed, uint32_t number, char stem[WUJI_GEN_NAME]) {
  pair(seed + 1, number, county_syllables, COUNT(county_syllables), stem);
}

void wuji_gen_county_name(const char *stem, uint64_t bits, char name[WUJI_GEN_NAME]) {
  static const char *const kinds[] = {"县", "县", "区", "区", "市"};
  (void)snprintf(name, WUJI_GEN_NAME, "%s%s", stem, kinds[wuji_gen_below(bits, COUNT(kinds))]);
}

enum { NUMERAL = 32 };

/** 1 … 999 in Chinese numerals. */
static void numeral(uint32_t number, char text[NUMERAL]) {
  static const char *const digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  uint32_t hundreds = number / 100 % 10;
  uint32_t tens = number / 10 % 10;
  uint32_t ones = number % 10;
  bool ten_alone = hundreds == 0 && tens == 1; /* 十二, not 一十二 */
  (void)snprintf(text, NUMERAL, "%s%s%s%s%s%s", hundreds > 0 ? digits[hundreds] : "",
                 hundreds > 0 ? "百" : "", hundreds > 0 && tens == 0 && ones > 0 ? "零" : "",
                 tens > 0 && !ten_alone ? digits[tens] : "", tens > 0 ? "十" : "",
                 ones > 0 ? digits[ones] : "");
}

void wuji_gen_school_name(const char *stem, uint32_t number, uint64_t bits, char name[WUJI_GEN_NAME]) {
  static const char *const kinds[] = {"中学", "实验中学", "外国语学校", "高级中学", "职工子弟中学"};
  /* A bare 实验中学 or 第二中学 is how many schools are called at home. */
  const char *place = number > 0 && wuji_gen_below(bits, 4) == 0 ? "" : stem;
  if (number % 2 == 0 && number / 2 < COUNT(kinds)) {
    (void)snprintf(name, WUJI_GEN_NAME, "%s%s", place, kinds[number / 2]);
  } else {
    char count[NUMERAL];
    numeral(number + 1, count);
    (void)snprintf(name, WUJI_GEN_NAME, "%s第%s中学", place, count);
  }
}

void wuji_gen_person_name(uint64_t bits, int female, char name[WUJI_GEN_NAME]) {
  const char *const *given = female ? female_given : male_given;
  uint32_t count = female ? COUNT(female_given) : COUNT(male_given);
  /* The common surnames stand first: the smaller of two draws makes them common. */
  uint32_t a = wuji_gen_below(bits, COUNT(surnames));
  uint32_t b = wuji_gen_below(bits << 16, COUNT(surnames));
  const char *second = (bits & 7) == 0 ? "" : given[(bits >> 8 & 0xFF) % count];
  (void)snprintf(name, WUJI_GEN_NAME, "%s%s%s", surnames[a < b ? a : b], given[(bits >> 24 & 0xFF) % count],
                 second);
}
