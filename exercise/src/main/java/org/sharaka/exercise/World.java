package org.sharaka.exercise;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Invented banks and brands, and the money of each country. None of the names belongs to a company we could find. */
final class World {
    static final List<String> BANKS = List.of(
            "Banque Horizon Atlas",
            "Crédit Zellige",
            "Union Tamazirt Bank",
            "Northmoor Bank",
            "Banco Almadraba",
            "Caja Veleta",
            "Banque du Cap Nord-Est",
            "Savanna Mutual Bank");

    static final List<String> BRANDS = List.of(
            "AtlasColis",
            "RapidoPaq",
            "Tamazpost",
            "SwiftHopper",
            "PaqLuna",
            "Colizea",
            "Orientexpress24",
            "Luminaretail",
            "Orbisia",
            "Kastelmar",
            "Zellijshop",
            "Vortanix",
            "Medinavolt",
            "Quantorafin",
            "Nordpaket",
            "Safarimart",
            "Dunetel",
            "Velamarket");

    /** The victims' own bank, which half of them mention: its line and site must not join anybody's report to another. */
    static final String HUB_BANK = "Banque Horizon Atlas";

    static final String HUB_SITE = "https://www.horizon-atlas-banque.example";

    private static final Map<String, String> CURRENCIES = Map.ofEntries(
            Map.entry("MA", "MAD"),
            Map.entry("FR", "EUR"),
            Map.entry("BE", "EUR"),
            Map.entry("ES", "EUR"),
            Map.entry("IE", "EUR"),
            Map.entry("GB", "GBP"),
            Map.entry("EG", "EGP"),
            Map.entry("TN", "TND"),
            Map.entry("JO", "JOD"),
            Map.entry("MR", "MRU"),
            Map.entry("SN", "XOF"),
            Map.entry("CI", "XOF"),
            Map.entry("KE", "KES"),
            Map.entry("GH", "GHS"),
            Map.entry("NG", "NGN"),
            Map.entry("UG", "UGX"),
            Map.entry("CO", "COP"));

    private World() {}

    static String currency(String country) {
        return CURRENCIES.getOrDefault(country, "EUR");
    }

    /** A loss that is believable in the currency. */
    static long loss(String currency, Chance chance) {
        double euros = 20 + 4000 * Math.pow(chance.share(), 3);
        double rate =
                switch (currency) {
                    case "MAD" -> 10.5;
                    case "EGP", "MRU" -> 45;
                    case "TND" -> 3.3;
                    case "XOF" -> 655;
                    case "KES" -> 140;
                    case "GHS" -> 12;
                    case "NGN" -> 1600;
                    case "UGX", "COP" -> 4200;
                    default -> 1;
                };
        long step = rate > 100 ? 1000 : 10;
        return Math.max(step, Math.round(euros * rate / step) * step);
    }

    /** As people write an amount: with and without spaces, with the popular name of the money. */
    static String amount(long amount, String currency, Voice voice, Chance chance) {
        String digits = chance.odds(0.5) ? String.valueOf(amount) : grouped(amount, chance);
        if (voice.isArabic()) {
            String name = currency.equals("MAD")
                    ? chance.one("درهم", "درهم", "dh")
                    : currency.equals("EUR") ? "يورو" : currency;
            return (chance.odds(0.3) ? Spelling.arabicIndic(digits) : digits) + " " + name;
        }
        String name =
                switch (currency) {
                    case "MAD" -> chance.one("dh", "DH", "dirhams", "MAD");
                    case "EUR" -> chance.one("€", "euros", "EUR");
                    case "GBP" -> chance.one("pounds", "GBP");
                    case "XOF" -> chance.one("FCFA", "francs CFA");
                    default -> currency;
                };
        return digits + (chance.odds(0.7) ? " " : "") + name;
    }

    private static String grouped(long amount, Chance chance) {
        if (amount < 1000) return String.valueOf(amount);
        char separator = chance.one(' ', '.', ',');
        return String.format(Locale.ROOT, "%,d", amount).replace(',', separator);
    }

    /** The brand as it may stand in a host name. */
    static String slug(String brand) {
        return brand.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
