package org.sharaka.node.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * A form read so that nobody loses what was typed to a wrong charset: in the charset that it names, else in UTF-8, with
 * U+FFFD for what is no text in it. The servlet container would refuse the whole form, and write the value into the log.
 */
final class PostedForm extends HttpServletRequestWrapper {
    /** Ours have a tenth of it. */
    private static final int FIELDS_MAX = 500;

    private final Map<String, String[]> fields;

    private PostedForm(HttpServletRequest request, Map<String, String[]> fields) {
        super(request);
        this.fields = fields;
    }

    static boolean is(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, MediaType.APPLICATION_FORM_URLENCODED_VALUE, 0, 33);
    }

    /** @param request whose body is of bearable length and was not read yet */
    static PostedForm read(HttpServletRequest request) throws IOException {
        Map<String, String[]> fields = new LinkedHashMap<>();
        String query = request.getQueryString();
        if (query != null) add(fields, query.getBytes(StandardCharsets.US_ASCII), StandardCharsets.UTF_8);
        add(fields, request.getInputStream().readAllBytes(), charset(request.getContentType()));
        return new PostedForm(request, Collections.unmodifiableMap(fields));
    }

    /** Of a name that comes twice the first counts. */
    private static void add(Map<String, String[]> fields, byte[] encoded, Charset charset) {
        int begin = 0;
        for (int end = 0; end <= encoded.length && fields.size() < FIELDS_MAX; end++) {
            if (end < encoded.length && encoded[end] != '&') continue;
            int equals = begin;
            while (equals < end && encoded[equals] != '=') equals++;
            String name = decoded(encoded, begin, equals, charset);
            String value = equals < end ? decoded(encoded, equals + 1, end, charset) : "";
            if (!name.isEmpty()) fields.putIfAbsent(name, new String[] {value});
            begin = end + 1;
        }
    }

    private static Charset charset(String contentType) {
        try {
            Charset named = MediaType.parseMediaType(contentType).getCharset();
            return named == null ? StandardCharsets.UTF_8 : named;
        } catch (InvalidMediaTypeException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** WHATWG URL standard, application/x-www-form-urlencoded: a percent sign that begins nothing stands for itself. */
    private static String decoded(byte[] body, int begin, int end, Charset charset) {
        var bytes = new ByteArrayOutputStream(end - begin);
        for (int i = begin; i < end; i++) {
            int high = digit(body, i + 1, end);
            int low = digit(body, i + 2, end);
            if (body[i] == '%' && high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(body[i] == '+' ? ' ' : body[i]);
            }
        }
        return bytes.toString(charset);
    }

    private static int digit(byte[] body, int at, int end) {
        return at < end ? Character.digit(body[at], 16) : -1;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = fields.get(name);
        return values == null ? null : values[0];
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return fields;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(fields.keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = fields.get(name);
        return values == null ? null : values.clone();
    }
}
