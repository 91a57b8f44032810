package org.sharaka.node.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.intake.Category;
import org.springframework.format.annotation.DateTimeFormat;

/** The list's filter as its form sends it; what is left empty does not filter. */
record CampaignFilterForm(
        @Nullable Category category,
        @Nullable String country,

        @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
        LocalDate from,

        @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
        LocalDate to,

        @Nullable CampaignState state,
        @Nullable Integer least,
        CampaignFilter.@Nullable Sort sort) {

    CampaignFilter filter() {
        return new CampaignFilter(
                Optional.ofNullable(category),
                Optional.ofNullable(country).filter(code -> !code.isBlank()),
                startOf(from),
                startOf(to == null ? null : to.plusDays(1)),
                Optional.ofNullable(state),
                least == null ? 2 : Math.max(2, least),
                sort == null ? CampaignFilter.Sort.LAST_SEEN : sort);
    }

    /** Whether anything but the order was asked for. */
    public boolean narrows() {
        return !filter().equals(new CampaignFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                2,
                filter().sort()));
    }

    private static Optional<Instant> startOf(@Nullable LocalDate day) {
        return Optional.ofNullable(day)
                .map(date -> date.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
