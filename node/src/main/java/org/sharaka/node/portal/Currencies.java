package org.sharaka.node.portal;

import java.util.Currency;
import java.util.List;

/** Currencies that the form offers, ISO 4217: the neighbourhood's and those that fraud moves in. */
final class Currencies {
    static final Currency USUAL = Currency.getInstance("MAD");
    static final List<String> CODES = List.of(
            "MAD", "EUR", "USD", "GBP", "CHF", "CAD", "DZD", "TND", "LYD", "MRU", "EGP", "SDG", "SAR", "AED", "QAR",
            "KWD", "BHD", "OMR", "JOD", "LBP", "IQD", "SYP", "YER", "DJF", "SOS", "KMF", "ILS", "TRY", "XOF", "XAF",
            "NGN", "GHS", "KES", "ZAR", "ETB", "CVE", "BRL", "MXN", "COP", "ARS", "CLP", "PEN", "CNY", "HKD", "JPY",
            "KRW", "INR", "PKR", "BDT", "IDR", "MYR", "PHP", "SGD", "THB", "VND", "RUB", "UAH", "PLN", "SEK", "NOK",
            "DKK", "AUD");

    private Currencies() {}
}
