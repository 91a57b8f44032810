package org.sharaka.node.portal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page of the form: one group of questions. Which pages come, and in which order, follows from the answers before. */
enum Step {
    URGENT,
    KIND,
    MONEY,
    STORY,
    INCIDENT,
    WHO,
    YOU,
    CHECK;

    /** Under which its title stands in the messages: where only addresses are asked, nothing is to be told. */
    String key(ReportForm form) {
        return this == STORY && form.addressesOnly() ? "addresses" : name().toLowerCase(Locale.ROOT);
    }

    /** The pages of a report. Money that may still be stopped comes before the story. */
    static List<Step> of(ReportForm form) {
        var steps = new ArrayList<Step>(List.of(URGENT, KIND));
        boolean addressesOnly = form.addressesOnly();
        if (!addressesOnly && form.moneyMayBeStopped()) steps.add(MONEY);
        steps.add(STORY);
        if (!addressesOnly) {
            if (form.isOrganisation()) steps.add(INCIDENT);
            if (!form.moneyMayBeStopped() && form.speaksOfMoney()) steps.add(MONEY);
            steps.add(WHO);
        }
        steps.add(YOU);
        steps.add(CHECK);
        return steps;
    }

    /** The questions of this page. */
    List<Field> fields(ReportForm form) {
        return switch (this) {
            case URGENT -> List.of(Field.DANGER, Field.MONEY_LEFT, Field.CHILD, Field.UNDER_18, Field.PHONE_SHARED);
            case KIND -> List.of(Field.CATEGORY, Field.ROLE);
            case MONEY ->
                List.of(
                        Field.AMOUNT,
                        Field.CURRENCY,
                        Field.MONEY_DATE,
                        Field.MONEY_TIME,
                        Field.BANK,
                        Field.ACCOUNT_DEBITED,
                        Field.CARD,
                        Field.TRANSACTION_ID,
                        Field.RECIPIENT_NAME,
                        Field.RECIPIENT_ACCOUNT);
            case STORY ->
                form.addressesOnly()
                        ? List.of(Field.CONTENT_LINKS, Field.CONTENT_PLACE, Field.COUNTRY)
                        : List.of(Field.STORY, Field.DATE, Field.COUNTRY, Field.PLACE, Field.CONTACTED_BY);
            case INCIDENT ->
                List.of(
                        Field.ORGANISATION,
                        Field.SECTOR,
                        Field.SYSTEMS,
                        Field.SERVICES,
                        Field.ONGOING,
                        Field.AFFECTED,
                        Field.RANSOM,
                        Field.DATA_TAKEN,
                        Field.TRACES);
            case WHO ->
                List.of(
                        Field.SUSPECT_NAME,
                        Field.SUSPECT_PHONES,
                        Field.SUSPECT_EMAILS,
                        Field.SUSPECT_LINKS,
                        Field.SUSPECT_HANDLES,
                        Field.SUSPECT_CLAIMED);
            case YOU -> List.of(Field.IDENTITY, Field.NAME, Field.EMAIL, Field.PHONE, Field.FEMALE_OFFICER, Field.NEWS);
            case CHECK -> List.of(Field.TRUTH);
        };
    }
}
