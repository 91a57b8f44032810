package org.sharaka.node.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sharaka.node.platform.TestNode;
import org.springframework.web.util.HtmlUtils;

/**
 * Every page as a text browser reads it, from top to bottom, without style sheet, script or picture: lynx, w3m, and the
 * screen reader of an old phone.
 */
class TextBrowserIT {
    /** A control; its id; whether it is a choice, which its words follow. */
    private static final Pattern CONTROL =
            Pattern.compile("<(input|textarea|select)\\b([^>]*)>", Pattern.CASE_INSENSITIVE);

    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(type|id|name|href|for)=\"([^\"]*)\"");

    private static TestNode node;
    private static PortalProcess portal;

    @BeforeAll
    static void start() {
        node = TestNode.start();
        portal = PortalProcess.start(
                node.home(), Map.of("portal.port", "0", "portal.emergency-phone", "00", "portal.unit-phone", "000"));
    }

    @AfterAll
    static void stop() {
        if (portal != null) portal.close();
        if (node != null) node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "fr", "en", "es"})
    void everyPageReadsFromTopToBottom(String language) {
        Visitor visitor = new Visitor(portal.address(), language);
        for (String path : List.of("", "follow", "rights")) {
            visitor.get("/" + language + "/" + path);
            assertReads(visitor, language);
        }
        visitor.begin();
        assertReads(visitor, language);
        visitor.answer("danger", "yes", "money-left", "hours", "under-18", "yes", "phone-shared", "yes");
        // A text browser shows what must come first before what is asked.
        assertThat(text(visitor.body()).indexOf("00"))
                .as("the number to call stands above the questions")
                .isBetween(0, text(visitor.body()).indexOf("( )"));
        assertReads(visitor, language);
        visitor.answer();
        assertReads(visitor, language);
        visitor.answer("category", "RANSOMWARE", "role", "organisation");
        for (int i = 0; i < 6; i++) {
            assertReads(visitor, language);
            visitor.answer("amount", "10", "story", "told", "traces", "192.0.2.1");
        }
        assertReads(visitor, language);
        visitor.answer("truth", "yes");
        assertReads(visitor, language);
        String done = text(visitor.body());
        assertThat(done).contains(visitor.reference(), visitor.code());
        visitor.follow(visitor.reference(), visitor.code());
        assertReads(visitor, language);
    }

    private static void assertReads(Visitor visitor, String language) {
        String html = visitor.body();
        String text = text(html);
        String where = language + " " + visitor.page().uri() + "\n" + text;
        assertThat(html).as(where).contains("<html lang=\"" + language + "\"");
        assertThat(html.split("<h1", -1)).as("one main heading: " + where).hasSize(2);
        int heading = text.indexOf("# ");
        assertThat(heading).as(where).isNotNegative();
        // What stands on every page before the heading is short: leaving, the name, the languages.
        assertThat(text.substring(0, heading)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .count())
                .as("lines before the heading: " + where)
                .isLessThanOrEqualTo(12);
        assertThat(text).as(where).doesNotContain("??", "null", "th:");
        Matcher control = CONTROL.matcher(html);
        while (control.find()) {
            String attributes = control.group(2);
            String type = attribute(attributes, "type");
            if (type.equals("hidden")) continue;
            if (type.equals("radio") || type.equals("checkbox")) {
                assertThat(text(html.substring(control.end(), html.indexOf("</label>", control.end()))))
                        .as("words beside " + control.group() + " in " + where)
                        .isNotBlank();
            } else {
                assertThat(html).contains("<label for=\"" + attribute(attributes, "id") + "\"");
                assertThat(html.indexOf("<label for=\"" + attribute(attributes, "id") + "\""))
                        .as("the label is read before its control: " + control.group())
                        .isLessThan(control.start());
            }
        }
        for (String picture : html.split("<(?=img|svg)")) {
            if (!picture.startsWith("img") && !picture.startsWith("svg")) continue;
            assertThat(picture.substring(0, picture.indexOf('>'))).as(where).containsAnyOf("alt=", "aria-label=");
        }
    }

    private static String attribute(String attributes, String name) {
        Matcher matcher = ATTRIBUTE.matcher(attributes);
        while (matcher.find()) if (matcher.group(1).equals(name)) return matcher.group(2);
        return "";
    }

    /** In the order of the source, one line a block. */
    private static String text(String html) {
        String body = html.replaceFirst("(?s)^.*<body[^>]*>", "");
        String marked = body.replaceAll("(?s)<(script|style|svg)\\b.*?</\\1>", "")
                .replaceAll("<h1[^>]*>", "\n# ")
                .replaceAll("<h2[^>]*>", "\n## ")
                .replaceAll("<input[^>]*type=\"(radio|checkbox)\"[^>]*>", "( ) ")
                .replaceAll(
                        "<(p|li|div|section|nav|header|footer|legend|label|dt|dd|button|option|summary)\\b[^>]*>", "\n")
                .replaceAll("<[^>]*>", "");
        return HtmlUtils.htmlUnescape(marked).replaceAll("[ \\t]+", " ").replaceAll("\\n\\s*\\n+", "\n");
    }
}
