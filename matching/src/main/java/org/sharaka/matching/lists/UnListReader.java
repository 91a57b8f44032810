package org.sharaka.matching.lists;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.Schema;

/** The consolidated list of the United Nations Security Council, as its XML is published. Neither document types nor entities are read. */
public final class UnListReader {
    private static final Set<String> NAME_PARTS = Set.of("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME");
    private static final int TEXT_MAX = 100_000;

    private final boolean originalScript;

    /** @param originalScript whether names in their original script are taken too; a bench leaves them out */
    public UnListReader(boolean originalScript) {
        this.originalScript = originalScript;
    }

    /**
     * Hands on each individual and entity; ids are {@code un-} and the data id.
     *
     * @throws IOException when the file cannot be read, is no such list or ends before its end
     */
    public ListReport read(InputStream in, Consumer<Entry> entries) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        Refusals refusals = new Refusals();
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            boolean list = false;
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) continue;
                String name = xml.getLocalName();
                list |= name.equals("CONSOLIDATED_LIST");
                if (!list) throw new IOException("not a consolidated list: begins with another element");
                if (name.equals("INDIVIDUAL")) one(xml, Schema.PERSON, entries, refusals);
                else if (name.equals("ENTITY")) one(xml, Schema.LEGAL_ENTITY, entries, refusals);
            }
            return refusals.report();
        } catch (XMLStreamException e) {
            throw new IOException(
                    "the list breaks off or is not XML at line "
                            + e.getLocation().getLineNumber(),
                    e);
        }
    }

    private void one(XMLStreamReader xml, Schema schema, Consumer<Entry> entries, Refusals refusals)
            throws XMLStreamException {
        Draft draft = new Draft(schema, originalScript);
        List<String> path = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String outer = xml.getLocalName();
        while (true) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                path.add(xml.getLocalName());
                text.setLength(0);
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                if (text.length() < TEXT_MAX) text.append(xml.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (path.isEmpty() && xml.getLocalName().equals(outer)) break;
                draft.take(path, text.toString().strip().replaceAll("\\s+", " "));
                path.remove(path.size() - 1);
                text.setLength(0);
            }
        }
        draft.finish(entries, refusals);
    }

    /** One entry under way. */
    private static final class Draft {
        private final Schema schema;
        private final boolean originalScript;
        private final StringBuilder name = new StringBuilder();
        private final Set<String> names = new LinkedHashSet<>();
        private final List<PartialDate> births = new ArrayList<>();
        private final Set<String> countries = new LinkedHashSet<>();
        private final Set<ExactKey> keys = new LinkedHashSet<>();
        private String id = "";
        private String date = "";
        private String from = "";
        private String to = "";
        private boolean circa;
        private String number = "";
        private String issuer = "";

        Draft(Schema schema, boolean originalScript) {
            this.schema = schema;
            this.originalScript = originalScript;
        }

        void take(List<String> path, String text) {
            String element = path.get(path.size() - 1);
            String parent = path.size() > 1 ? path.get(path.size() - 2) : "";
            if (element.equals("INDIVIDUAL_DATE_OF_BIRTH")) endOfBirth();
            else if (element.equals("INDIVIDUAL_DOCUMENT")) endOfDocument();
            if (text.isEmpty()) return;
            if (parent.isEmpty()) {
                if (element.equals("DATAID")) id = text;
                else if (NAME_PARTS.contains(element))
                    name.append(name.isEmpty() ? "" : " ").append(text);
                else if (element.equals("NAME_ORIGINAL_SCRIPT") && originalScript) names.add(text);
                return;
            }
            switch (parent) {
                case "NATIONALITY" -> Countries.code(text).ifPresent(countries::add);
                case "INDIVIDUAL_ALIAS", "ENTITY_ALIAS" -> {
                    if (element.equals("ALIAS_NAME")) alias(text);
                }
                case "INDIVIDUAL_DATE_OF_BIRTH" -> birth(element, text);
                case "INDIVIDUAL_DOCUMENT" -> {
                    if (element.equals("NUMBER")) number = text;
                    else if (element.equals("ISSUING_COUNTRY")
                            || (element.equals("COUNTRY_OF_ISSUE") && issuer.isEmpty())) issuer = text;
                }
                default -> {}
            }
        }

        private void alias(String text) {
            boolean latin = text.codePoints().noneMatch(c -> c > 0x24F && Character.isLetter(c) && c < 0x1E00);
            if (originalScript || latin) names.add(text);
        }

        private void birth(String element, String text) {
            switch (element) {
                case "DATE", "YEAR" -> date = text;
                case "FROM_YEAR" -> from = text;
                case "TO_YEAR" -> to = text;
                case "TYPE_OF_DATE" -> circa = text.equals("APPROXIMATELY");
                default -> {}
            }
        }

        private void endOfBirth() {
            String whole = from.isEmpty() || to.isEmpty() ? date : from + " to " + to;
            PartialDate.parse(circa ? "circa " + whole : whole).ifPresent(births::add);
            date = "";
            from = "";
            to = "";
            circa = false;
        }

        private void endOfDocument() {
            ExactKey.document(number, Countries.code(issuer).orElse("")).ifPresent(keys::add);
            number = "";
            issuer = "";
        }

        void finish(Consumer<Entry> entries, Refusals refusals) {
            List<String> all = new ArrayList<>();
            if (!name.isEmpty()) all.add(name.toString());
            all.addAll(names);
            if (id.isEmpty() || all.isEmpty()) {
                refusals.refuse(
                        id.isEmpty() ? "an entry" : "un-" + id, id.isEmpty() ? "has no data id" : "has no name");
                return;
            }
            entries.accept(new Entry("un-" + id, new Particulars(schema, all, births, countries, keys)));
            refusals.entry();
        }
    }
}
