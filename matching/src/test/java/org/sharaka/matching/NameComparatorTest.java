package org.sharaka.matching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sharaka.matching.NameComparison.Likeness;

class NameComparatorTest {
    private static final double THRESHOLD = NameComparator.THRESHOLD;
    private final NameComparator comparator = new NameComparator();

    private double person(String one, String other) {
        return comparator.score(PreparedName.of(Schema.PERSON, one), PreparedName.of(Schema.PERSON, other));
    }

    private double company(String one, String other) {
        return comparator.score(PreparedName.of(Schema.COMPANY, one), PreparedName.of(Schema.COMPANY, other));
    }

    private double vessel(String one, String other) {
        return comparator.score(PreparedName.of(Schema.VESSEL, one), PreparedName.of(Schema.VESSEL, other));
    }

    private NameComparison explained(Schema schema, String one, String other) {
        return comparator.compare(PreparedName.of(schema, one), PreparedName.of(schema, other));
    }

    @Test
    void caseAndDiacriticsDoNotMatter() {
        assertThat(person("Zoë Łukasiewicz-Ørneborg", "ZOE LUKASIEWICZ ORNEBORG"))
                .isEqualTo(1);
    }

    @Test
    void familyNameFirstIsTheSameName() {
        assertThat(person("TAZERWALTI, Yasmine", "Yasmine Tazerwalti")).isEqualTo(1);
        assertThat(person("Tazerwalti Yasmine", "Yasmine Tazerwalti")).isEqualTo(1);
    }

    @Test
    void spellingsOfAnArabicNameInLatinAreOneName() {
        assertThat(person("Mohammed Benkhadraoui", "Muhammad Bin Khadrawi")).isGreaterThan(THRESHOLD);
        assertThat(person("Abd el-Kader Tazerwalti", "Abdulqadir Tazirwalti")).isGreaterThan(THRESHOLD);
        assertThat(person("Saif al-Din Zitounabi", "Seifeddine Zitounaby")).isGreaterThan(THRESHOLD);
    }

    @Test
    void arabicScriptIsReadAsLatin() {
        assertThat(person("عبد الكريم الزنجبيلي", "Abdelkrim Zanjabili")).isGreaterThan(THRESHOLD);
        assertThat(person("أمين الله زنجبيلي", "Aminullah Zanjabili")).isGreaterThan(THRESHOLD);
    }

    @Test
    void aFinalAlefMaksuraIsSpokenA() {
        assertThat(person("سلوى الزنجبيلي", "Salwa Zanjabili")).isGreaterThan(THRESHOLD);
        assertThat(person("سلوى الزنجبيلي", "Salwà Zanjabili")).isGreaterThan(THRESHOLD);
        assertThat(person("سلوى الزنجبيلي", "Salwah Zanjabili")).isGreaterThan(THRESHOLD);
        assertThat(person("هدى التازروالتي", "Houda Tazerwalti")).isGreaterThan(THRESHOLD);
        assertThat(person("سميرة القحصى", "Samira al-Qahsa")).isGreaterThan(0.9);
        assertThat(person("ابو نهمى الزنجبيلي", "Abu Nahma Zanjabili")).isGreaterThan(0.9);
        assertThat(person("سلو\uFEF0 الزنجبيلي", "Salwa Zanjabili")).isGreaterThan(THRESHOLD);
        assertThat(person("سلوى الزنجبيلي", "Salim Zanjabili")).isLessThan(THRESHOLD);
        assertThat(person("سلوى الزنجبيلي", "Salua Tazerwalti")).isLessThan(THRESHOLD);
    }

    @Test
    void aFinalAlefMaksuraMayStandForYa() {
        assertThat(person("سميرة القحصى", "Samira Qahsi")).isGreaterThan(0.9);
        assertThat(person("سميرة القحصى", "Samira Qahsy")).isGreaterThan(THRESHOLD);
        assertThat(person("سميرة القحصى", "سميرة القحصي")).isEqualTo(1);
        assertThat(person("على القحصى", "Ali Qahsi")).isGreaterThan(0.9);
    }

    @Test
    void aFinalYaIsNotSpokenA() {
        assertThat(person("نحوي", "Nahwi")).isGreaterThan(THRESHOLD);
        assertThat(person("نحوي", "Nahwa")).isLessThan(THRESHOLD);
        assertThat(person("نحوى", "Nahwa")).isGreaterThan(THRESHOLD);
    }

    @Test
    void aKnownNameInYaIsNotSpokenAHoweverItIsWritten() {
        assertThat(person("على", "Ali")).isEqualTo(person("علي", "Ali"));
        assertThat(person("على", "Alaa")).isEqualTo(person("علي", "Alaa")).isLessThan(THRESHOLD);
    }

    @Test
    void aFinalAlefMaksuraHasBothReadingsBesideOtherScripts() {
        assertThat(person("نهمى", "Нахма")).isGreaterThan(THRESHOLD);
        assertThat(person("نهمى", "Нахми")).isGreaterThan(THRESHOLD);
        assertThat(person("نهمي", "Нахма")).isLessThan(THRESHOLD);
    }

    @Test
    void aFinalTaMarbutaOrAlefIsSpokenA() {
        assertThat(person("نهمة الزنجبيلي", "Nahma Zanjabili")).isGreaterThan(THRESHOLD);
        assertThat(person("نهمة الزنجبيلي", "Nahmah Zanjabili")).isGreaterThan(THRESHOLD);
        assertThat(person("نهمة الزنجبيلي", "Nahmat Zanjabili")).isGreaterThan(THRESHOLD);
        assertThat(person("نهما الزنجبيلي", "Nahma Zanjabili")).isGreaterThan(THRESHOLD);
        assertThat(person("نهماء الزنجبيلي", "Nahma Zanjabili")).isGreaterThan(THRESHOLD);
    }

    @Test
    void persianAndUrduLettersAreArabicLetters() {
        assertThat(person("محمدی کریم", "محمدي كريم")).isEqualTo(1);
        assertThat(person("پرویز گلابچی", "Parviz Golabchi")).isGreaterThan(THRESHOLD);
    }

    @Test
    void hebrewCyrillicAndGreekAreReadAsLatin() {
        assertThat(person("אברהם זלצברונר", "Avraham Zaltzbrunner")).isGreaterThan(THRESHOLD);
        assertThat(person("Дмитрий Волкодавов", "Dmitri Volkodavov")).isGreaterThan(THRESHOLD);
        assertThat(person("Ελένη Καραμπελιά", "Eleni Karampelia")).isGreaterThan(THRESHOLD);
    }

    @Test
    void otherScriptsAreReadToo() {
        assertThat(person("山田 花子", "Yamada Hanako")).isLessThan(THRESHOLD); // Kanji read as Chinese: known limit.
        assertThat(person("タナカ ハナコ", "Tanaka Hanako")).isGreaterThan(THRESHOLD);
    }

    @Test
    void aWordJoinedOrSplitIsTheSameName() {
        assertThat(person("MarieJosephe Delacrouzette", "Marie-Josèphe Delacrouzette"))
                .isGreaterThan(THRESHOLD);
        assertThat(person("mariejosephe delacrouzette", "Marie Josephe Delacrouzette"))
                .isGreaterThan(THRESHOLD);
        assertThat(person("yasminetazerwalti", "Yasmine Tazerwalti")).isGreaterThan(THRESHOLD);
    }

    @Test
    void anInitialStandsForItsNameAndForNoOther() {
        assertThat(person("Y. Tazerwalti", "Yasmine Tazerwalti")).isGreaterThan(THRESHOLD);
        assertThat(person("A. Tazerwalti", "Yasmine Tazerwalti")).isLessThan(THRESHOLD);
        assertThat(person("Yasmine B. Tazerwalti", "Yasmine C. Tazerwalti")).isLessThan(THRESHOLD);
        assertThat(person("Y.T.", "Yasmine Tazerwalti")).isLessThan(THRESHOLD);
    }

    @Test
    void nicknamesAndTranslatedGivenNamesAreTheName() {
        assertThat(person("Bill Hathersmoor", "William Hathersmoor")).isGreaterThan(THRESHOLD);
        assertThat(person("Ivan Hathersmoor", "John Hathersmoor")).isGreaterThan(THRESHOLD);
    }

    @Test
    void twoKnownGivenNamesAreNotSpellingsOfOneAnother() {
        assertThat(person("Ahmed Tazerwalti", "Mohamed Tazerwalti")).isLessThan(THRESHOLD);
        assertThat(person("Karl Hathersmoor", "Karin Hathersmoor")).isLessThan(THRESHOLD);
    }

    @Test
    void titlesAreNoNames() {
        assertThat(person("Sheikh Dr. Yasin Zanjabili", "Yasin Zanjabili")).isEqualTo(1);
        assertThat(person("الدكتور ياسين الزنجبيلي", "ياسين زنجبيلي")).isGreaterThan(0.95);
    }

    @Test
    void kunyaNasabAndArticlesMayComeAndGo() {
        assertThat(person("Yasin bin Omar al-Zanjabili", "Yasin Omar Zanjabili"))
                .isGreaterThan(0.95);
        assertThat(person("Sidi Ould Sabkhaoui", "Sidi Sabkhaoui")).isGreaterThan(THRESHOLD);
        assertThat(person("Fatima Ait Benhaddou", "Fatima Benhaddou")).isGreaterThan(THRESHOLD);
        assertThat(person("Abu Zubayr al-Zanjabili", "ابو زبير الزنجبيلي")).isGreaterThan(THRESHOLD);
    }

    @Test
    void aFatherIsNotHisSon() {
        assertThat(person("Ahmad bin Qasim Zanjabili", "Qasim bin Ahmad Zanjabili"))
                .isLessThan(THRESHOLD);
    }

    @Test
    void aMiddleNameLeftOutIsAnOmissionAndAnotherOneAContradiction() {
        NameComparison left = explained(Schema.PERSON, "Samira Tahiri Bouhlassa", "Samira Bouhlassa");
        NameComparison other = explained(Schema.PERSON, "Samira Tahiri Bouhlassa", "Samira Zohra Bouhlassa");

        assertThat(left.missing()).containsExactly("tahiri");
        assertThat(left.contradicting()).isEmpty();
        assertThat(left.score()).isGreaterThan(THRESHOLD);
        assertThat(other.missing()).isEmpty();
        assertThat(other.contradicting()).containsExactly("tahiri");
        assertThat(other.contradicted()).containsExactly("zohra");
        assertThat(other.score()).isLessThan(THRESHOLD);
    }

    @Test
    void everyPairOfWordsSaysWhyItIsOne() {
        NameComparison comparison = explained(Schema.PERSON, "Bill A. Tazerwalti", "William Andrew Tazerwalty");

        assertThat(comparison.pairs())
                .extracting(NameComparison.Pair::why)
                .containsExactlyInAnyOrder(Likeness.EQUIVALENT, Likeness.INITIAL, Likeness.SPELLING);
    }

    @Test
    void digitsThatLookLikeLettersAreRead() {
        assertThat(person("Y4smine Tazerw4lti", "Yasmine Tazerwalti")).isEqualTo(1);
    }

    @Test
    void aWordSaidTwiceIsSaidOnce() {
        assertThat(person("Samira Samira Bouhlassa", "Samira Bouhlassa")).isEqualTo(1);
    }

    @Test
    void legalFormsOfOneClassStandForEachOther() {
        assertThat(company("Nordquell Gesellschaft mit beschränkter Haftung", "Nordquell GmbH"))
                .isEqualTo(1);
        assertThat(company("Nordquell L.L.C.", "Nordquell Ltd.")).isEqualTo(1);
        assertThat(company("ANO Nordquell", "Nordquell LLC")).isLessThan(THRESHOLD);
    }

    @Test
    void aCountryInACompanysNameTellsItsBranch() {
        assertThat(company("Nordquell (Spain) SL", "Nordquell (Norway) AS")).isLessThan(THRESHOLD);
    }

    @Test
    void numbersInNamesMustAgreeHoweverTheyAreWritten() {
        assertThat(company("Third Lagoon Bank", "3rd Lagoon Bank")).isGreaterThan(THRESHOLD);
        assertThat(company("Lagoon Fund IV LP", "Lagoon Fund 4 LP")).isGreaterThan(THRESHOLD);
        assertThat(company("Lagoon Fund II LP", "Lagoon Fund III LP")).isLessThan(THRESHOLD);
        assertThat(vessel("Golden Tamarisk 7", "Golden Tamarisk 8")).isLessThan(THRESHOLD);
    }

    @Test
    void veryShortNamesMustBeExact() {
        assertThat(vessel("Rosa", "Rasa")).isLessThan(THRESHOLD);
        assertThat(company("BX Aviation", "BZ Aviation")).isLessThan(THRESHOLD);
        assertThat(person("Li", "Li")).isEqualTo(1);
        assertThat(person("Li Wu", "Lu Wei")).isLessThan(THRESHOLD);
    }

    @Test
    void oneWordOfALongNameIsNotThatName() {
        assertThat(person("Samira", "Samira Tahiri Bouhlassa Zohra"))
                .isLessThan(person("Samira Bouhlassa", "Samira Tahiri Bouhlassa Zohra"));
    }

    @Test
    void particlesMayHaveGrownIntoTheFamilyName() {
        assertThat(person("Ines de la Quintanilla", "Ines Delaquintanilla")).isGreaterThan(0.9);
        assertThat(person("Joost van der Zwaluwen", "Joost Vanderzwaluwen")).isGreaterThan(0.9);
        assertThat(person("Ines de la Quintanilla", "Ines Delahaye")).isLessThan(THRESHOLD);
    }

    @Test
    void pinyinAndWadeGilesSpellTheSameSyllables() {
        assertThat(person("Hsiao Ting-kuei", "Xiao Dinggui")).isGreaterThan(0.9);
        assertThat(person("Chou Tzu-chien", "Zhou Zijian")).isGreaterThan(0.9);
        assertThat(person("Xiao Dinggui", "Xiao Tingkui")).isLessThan(0.9);
        assertThat(person("Hsiao Ting-kuei", "Xiao Wenbo")).isLessThan(THRESHOLD);
    }

    @Test
    void chineseSyllablesSpeltByEarAreLessSure() {
        double byEar = person("Shiao Dinggui", "Xiao Dinggui");

        assertThat(byEar).isGreaterThan(THRESHOLD).isLessThan(person("Hsiao Dinggui", "Xiao Dinggui"));
    }

    @Test
    void foreignNamesInChineseAndJapaneseAreReadForTheirSound() {
        assertThat(person("罗伯特·马丁", "Robert Martin")).isGreaterThan(THRESHOLD);
        assertThat(person("ロバート・カーメン", "Robert Carmen")).isGreaterThan(THRESHOLD);
        assertThat(person("ロバート・カーメン", "Gerhard Winkler")).isLessThan(THRESHOLD);
    }

    @Test
    void aKoreanSyllableIsHalfAGivenName() {
        assertThat(person("민하준", "민하준")).isEqualTo(1);
        assertThat(person("민하준", "민하율")).isLessThan(THRESHOLD);
    }

    @Test
    void oneTextMayGiveTwoNames() {
        assertThat(person("Yasmine Tazerwalti alias Samira Bouhlassa", "Samira Bouhlassa"))
                .isGreaterThan(0.9);
        assertThat(company("Nordquell Front / Borealis League", "Borealis League"))
                .isGreaterThan(0.9);
        assertThat(company("Nordquell Front / Borealis League", "Lagoon League"))
                .isLessThan(THRESHOLD);
        assertThat(company("Nordquell A/S", "Nordquell ApS")).isGreaterThan(0.9);
    }

    @Test
    void theReasonsAreThoseOfTheNameThatWasMeant() {
        NameComparison comparison =
                explained(Schema.PERSON, "Yasmine Tazerwalti alias Samira Bouhlassa", "Samira Bouhlassa");

        assertThat(comparison.missing()).isEmpty();
        assertThat(comparison.score())
                .isEqualTo(comparator.score(
                        PreparedName.of(Schema.PERSON, "Samira Bouhlassa"),
                        PreparedName.of(Schema.PERSON, "Yasmine Tazerwalti alias Samira Bouhlassa")));
    }

    @Test
    void aSlipInALongLegalFormLeavesItALegalForm() {
        assertThat(company("Nordquell Aktiengesellschafft", "Nordquell AG")).isEqualTo(1);
        assertThat(company("Nordquell Incorporatd", "Nordquell Inc.")).isEqualTo(1);
        assertThat(company("Nordquell Corporate Studio", "Nordquell Inc.")).isLessThan(1);
    }

    @Test
    void wordsOfOrganisationsHaveOneMeaningInManyLanguages() {
        assertThat(company("Ministry of Defence of Syldavia", "Министерство обороны Сылдавии"))
                .isGreaterThan(THRESHOLD);
        assertThat(company("Islamic Front of Syldavia", "الجبهة الإسلامية في سلدافيا"))
                .isGreaterThan(THRESHOLD);
        assertThat(company("Volkodav Charitable Foundation", "Благотворительный фонд Волкодав"))
                .isGreaterThan(THRESHOLD);
        assertThat(company("Banque centrale d'Ostrovia", "Central Bank of Ostrovia"))
                .isGreaterThan(0.9);
        assertThat(company("Ministry of Defence of Syldavia", "Министерство здравоохранения Сылдавии"))
                .isLessThan(THRESHOLD);
    }

    @Test
    void tensWithASlipAreStillANumber() {
        assertThat(company("Brigade Fivty-two", "Brigade 52")).isGreaterThan(0.9);
        assertThat(company("Brigade Fivty-two", "Brigade 53")).isLessThan(THRESHOLD);
    }

    @Test
    void aNumberOrACountryThatOneSideLacksCountsAgainstAnOrganisation() {
        assertThat(company("Lagoon Harbour Lines II", "Lagoon Harbour Lines")).isLessThan(0.8);
        assertThat(company("Lagoon Harbour Lines Norway", "Lagoon Harbour Lines"))
                .isLessThan(company("Lagoon Harbour Lines Overseas", "Lagoon Harbour Lines"));
    }

    @Test
    void theSortOfAVesselIsNoPartOfItsName() {
        assertThat(vessel("M/V Golden Tamarisk", "Golden Tamarisk")).isEqualTo(1);
        assertThat(vessel("MT Golden Tamarisk 7", "Golden Tamarisk 8")).isLessThan(THRESHOLD);
    }

    @Test
    void familyNamesOfWomenAreThoseOfTheirFamilies() {
        assertThat(person("Elena Volkodavov", "Elena Volkodavova")).isGreaterThan(0.9);
        assertThat(person("Ivan Volkodavov", "Elena Volkodavova")).isLessThan(THRESHOLD);
        assertThat(person("Natalia Zubrovska", "Natalia Zubrovski")).isGreaterThan(0.9);
    }

    @Test
    void whatManyNamesEndInTellsNothing() {
        assertThat(person("Omar Jamsuddin", "Omar Jahabuddin")).isLessThan(THRESHOLD);
    }

    @Test
    void traditionalAndSimplifiedCharactersAreOneName() {
        assertThat(person("趙寶貝", "赵宝贝")).isEqualTo(1);
    }

    @Test
    void aCapitalLetterIsAnInitialWhereOthersAreSmall() {
        assertThat(person("A. D. Hathersmoor", "Agnes Dorothea Hathersmoor")).isGreaterThan(0.9);
        assertThat(person("A. D. Hathersmoor", "Agnes Walburga Hathersmoor")).isLessThan(THRESHOLD);
        assertThat(person("FERRONDO Y QUINTANAL PABLO", "Pablo Ferrondo Quintanal"))
                .isEqualTo(1);
    }

    @Test
    void anAcronymBehindANameStandsForIt() {
        assertThat(company("Lagoon Harbour Lines Syldavia (LHLS)", "LHLS")).isGreaterThan(0.9);
        assertThat(company("Lagoon Harbour Lines Syldavia (LHLS)", "Lagoon Harbour Lines Syldavia"))
                .isGreaterThan(0.9);
        assertThat(company("Lagoon Harbour Lines (Norway)", "Norway")).isLessThan(THRESHOLD);
    }

    @Test
    void aRomanLetterBehindAVesselsNameIsItsNumber() {
        assertThat(vessel("Golden Tamarisk V", "Golden Tamarisk 5")).isEqualTo(1);
        assertThat(vessel("Golden Tamarisk V", "Golden Tamarisk 6")).isLessThan(THRESHOLD);
    }
}
