package org.sharaka.node.screening.roll;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.sharaka.node.screening.ScreeningProblem;

/** Which column of a file holds what, by the names that lists of passengers and guests give them in our four languages. */
final class RollColumns {
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern GAPS = Pattern.compile("[\\s_./-]+");

    private static final Set<String> WHOLE_NAME = Set.of(
            "name",
            "full name",
            "nom complet",
            "nom et prenom",
            "nom et prenoms",
            "nombre completo",
            "nombre y apellidos",
            "الاسم",
            "الاسم الكامل");

    /** Without a whole name these are joined, in the order of the file. */
    private static final Set<String> PART_OF_NAME = Set.of(
            "first name",
            "given name",
            "given names",
            "middle name",
            "last name",
            "family name",
            "surname",
            "prenom",
            "prenoms",
            "nom",
            "nom de famille",
            "nombre",
            "nombres",
            "apellido",
            "apellidos",
            "الاسم الشخصي",
            "الاسم العائلي");

    private static final Set<String> BIRTH = Set.of(
            "birth",
            "born",
            "birth date",
            "birthdate",
            "date of birth",
            "dob",
            "naissance",
            "date de naissance",
            "ne le",
            "nacimiento",
            "fecha de nacimiento",
            "تاريخ الميلاد",
            "تاريخ الازدياد");

    private static final Set<String> NUMBER = Set.of(
            "number",
            "document",
            "document number",
            "passport",
            "passport number",
            "id number",
            "numero",
            "passeport",
            "numero de passeport",
            "cin",
            "pasaporte",
            "numero de pasaporte",
            "numero de documento",
            "documento",
            "رقم الجواز",
            "رقم الوثيقة",
            "رقم البطاقة");

    private static final Set<String> REFERENCE = Set.of(
            "reference",
            "ref",
            "id",
            "seat",
            "booking",
            "badge",
            "siege",
            "reservation",
            "asiento",
            "reserva",
            "referencia",
            "المرجع");

    private final List<Integer> name;
    private final int birth;
    private final int number;
    private final int reference;

    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#ROLL_COLUMNS} */
    RollColumns(List<String> header) {
        List<String> titles = header.stream().map(RollColumns::plain).toList();
        int whole = first(titles, WHOLE_NAME);
        List<Integer> parts = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) if (PART_OF_NAME.contains(titles.get(i))) parts.add(i);
        name = whole >= 0 ? List.of(whole) : List.copyOf(parts);
        birth = first(titles, BIRTH);
        number = first(titles, NUMBER);
        reference = first(titles, REFERENCE);
        if (name.isEmpty() && number < 0)
            throw ScreeningProblem.ROLL_COLUMNS.because("the first line names no column of names and none of numbers");
    }

    private static int first(List<String> titles, Set<String> wanted) {
        for (int i = 0; i < titles.size(); i++) if (wanted.contains(titles.get(i))) return i;
        return -1;
    }

    private static String plain(String title) {
        String apart = Normalizer.normalize(title, Normalizer.Form.NFKD);
        String bare = MARKS.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
        return GAPS.matcher(bare).replaceAll(" ").strip();
    }

    RollRow row(List<String> fields) {
        StringBuilder whole = new StringBuilder();
        for (int part : name) whole.append(at(fields, part)).append(' ');
        return new RollRow(at(fields, reference), whole.toString().strip(), at(fields, birth), at(fields, number));
    }

    private static String at(List<String> fields, int column) {
        if (column < 0 || column >= fields.size()) return "";
        return fields.get(column).replace('\u0000', ' ').strip();
    }
}
