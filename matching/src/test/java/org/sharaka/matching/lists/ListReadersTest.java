package org.sharaka.matching.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Schema;

class ListReadersTest {
    private static final String UN = """
            <?xml version='1.0' encoding='UTF-8'?>
            <CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>QASIM</FIRST_NAME><SECOND_NAME>ZANJABILI</SECOND_NAME>
            <NAME_ORIGINAL_SCRIPT>قاسم الزنجبيلي</NAME_ORIGINAL_SCRIPT><NATIONALITY><VALUE>Morocco</VALUE></NATIONALITY>
            <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Abu Zubayr</ALIAS_NAME></INDIVIDUAL_ALIAS>
            <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
            <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X-1234567</NUMBER><ISSUING_COUNTRY>Morocco</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
            </INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>ZANJABIL TRADING</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>
            """;

    private final List<Entry> entries = new ArrayList<>();

    private ListReport un(String xml) throws IOException {
        return new UnListReader(true)
                .read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), entries::add);
    }

    @Test
    void theUnListGivesNamesDatesAndDocuments() throws IOException {
        assertThat(un(UN).entries()).isEqualTo(2);

        assertThat(entries.get(0).particulars().names())
                .containsExactly("QASIM ZANJABILI", "قاسم الزنجبيلي", "Abu Zubayr");
        assertThat(entries.get(0).particulars().births())
                .containsExactly(PartialDate.parse("1960 to 1962").orElseThrow());
        assertThat(entries.get(0).particulars().countries()).containsExactly("MA");
        assertThat(entries.get(0).particulars().keys())
                .containsExactly(new ExactKey(ExactKey.Kind.DOCUMENT, "X1234567", "MA"));
        assertThat(entries.get(1).particulars().schema()).isEqualTo(Schema.LEGAL_ENTITY);
    }

    @Test
    void aListThatBreaksOffIsRefused() {
        assertThatThrownBy(() -> un(UN.substring(0, UN.length() - 60))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> un("<html/>"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a consolidated list");
        assertThatThrownBy(() -> ofac("1,\"ZANJABIL\",\"individual\",\"X")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ofac("1,\"ZANJABIL\",-0- ,\"X\"\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ftm("{\"id\":\"a\",\"schema\":\"Person\",\"prop"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void externalEntitiesAreNotRead() {
        String hostile = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
                + "<CONSOLIDATED_LIST><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>&e;</FIRST_NAME></INDIVIDUAL></CONSOLIDATED_LIST>";

        assertThatThrownBy(() -> un(hostile)).isInstanceOf(IOException.class);
        assertThat(entries).isEmpty();
    }

    private ListReport ofac(String sdn) throws IOException {
        OfacReader reader = new OfacReader();
        reader.readOtherNames(new StringReader("7,1,\"aka\",\"ABU ZUBAYR\",-0- \n"));
        return reader.read(new StringReader(sdn), entries::add);
    }

    @Test
    void ofacGivesNamesAndWhatItsRemarksSay() throws IOException {
        ofac(
                "7,\"ZANJABILI, Qasim\",\"individual\",\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
                        + "\"DOB circa 1960; alt. DOB 03 May 1961; nationality Morocco; Passport X1234567 (Morocco); a.k.a. 'THE CLERK'.\"\n"
                        + "8,\"GOLDEN TAMARISK\",\"vessel\",\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,\"Panama\",-0- ,\"Vessel Registration Identification IMO 9074729.\"\n\u001a");

        assertThat(entries.get(0).particulars().names()).containsExactly("ZANJABILI, Qasim", "ABU ZUBAYR", "THE CLERK");
        assertThat(entries.get(0).particulars().births()).hasSize(2);
        assertThat(entries.get(0).particulars().keys())
                .containsExactly(new ExactKey(ExactKey.Kind.DOCUMENT, "X1234567", "MA"));
        assertThat(entries.get(1).particulars().schema()).isEqualTo(Schema.VESSEL);
        assertThat(entries.get(1).particulars().countries()).containsExactly("PA");
        assertThat(entries.get(1).particulars().keys()).containsExactly(new ExactKey(ExactKey.Kind.IMO, "9074729", ""));
    }

    private ListReport ftm(String json) throws IOException {
        return new FtmReader().read(new StringReader(json), entries::add);
    }

    @Test
    void followTheMoneyGivesEntitiesAndRefusesSingleBadLines() throws IOException {
        ListReport report = ftm("""
                        {"id":"a","schema":"Person","properties":{"name":["Qasim Zanjabili"],"alias":["Abu Zubayr"],"birthDate":["1960"],"nationality":["ma"]}}
                        not json
                        {"id":"b","schema":"Address","properties":{"full":["somewhere"]}}
                        {"id":"c","schema":"Vessel","caption":{"x":[1]},"properties":{"name":["Golden Tamarisk"],"imoNumber":["9074729"]}}
                        """);

        assertThat(report.entries()).isEqualTo(2);
        assertThat(report.refusals()).containsExactly("line 2: is no JSON object of an entity");
        assertThat(entries.get(0).particulars().names()).containsExactly("Qasim Zanjabili", "Abu Zubayr");
        assertThat(entries.get(0).particulars().countries()).containsExactly("MA");
        assertThat(entries.get(1).particulars().keys()).containsExactly(new ExactKey(ExactKey.Kind.IMO, "9074729", ""));
    }
}
