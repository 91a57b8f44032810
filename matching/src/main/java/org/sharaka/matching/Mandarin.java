package org.sharaka.matching;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chinese names in Latin letters: the same syllables written in Pinyin (ISO 7098), after Wade and Giles (still usual on Taiwan and in older
 * papers), or as an English ear writes them.
 */
final class Mandarin {
    /** Syllables of a given name, or of a family name, that are read; longer words are not Chinese names. */
    private static final int SYLLABLES_MAX = 3;

    private static final int SYLLABLE_LENGTH_MAX = 6;

    /** Initial and the finals that it has in Pinyin. */
    private static final String[] PINYIN = {
        " a ai an ang ao e ei en er ou",
        "b a ai an ang ao ei en eng i ian iao ie in ing o u",
        "p a ai an ang ao ei en eng i ian iao ie in ing o ou u",
        "m a ai an ang ao ei en eng i ian iao ie in ing iu o ou u",
        "f a an ang ei en eng o ou u",
        "d a ai an ang ao e ei eng i ian iao ie ing iu ong ou u uan ui un uo",
        "t a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
        "n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong u uan uo ue",
        "l a ai an ang ao e ei eng i ian iang iao ie in ing iu ong ou u uan un uo ue",
        "g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
        "k a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
        "h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
        "j i ia ian iang iao ie in ing iong iu u uan ue un",
        "q i ia ian iang iao ie in ing iong iu u uan ue un",
        "x i ia ian iang iao ie in ing iong iu u uan ue un",
        "zh a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
        "ch a ai an ang ao e en eng i ong ou u uai uan uang ui un uo",
        "sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
        "r an ang ao e en eng i ong ou u uan ui un uo",
        "z a ai an ang ao e ei en eng i ong ou u uan ui un uo",
        "c a ai an ang ao e en eng i ong ou u uan ui un uo",
        "s a ai an ang ao e en eng i ong ou u uan ui un uo",
        "y a an ang ao e i in ing ong ou u uan ue un",
        "w a ai an ang ei en eng o u"
    };

    /** Initials that an apostrophe, soon lost, tells apart after Wade and Giles; the rest are spelt as in Pinyin. */
    private static final String WADE_GILES_INITIALS =
            "b=p p=p d=t t=t g=k k=k zh=ch ch=ch j=ch q=ch x=hs z=ts c=ts r=j";

    private static final String WADE_GILES_FINALS = "ian=ien ie=ieh ong=ung iong=iung ue=ueh";
    private static final String WADE_GILES_WHOLE =
            "zi=tzu ci=tzu si=ssu zhi=chih chi=chih shi=shih ri=jih er=erh yi=i yan=yen ye=yeh yue=yueh yong=yung you=yu"
                    + " he=ho ke=ko ge=ko duo=to tuo=to luo=lo nuo=no zuo=tso cuo=tso suo=so zhuo=cho chuo=cho ruo=jo guo=kuo"
                    + " kuo=kuo gui=kuei kui=kuei ze=tse ce=tse se=se xiu=hsiu jiu=chiu qiu=chiu yuan=yuan";

    /** Family names of most Chinese, in Pinyin. Source: the hundred most usual family names by the census of 2010. */
    private static final String FAMILY =
            "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang"
                    + " deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng su wei lu ding ren shen yao cui"
                    + " zhong tan fan fang shi liao jia fu jin xia bai qin meng qiu hou gu shao mao long wan duan qian tang yin lai"
                    + " gong pang qiao kong hao yan ni xi hua chang mu";

    private static final Map<String, String> BY_PINYIN = new HashMap<>();
    private static final Map<String, String> BY_WADE_GILES = new HashMap<>();
    private static final Map<String, String> BY_EAR = new HashMap<>();
    private static final Set<String> FAMILIES = new HashSet<>();

    static {
        Map<String, String> initials = pairs(WADE_GILES_INITIALS);
        Map<String, String> finals = pairs(WADE_GILES_FINALS);
        Map<String, String> whole = pairs(WADE_GILES_WHOLE);
        for (String line : PINYIN) {
            String[] parts = line.split(" ");
            for (int i = 1; i < parts.length; i++) {
                String syllable = parts[0] + parts[i];
                String usual = initials.getOrDefault(parts[0], parts[0]) + finals.getOrDefault(parts[i], parts[i]);
                String wadeGiles = whole.getOrDefault(syllable, usual);
                // One written form, however it was spelt, so that the two systems meet.
                BY_PINYIN.put(syllable, wadeGiles);
                BY_WADE_GILES.put(wadeGiles, wadeGiles);
                if (wadeGiles.startsWith("tz")) BY_WADE_GILES.put("tz" + wadeGiles.substring(2), wadeGiles);
                String heard = byEar(parts[0]) + parts[i];
                BY_EAR.put(syllable, heard);
                BY_EAR.putIfAbsent(heard, heard);
            }
        }
        for (String family : FAMILY.split(" ")) {
            FAMILIES.add(family);
            String other = BY_PINYIN.get(family);
            if (other != null) FAMILIES.add(other);
            String heard = BY_EAR.get(family);
            if (heard != null) FAMILIES.add(heard);
        }
    }

    private Mandarin() {}

    /** The sounds that English readers do not keep apart, as one. */
    private static String byEar(String initial) {
        return switch (initial) {
            case "x", "sh" -> "sh";
            case "q", "ch" -> "ch";
            case "j", "zh" -> "j";
            case "z" -> "dz";
            case "c" -> "ts";
            default -> initial;
        };
    }

    /** Whether a word is a family name of many Chinese, in either spelling. */
    static boolean isFamily(String word) {
        return FAMILIES.contains(word);
    }

    /** Readings of a word that may be Chinese. */
    record Reading(
            @Nullable String pinyin,
            @Nullable String wadeGiles,
            @Nullable String byEar,
            int syllables) {
        /** One spelt in Pinyin, the other after Wade and Giles. */
        boolean sameAcross(Reading other) {
            return (pinyin != null && pinyin.equals(other.wadeGiles))
                    || (wadeGiles != null && wadeGiles.equals(other.pinyin));
        }

        /** Spelt as it sounds on one side. */
        boolean soundsLike(Reading other) {
            return byEar != null && byEar.equals(other.byEar);
        }
    }

    /** Null for a word that is no string of Chinese syllables. */
    static @Nullable Reading reading(String word) {
        if (word.length() > SYLLABLES_MAX * SYLLABLE_LENGTH_MAX) return null;
        String pinyin = parsed(word, 0, SYLLABLES_MAX, BY_PINYIN);
        String wadeGiles = parsed(word, 0, SYLLABLES_MAX, BY_WADE_GILES);
        String heard = parsed(word, 0, SYLLABLES_MAX, BY_EAR);
        String one = pinyin != null ? pinyin : wadeGiles != null ? wadeGiles : heard;
        if (one == null) return null;
        int syllables = 1;
        for (int i = 0; i < one.length(); i++) if (one.charAt(i) == ' ') syllables++;
        return new Reading(pinyin, wadeGiles, heard, syllables);
    }

    /** The longest syllables first, as Pinyin is read. */
    private static @Nullable String parsed(String word, int from, int syllables, Map<String, String> known) {
        if (from == word.length()) return "";
        if (syllables == 0) return null;
        for (int to = Math.min(word.length(), from + SYLLABLE_LENGTH_MAX); to > from; to--) {
            String syllable = known.get(word.substring(from, to));
            if (syllable == null) continue;
            String rest = parsed(word, to, syllables - 1, known);
            if (rest != null) return rest.isEmpty() ? syllable : syllable + " " + rest;
        }
        return null;
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : text.split(" ")) {
            int equals = pair.indexOf('=');
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }
}
