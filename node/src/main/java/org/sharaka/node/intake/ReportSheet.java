package org.sharaka.node.intake;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.ui.Model;

/** Fills the model of the parts of a report's page ({@code intake/parts}), for every page that shows a report. */
public final class ReportSheet {
    /** Rows of the table of identifiers; a report may hold ten thousand. */
    private static final int IDENTIFIERS_SHOWN = 500;

    private final Reception reception;

    ReportSheet(Reception reception) {
        this.reception = reception;
    }

    /**
     * @param contact if it was opened for this one showing
     * @param contactAction the address that opens it
     */
    public void fill(Model model, ReportView report, Optional<Contact> contact, String contactAction) {
        List<ReportedIdentifier> identifiers = report.identifiers();
        int shown = Math.min(identifiers.size(), IDENTIFIERS_SHOWN);
        model.addAttribute("report", report)
                .addAttribute("pieces", pieces(report))
                .addAttribute("identifiers", identifiers.subList(0, shown))
                .addAttribute("notShown", identifiers.size() - shown)
                .addAttribute("unrecognised", visible(report.notRecognised()))
                .addAttribute(
                        "labels",
                        report.labels().stream().map(MarkedNarrative::visible).toList())
                .addAttribute("language", report.language().orElse(null))
                .addAttribute(
                        "withdrawalReason",
                        report.withdrawal()
                                .map(withdrawal -> visible(withdrawal.reason()))
                                .orElse(""))
                .addAttribute("contact", contact.orElse(null))
                .addAttribute("contactAction", contactAction);
        report.occurredAt().ifPresent(at -> addDay(at, model));
    }

    /** A text of the public with what would act on a screen made visible; still to be escaped and isolated. */
    public static String visible(String text) {
        return MarkedNarrative.visible(text);
    }

    private List<MarkedNarrative.Piece> pieces(ReportView report) {
        return MarkedNarrative.pieces(
                report.narrative(), reception.mentions(report.narrative(), report.country()), report.identifiers());
    }

    private static List<NotRecognised> visible(List<NotRecognised> given) {
        return given.stream()
                .limit(IDENTIFIERS_SHOWN)
                .map(each -> new NotRecognised(each.kind(), visible(each.value()), each.reason()))
                .toList();
    }

    private static void addDay(OccurredAt at, Model model) {
        LocalDate day = at.day();
        model.addAttribute("occurredDay", day)
                .addAttribute("occurredYear", String.valueOf(day.getYear()))
                .addAttribute("occurredMonth", day.toString().substring(0, 7));
    }
}
