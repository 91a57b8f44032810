package org.sharaka.node.attachment;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code sharaka.attachment.*}.
 *
 * @param askAboveMegabytes a file that is larger is fetched only when an officer agrees
 * @param gigabytesPerMember what files of one member may take here, those on their way included
 * @param atOnce files that are fetched at once, of one member one; each needs some 15 MB of memory
 */
@ConfigurationProperties(prefix = "sharaka.attachment", ignoreUnknownFields = false)
record AttachmentSettings(
        @DefaultValue("2000") long askAboveMegabytes,
        @DefaultValue("500") long gigabytesPerMember,
        @DefaultValue("2") int atOnce) {
    private static final long MEGABYTE = 1_000_000;

    AttachmentSettings {
        if (askAboveMegabytes < 0)
            throw new IllegalArgumentException("sharaka.attachment.ask-above-megabytes is negative");
        if (gigabytesPerMember < 1)
            throw new IllegalArgumentException("sharaka.attachment.gigabytes-per-member is not positive");
        if (atOnce < 1 || atOnce > 16)
            throw new IllegalArgumentException("sharaka.attachment.at-once is not within 1 and 16");
    }

    boolean asksFor(long sizeBytes) {
        return sizeBytes > askAboveMegabytes * MEGABYTE;
    }

    long bytesPerMember() {
        return gigabytesPerMember * 1_000 * MEGABYTE;
    }
}
