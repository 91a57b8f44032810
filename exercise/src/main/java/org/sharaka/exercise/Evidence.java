package org.sharaka.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what each report of one planted campaign names; reports count from 0 in order of time. */
@FunctionalInterface
interface Evidence {
    List<Clue> of(int report);

    /** @param home ISO 3166-1 alpha-2 code of the country where most of the victims are */
    static Evidence plant(Shape shape, int size, String brand, String home, Mint mint, Chance chance) {
        return switch (shape) {
            case ACCOUNT -> account(size, home, mint, chance);
            case WALLET -> wallet(brand, mint, chance);
            case PHONE -> phone(home, mint, chance);
            case KIT -> kit(size, brand, mint, chance);
            case TEXT -> text(brand, mint, chance);
            case HANDLE -> handle(home, mint, chance);
            case EMAIL -> email(brand, mint, chance);
            case SEXTORTION -> sextortion(size, mint, chance);
            case CHAIN -> chain(size, brand, home, mint, chance);
            case CROSS_BORDER -> crossBorder(brand, mint, chance);
        };
    }

    private static Evidence account(int size, String home, Mint mint, Chance chance) {
        Clue account = mint.account(home, chance);
        int turn = chance.between(2, 6);
        List<String> phones = new ArrayList<>();
        for (int i = 0; i <= size / turn; i++) {
            phones.add(mint.phone(chance.odds(0.7) ? home : chance.one("FR", "DE", "US"), chance));
        }
        return report -> {
            Clue phone = new Clue(Clue.Kind.PHONE, phones.get(report / turn));
            boolean first = report % turn == 0;
            // A report that keeps silent about the account is held by the number, which the first of its turn gives
            // with it.
            if (!first && chance.odds(0.12)) return List.of(phone);
            return first || chance.odds(0.55) ? List.of(account, phone) : List.of(account);
        };
    }

    private static Evidence wallet(String brand, Mint mint, Chance chance) {
        Clue wallet = mint.wallet(chance);
        return report -> chance.odds(0.6)
                ? List.of(link(mint.domain(World.slug(brand), chance), "/", chance), wallet)
                : List.of(wallet);
    }

    private static Evidence phone(String home, Mint mint, Chance chance) {
        Clue phone = new Clue(Clue.Kind.PHONE, mint.phone(home, chance));
        return report -> List.of(phone);
    }

    private static Evidence kit(int size, String brand, Mint mint, Chance chance) {
        String path = kitPath(mint, chance);
        List<String> domains = new ArrayList<>();
        for (int i = 0; i <= size / 3; i++) domains.add(mint.domain(World.slug(brand), chance));
        return report -> {
            String domain = domains.get(report / 3);
            boolean bare = report % 3 == 2 && chance.odds(0.2);
            return List.of(
                    bare
                            ? link(domain, "/", chance)
                            : link(domain, path + chance.digits(chance.between(5, 9)), chance));
        };
    }

    /** No other kit has this path: two names of directories, a page and the name of a parameter. */
    private static String kitPath(Mint mint, Chance chance) {
        String directory =
                chance.one("suivi", "app", "portal", "clients", "livraison", "web", "auth", "espace", "mobile");
        String page =
                chance.one("etape2.php", "billing.php", "verif.html", "infos.php", "carte.php", "sms.php", "pago.php");
        return "/" + directory + "/" + mint.tail(chance, 5).toLowerCase(Locale.ROOT) + "/"
                + chance.one("fr/", "ma/", "v2/", "x/", "secure/") + page + "?"
                + chance.one("id", "trk", "token", "ref", "session") + "=";
    }

    private static Evidence text(String brand, Mint mint, Chance chance) {
        return report -> {
            if (chance.odds(0.2)) return List.of(shortLink(mint, chance));
            return List.of(link(mint.domain(World.slug(brand), chance), "/" + mint.tail(chance, 6), chance));
        };
    }

    private static Evidence handle(String home, Mint mint, Chance chance) {
        Clue handle = chance.odds(0.6)
                ? new Clue(Clue.Kind.TELEGRAM, mint.handle(chance))
                : new Clue(Clue.Kind.WHATSAPP, mint.phone(chance.odds(0.5) ? home : "US", chance));
        return report -> List.of(handle);
    }

    private static Evidence email(String brand, Mint mint, Chance chance) {
        Clue email = mint.email(World.slug(brand), chance);
        return report -> List.of(email);
    }

    private static Evidence sextortion(int size, Mint mint, Chance chance) {
        Clue first = new Clue(Clue.Kind.INSTAGRAM, mint.handle(chance));
        Clue second = new Clue(Clue.Kind.INSTAGRAM, mint.handle(chance));
        Clue wallet = mint.btc(chance);
        return report -> {
            Clue profile = report % 2 == 0 ? first : second;
            boolean sure = report < 4 || report >= size - 2;
            return sure || chance.odds(0.5) ? List.of(profile, wallet) : List.of(profile);
        };
    }

    private static Evidence chain(int size, String brand, String home, Mint mint, Chance chance) {
        int stages = Math.max(2, Math.min(6, size / 6));
        List<Clue> links = new ArrayList<>();
        for (int i = 0; i < stages; i++) {
            links.add(
                    switch ((i + size) % 5) {
                        case 0 -> mint.account(home, chance);
                        case 1 -> new Clue(Clue.Kind.PHONE, mint.phone(home, chance));
                        case 2 -> new Clue(Clue.Kind.TELEGRAM, mint.handle(chance));
                        case 3 -> mint.wallet(chance);
                        default -> mint.email(World.slug(brand), chance);
                    });
        }
        return report -> {
            int stage = Math.min(stages - 1, report * stages / size);
            int nextBegins = (int) Math.ceil((stage + 1) * (double) size / stages);
            boolean passing = stage + 1 < stages && report >= nextBegins - Math.max(2, size / stages / 5);
            return passing ? List.of(links.get(stage), links.get(stage + 1)) : List.of(links.get(stage));
        };
    }

    private static Evidence crossBorder(String brand, Mint mint, Chance chance) {
        Clue wallet = mint.wallet(chance);
        Clue other = chance.odds(0.5)
                ? new Clue(Clue.Kind.TELEGRAM, mint.handle(chance))
                : link(mint.domain(World.slug(brand), chance), "/register", chance);
        return report -> {
            if (report < 2 || chance.odds(0.4)) return List.of(other, wallet);
            return List.of(chance.odds(0.5) ? wallet : other);
        };
    }

    static Clue link(String domain, String path, Chance chance) {
        return new Clue(Clue.Kind.LINK, "https://" + domain + (path.equals("/") && chance.odds(0.6) ? "" : path));
    }

    /** Shorteners serve everybody; their tails are drawn, so that none leads anywhere we know of. */
    static Clue shortLink(Mint mint, Chance chance) {
        return new Clue(
                Clue.Kind.LINK,
                "https://" + chance.one("bit.ly/", "tinyurl.com/", "is.gd/", "cutt.ly/") + mint.tail(chance, 11));
    }
}
