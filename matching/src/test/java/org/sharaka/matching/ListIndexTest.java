package org.sharaka.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Region;
import org.sharaka.matching.Finding.Property;
import org.sharaka.matching.Finding.Verdict;

class ListIndexTest {
    private static Entry person(String id, String birth, String... names) {
        List<PartialDate> births = PartialDate.parse(birth).map(List::of).orElse(List.of());
        return new Entry(id, new Particulars(Schema.PERSON, List.of(names), births, Set.of(), Set.of()));
    }

    private static List<Entry> entries() {
        return List.of(
                person("a", "1970-05-03", "Yasmine Tazerwalti", "ياسمين التازروالتي"),
                person("b", "1958", "Qasim bin Ahmad Zanjabili", "Abu Zubayr"),
                person("c", "", "Dmitri Volkodavov"),
                person("d", "1990-01-02", "Marie-Josèphe Delacrouzette"),
                new Entry("e", Particulars.named(Schema.VESSEL, "Golden Tamarisk 7")),
                new Entry("f", Particulars.named(Schema.COMPANY, "Nordquell Aktiengesellschaft")));
    }

    private static List<String> found(ListIndex index, Particulars asked) {
        return index.search(asked, NameComparator.THRESHOLD, 10).matches().stream()
                .map(PossibleMatch::id)
                .toList();
    }

    private static List<String> found(ListIndex index, String name) {
        return found(index, Particulars.named(Schema.PERSON, name));
    }

    @Test
    void aNameIsFoundInAnyScriptAndOrder() {
        ListIndex index = ListIndex.of(entries());

        assertThat(found(index, "TAZERWALTI Yasmin")).containsExactly("a");
        assertThat(found(index, "قاسم بن احمد الزنجبيلي")).containsExactly("b");
        assertThat(found(index, "Дмитрий Волкодавов")).containsExactly("c");
        assertThat(found(index, "mariejosephe delacrouzette")).containsExactly("d");
        assertThat(found(index, "marie josephe dela crouzette")).containsExactly("d");
        assertThat(found(index, "Helga Nobody")).isEmpty();
    }

    @Test
    void aNameInAlefMaksuraIsFoundByBothReadings() {
        ListIndex index = ListIndex.of(List.of(
                person("a", "", "سلوى القحصى"),
                person("b", "", "Nahma Zanjabili"),
                person("c", "", "Nahmi Tazerwalti")));

        assertThat(found(index, "Salwa Qahsa")).containsExactly("a");
        assertThat(found(index, "Salwah Qahsi")).containsExactly("a");
        assertThat(found(index, "سلوي القحصي")).containsExactly("a");
        assertThat(found(index, "نهمى الزنجبيلي")).containsExactly("b");
        assertThat(found(index, "نهمى التازروالتي")).containsExactly("c");
        assertThat(found(index, "نهمي الزنجبيل")).doesNotContain("c");
        assertThat(found(index, "Salim Qahsa")).isEmpty();
    }

    @Test
    void aPersonIsNoShip() {
        ListIndex index = ListIndex.of(entries());

        assertThat(found(index, Particulars.named(Schema.PERSON, "Golden Tamarisk 7")))
                .isEmpty();
        assertThat(found(index, Particulars.named(Schema.VESSEL, "Golden Tamarisk 7")))
                .containsExactly("e");
        assertThat(found(index, Particulars.named(Schema.LEGAL_ENTITY, "Nordquell AG")))
                .containsExactly("f");
    }

    @Test
    void aBirthThatContradictsWeighsAgainstAndAMissingOneOnlyALittle() {
        ListIndex index = ListIndex.of(entries());
        Particulars asked = Particulars.named(Schema.PERSON, "Yasmine Tazerwalti");

        PossibleMatch same =
                only(index, asked.born(PartialDate.parse("1970-03-05").orElseThrow()));
        PossibleMatch missing = only(
                index, Particulars.named(Schema.PERSON, "Dmitri Volkodavov").born(PartialDate.year(1960)));

        assertThat(found(index, asked.born(PartialDate.year(1999)))).isEmpty();
        assertThat(verdict(same, Property.BIRTH)).isEqualTo(Verdict.CLOSE);
        assertThat(verdict(missing, Property.BIRTH)).isEqualTo(Verdict.MISSING);
    }

    @Test
    void theSameDocumentIsSaidToBeTheSameNumberWhoeverBearsIt() {
        ListIndex index = ListIndex.of(entries());
        ExactKey passport = ExactKey.parse(IdentifierKind.PASSPORT, "AB 1234567", Region.of("MA"))
                .orElseThrow();
        index.put(new Entry(
                "g", Particulars.named(Schema.PERSON, "Samira Bouhlassa").with(passport)));

        PossibleMatch match = only(
                index,
                Particulars.named(Schema.PERSON, "Helga Nobody")
                        .with(ExactKey.document("ab-1234567", "").orElseThrow()));

        assertThat(match.kind()).isEqualTo(PossibleMatch.Kind.SAME_NUMBER);
        assertThat(verdict(match, Property.NUMBER)).isEqualTo(Verdict.AGREES);
        assertThat(verdict(match, Property.NAME)).isEqualTo(Verdict.CONTRADICTS);
        assertThat(found(
                        index,
                        Particulars.named(Schema.PERSON, "Helga Nobody")
                                .with(ExactKey.document("AB1234567", "FR").orElseThrow())))
                .isEmpty();
    }

    @Test
    void everyAnswerNamesAlgorithmAndList() {
        ListIndex index = ListIndex.of(entries());

        Answer answer = index.search(Particulars.named(Schema.PERSON, "?!"), NameComparator.THRESHOLD, 5);

        assertThat(answer.algorithm()).isEqualTo(Assessor.ALGORITHM);
        assertThat(answer.listHash()).isEqualTo(index.hash()).hasSize(64);
        assertThat(answer.problems()).containsEntry("?!", NameProblem.NO_LETTERS);
        assertThat(answer.matches()).isEmpty();
    }

    @Test
    void rareWordsAreMoreEvidenceThanCommonOnes() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 50; i++) entries.add(person("x" + i, "", "Samira Bouhlassa"));
        entries.add(person("rare", "", "Zohra Quiddelbaum"));
        ListIndex index = ListIndex.of(entries);

        double common = only(
                        ListIndex.of(entries.subList(49, 51)), Particulars.named(Schema.PERSON, "Samira Bouhlassa"))
                .evidence();
        double rare = only(index, Particulars.named(Schema.PERSON, "Zohra Quiddelbaum"))
                .evidence();
        double many = index.search(Particulars.named(Schema.PERSON, "Samira Bouhlassa"), .7, 1)
                .matches()
                .get(0)
                .evidence();

        assertThat(rare).isGreaterThan(many);
        assertThat(common).isPositive();
    }

    @Test
    void changesAreSeenAtOnceAndSurviveFolding() {
        ListIndex index = ListIndex.of(entries());
        index.put(person("a", "1970-05-03", "Zohra Quiddelbaum"));
        index.remove("c");
        index.put(person("h", "", "Samira Bouhlassa"));

        for (int turn = 0; turn < 2; turn++) {
            assertThat(found(index, "Yasmine Tazerwalti")).isEmpty();
            assertThat(found(index, "Zohra Quiddelbaum")).containsExactly("a");
            assertThat(found(index, "Dmitri Volkodavov")).isEmpty();
            assertThat(found(index, "Samira Bouhlassa")).containsExactly("h");
            assertThat(index.find("c")).isEmpty();
            assertThat(index.find("h")).isPresent();
            assertThat(index.size()).isEqualTo(6);
            index.compact();
            assertThat(index.changes()).isZero();
        }
    }

    @Test
    void theHashTellsTheEntriesAndNotHowTheyCameTogether() {
        Seeds.forEach(50, random -> {
            List<Entry> all = new ArrayList<>(entries());
            Collections.shuffle(all, random);
            ListIndex whole = ListIndex.of(entries());
            ListIndex grown = ListIndex.of(all.subList(0, 2));
            for (Entry entry : all) grown.put(entry);
            grown.put(person("z", "", "Samira Bouhlassa"));
            assertThat(grown.hash()).isNotEqualTo(whole.hash());
            grown.remove("z");
            assertThat(grown.hash()).isEqualTo(whole.hash());
            grown.compact();
            assertThat(grown.hash()).isEqualTo(whole.hash());
        });
    }

    @Test
    void whatIsStoredComesBackWhole() {
        ExactKey key = ExactKey.imo("IMO 9074729").orElseThrow();
        Entry entry = new Entry(
                "é:1",
                new Particulars(
                        Schema.VESSEL,
                        List.of("Golden Tamarisk", "الطرفاء الذهبية"),
                        List.of(
                                PartialDate.parse("circa 1960").orElseThrow(),
                                PartialDate.parse("1958 to 1963").orElseThrow()),
                        Set.of("MA", "FR"),
                        Set.of(key)));

        assertThat(ListIndex.of(List.of(entry)).find("é:1")).contains(entry);
    }

    @Test
    void atMostFiftyEntriesAreComparedHoweverManyShareAName() {
        Random random = new Random(1);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 5_000; i++)
            entries.add(person("x" + i, "", "Mohammed Ali " + (char) ('a' + random.nextInt(26)) + "assan"));
        ListIndex index = ListIndex.of(entries);

        assertThat(index.search(Particulars.named(Schema.PERSON, "Mohammed Ali Hassan"), .1, 50)
                        .candidates())
                .isLessThanOrEqualTo(ListIndex.CANDIDATES_MAX);
    }

    @Test
    void anImpossibleLimitIsRefused() {
        assertThatThrownBy(() -> ListIndex.of(List.of()).search(Particulars.named(Schema.PERSON, "x"), .7, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PossibleMatch only(ListIndex index, Particulars asked) {
        List<PossibleMatch> matches =
                index.search(asked, NameComparator.THRESHOLD, 10).matches();
        assertThat(matches).hasSize(1);
        return matches.get(0);
    }

    private static Verdict verdict(PossibleMatch match, Property property) {
        return match.findings().stream()
                .filter(finding -> finding.property() == property)
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void aWholeUpdateIsSeenAtOnceAndLeavesTheListOfAFreshLoad() {
        ListIndex index = ListIndex.of(entries());

        index.apply(
                List.of(person("c", "", "Sergej Krivoruchko"), person("g", "", "Awa Diakhate")), List.of("a", "none"));

        assertThat(found(index, "Dmitri Volkodavov")).isEmpty();
        assertThat(found(index, "Yasmine Tazerwalti")).isEmpty();
        assertThat(found(index, "Krivoruchko Sergei")).containsExactly("c");
        assertThat(found(index, "Awa Diakhate")).containsExactly("g");
        List<Entry> fresh = new ArrayList<>(entries());
        fresh.remove(0);
        fresh.set(1, person("c", "", "Sergej Krivoruchko"));
        fresh.add(person("g", "", "Awa Diakhate"));
        assertThat(index.hash()).isEqualTo(ListIndex.of(fresh).hash());
        assertThat(index.size()).isEqualTo(fresh.size());
        index.compact();
        assertThat(index.hash()).isEqualTo(ListIndex.of(fresh).hash());
        assertThat(index.changes()).isZero();
    }

    @Test
    void aVehicleMayBeAVesselAndNeverAPerson() {
        assertThat(Schema.VEHICLE.comparableWith(Schema.VESSEL)).isTrue();
        assertThat(Schema.VESSEL.comparableWith(Schema.AIRCRAFT)).isFalse();
        assertThat(Schema.VEHICLE.comparableWith(Schema.PERSON)).isFalse();
        assertThat(Schema.LEGAL_ENTITY.comparableWith(Schema.VEHICLE)).isFalse();
    }

    @Test
    void aSlipIsFoundAmongThousandsOfWordsThatSoundAlike() {
        String[] vowels = {"a", "e", "i", "o", "u", "ai", "ei", "ou", "au"};
        List<Entry> entries = new ArrayList<>();
        for (String first : vowels) {
            for (String second : vowels) {
                for (String third : vowels) {
                    for (String fourth : vowels) {
                        String family = "b" + first + "r" + second + "t" + third + "n" + fourth;
                        entries.add(person(family, "", "Yasmine " + family));
                    }
                }
            }
        }
        ListIndex index = ListIndex.of(entries);

        assertThat(best(index, "Yasmine baireitoun")).contains("baireitouna");
        assertThat(best(index, "Yasmine baireiouna")).contains("baireitouna");
        assertThat(best(index, "Yasmine baireitounak")).contains("baireitouna");
        assertThat(best(index, "Yasmine baireigouna")).contains("baireitouna");
    }

    private static List<String> best(ListIndex index, String name) {
        return index
                .search(Particulars.named(Schema.PERSON, name), NameComparator.THRESHOLD, ListIndex.CANDIDATES_MAX)
                .matches()
                .stream()
                .map(PossibleMatch::id)
                .toList();
    }
}
