package org.sharaka.node.portal;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.sharaka.node.platform.WebLanguage;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** The receipt as PDF, from the template {@code receipt}; in Arabic from right to left. Fetches nothing. */
final class ReceiptPdf {
    /** Laying out costs a tenth of a second of a core: a flood of requests must wait for its turn, not take every core. */
    private static final int AT_ONCE = 2;

    private static final long PATIENCE_SECONDS = 10;

    /** Arabic is read without them, and the library sets them beside their letters instead of above. */
    private static final String VOWEL_SIGNS = "[\\u064B-\\u0652]";

    private final ITemplateEngine templates;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    ReceiptPdf(ITemplateEngine templates) {
        this.templates = templates;
    }

    /** @throws IllegalStateException if no turn came in time */
    byte[] make(WebLanguage language, Map<String, Object> model) {
        String html = templates
                .process("receipt", new Context(language.locale(), model))
                .replaceAll(VOWEL_SIGNS, "");
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                throw new IllegalStateException("too many receipts at once");
            try {
                return render(html, language);
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static byte[] render(String html, WebLanguage language) {
        var out = new ByteArrayOutputStream();
        var builder = new PdfRendererBuilder();
        builder.useFastMode();
        builder.useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory());
        builder.useUnicodeBidiReorderer(new ICUBidiReorderer());
        builder.defaultTextDirection(language == WebLanguage.ARABIC ? TextDirection.RTL : TextDirection.LTR);
        builder.useFont(ReceiptPdf::font, "Noto Sans Arabic");
        builder.withHtmlContent(html, null);
        builder.toStream(out);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static InputStream font() {
        return Objects.requireNonNull(ReceiptPdf.class.getResourceAsStream("/fonts/NotoSansArabic-Regular.ttf"));
    }
}
