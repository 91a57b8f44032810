package org.sharaka.identifiers;

import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.identifiers.WebAddresses.WebAddress;

/**
 * Accounts on messengers and social platforms, from a name or from a link. Names are read without regard to case, as the
 * platforms do; Facebook also ignores dots. Invitations to closed groups stand as {@code invite:} or {@code group:} and their code.
 */
final class Handles {
    private static final Set<String> RESERVED = Set.of(
            "about",
            "accounts",
            "ads",
            "api",
            "app",
            "apps",
            "auth",
            "blog",
            "business",
            "contact",
            "developer",
            "developers",
            "dialog",
            "direct",
            "download",
            "downloads",
            "events",
            "explore",
            "faq",
            "gaming",
            "hashtag",
            "help",
            "home",
            "i",
            "intent",
            "joinchat",
            "l.php",
            "legal",
            "live",
            "login",
            "login.php",
            "marketplace",
            "media",
            "messages",
            "music",
            "notifications",
            "oauth",
            "p",
            "pages",
            "people",
            "permalink.php",
            "photo",
            "photo.php",
            "photos",
            "plugins",
            "policies",
            "policy",
            "privacy",
            "reel",
            "reels",
            "search",
            "security",
            "settings",
            "share",
            "share.php",
            "sharer",
            "sharer.php",
            "signup",
            "stories",
            "story.php",
            "support",
            "tag",
            "terms",
            "tos",
            "tr",
            "tv",
            "video",
            "videos",
            "watch",
            "web",
            "www",
            "addstickers",
            "addtheme",
            "addemoji",
            "proxy",
            "socks",
            "setlanguage",
            "confirmphone",
            "iv",
            "bg",
            "invoice",
            "groups",
            "discover",
            "foryou",
            "following",
            "upload",
            "embed",
            "t",
            "v",
            "trending",
            "profile.php",
            "recover",
            "checkpoint",
            "public",
            "hashtags",
            "jobs",
            "compose",
            "logout",
            "status",
            "username");

    private Handles() {}

    static Parsed parse(IdentifierKind kind, String raw, Region region) {
        if (raw.isEmpty()) return InvalidReason.EMPTY.parsed();
        if (raw.length() > 300) return InvalidReason.TOO_LONG.parsed();
        if (raw.indexOf('/') >= 0) {
            Identifier linked = ofLink(raw);
            if (linked == null || linked.kind() != kind) return InvalidReason.NOT_AN_ACCOUNT.parsed();
            return new Parsed.Valid(linked);
        }
        int colon = raw.indexOf(':');
        if (colon > 0) return parsePrefixed(kind, raw.substring(0, colon), raw.substring(colon + 1));
        if (kind == IdentifierKind.WHATSAPP || (kind == IdentifierKind.TELEGRAM && raw.startsWith("+"))) {
            PhoneNumber number = number(raw, region);
            return number == null ? InvalidReason.IMPOSSIBLE_NUMBER.parsed() : Phones.parsed(kind, number);
        }
        return parseName(kind, raw.startsWith("@") ? raw.substring(1) : raw);
    }

    private static Parsed parsePrefixed(IdentifierKind kind, String prefix, String code) {
        boolean known =
                switch (kind) {
                    case TELEGRAM -> prefix.equals("invite");
                    case WHATSAPP -> prefix.equals("group") || prefix.equals("message") || prefix.equals("channel");
                    case FACEBOOK -> prefix.equals("id") || prefix.equals("group");
                    default -> false;
                };
        if (!known) return InvalidReason.WRONG_STRUCTURE.parsed();
        return coded(kind, prefix, code);
    }

    static Parsed parseName(IdentifierKind kind, String written) {
        String name = written.toLowerCase(Locale.ROOT);
        if (name.isEmpty()) return InvalidReason.EMPTY.parsed();
        for (int i = 0; i < name.length(); i++) {
            if (!isNameChar(kind, name.charAt(i))) return InvalidReason.WRONG_CHARACTER.parsed();
        }
        if (RESERVED.contains(name)) return InvalidReason.NOT_AN_ACCOUNT.parsed();
        if (kind == IdentifierKind.FACEBOOK) name = name.replace(".", "");
        if (name.length() < lengthMin(kind) || name.length() > lengthMax(kind)) {
            return InvalidReason.WRONG_LENGTH.parsed();
        }
        if (name.startsWith(".") || name.endsWith(".")) return InvalidReason.WRONG_STRUCTURE.parsed();
        if (kind == IdentifierKind.TELEGRAM && !(name.charAt(0) >= 'a' && name.charAt(0) <= 'z')) {
            return InvalidReason.WRONG_STRUCTURE.parsed();
        }
        return Parsed.valid(kind, name, "@" + name);
    }

    static boolean isNameChar(IdentifierKind kind, char c) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
        return switch (kind) {
            case INSTAGRAM, TIKTOK -> c == '_' || c == '.';
            case FACEBOOK -> c == '.';
            default -> c == '_';
        };
    }

    static int lengthMin(IdentifierKind kind) {
        return switch (kind) {
            case TELEGRAM -> 4;
            case FACEBOOK -> 5;
            case TIKTOK -> 2;
            default -> 1;
        };
    }

    static int lengthMax(IdentifierKind kind) {
        return switch (kind) {
            case TELEGRAM -> 32;
            case FACEBOOK -> 50;
            case TIKTOK -> 24;
            case X -> 15;
            default -> 30;
        };
    }

    /** The account that a link leads to; null when it leads elsewhere. */
    static @Nullable Identifier ofLink(String raw) {
        if (raw.regionMatches(true, 0, "tg://", 0, 5))
            return ofScheme(IdentifierKind.TELEGRAM, raw, "domain=", "phone=");
        if (raw.regionMatches(true, 0, "whatsapp://", 0, 11)) {
            return ofScheme(IdentifierKind.WHATSAPP, raw, "", "phone=");
        }
        WebAddress address = WebAddresses.read(raw);
        return address == null ? null : ofLink(address);
    }

    /** Whether the link names the account and nothing below it. */
    static boolean isAccountPage(WebAddress address) {
        String path = address.path();
        int depth = 0;
        for (int i = 0; i < path.length() - 1; i++) {
            if (path.charAt(i) == '/') depth++;
        }
        boolean nested = path.startsWith("/s/")
                || path.startsWith("/m/")
                || path.startsWith("/groups/")
                || path.startsWith("/joinchat/")
                || path.startsWith("/invite/")
                || path.startsWith("/message/")
                || path.startsWith("/channel/");
        return depth <= (path.startsWith("/people/") || path.startsWith("/pages/") ? 3 : nested ? 2 : 1);
    }

    static @Nullable Identifier ofLink(WebAddress address) {
        String host = address.host();
        for (String shown : new String[] {"www.", "m.", "mobile.", "web.", "fr-fr.", "ar-ar.", "es-la.", "l."}) {
            if (host.startsWith(shown)) host = host.substring(shown.length());
        }
        String[] path = address.path().substring(1).split("/", -1);
        return switch (host) {
            case "t.me", "telegram.me", "telegram.dog" -> telegram(path);
            case "wa.me", "whatsapp.com", "api.whatsapp.com", "chat.whatsapp.com" ->
                whatsapp(host, path, address.query());
            case "instagram.com", "instagr.am" -> account(IdentifierKind.INSTAGRAM, path, path[0]);
            case "ig.me" ->
                path[0].equals("m") && path.length > 1
                        ? account(IdentifierKind.INSTAGRAM, new String[] {path[1]}, path[1])
                        : null;
            case "facebook.com", "fb.com", "m.me", "messenger.com" -> facebook(path, address.query());
            case "tiktok.com" ->
                path[0].startsWith("@") ? account(IdentifierKind.TIKTOK, path, path[0].substring(1)) : null;
            case "x.com", "twitter.com" -> account(IdentifierKind.X, path, path[0]);
            default -> null;
        };
    }

    private static @Nullable Identifier telegram(String[] path) {
        String first = path[0];
        if (first.equals("s") && path.length > 1)
            return account(IdentifierKind.TELEGRAM, new String[] {path[1]}, path[1]);
        if (first.startsWith("+")) {
            String code = first.substring(1);
            if (Compact.allDigits(code)) return found(IdentifierKind.TELEGRAM, Phones.international(first));
            return coded(IdentifierKind.TELEGRAM, "invite", code).asIdentifier().orElse(null);
        }
        if (first.equals("joinchat") && path.length > 1) {
            return coded(IdentifierKind.TELEGRAM, "invite", path[1])
                    .asIdentifier()
                    .orElse(null);
        }
        return account(IdentifierKind.TELEGRAM, path, first);
    }

    private static @Nullable Identifier whatsapp(String host, String[] path, String query) {
        if (host.equals("chat.whatsapp.com")) {
            String code = path[0].equals("invite") && path.length > 1 ? path[1] : path[0];
            return coded(IdentifierKind.WHATSAPP, "group", code).asIdentifier().orElse(null);
        }
        if (path.length > 1 && (path[0].equals("message") || path[0].equals("channel"))) {
            return coded(IdentifierKind.WHATSAPP, path[0], path[1])
                    .asIdentifier()
                    .orElse(null);
        }
        String phone = host.equals("wa.me") && !path[0].isEmpty() ? path[0] : parameter(query, "phone=");
        return found(IdentifierKind.WHATSAPP, phone == null ? null : number(phone, Region.UNKNOWN));
    }

    private static @Nullable Identifier facebook(String[] path, String query) {
        if (path[0].equals("profile.php")) {
            String id = parameter(query, "id=");
            return id == null || !Compact.allDigits(id)
                    ? null
                    : coded(IdentifierKind.FACEBOOK, "id", id).asIdentifier().orElse(null);
        }
        if (path[0].equals("groups") && path.length > 1) {
            return coded(IdentifierKind.FACEBOOK, "group", path[1].toLowerCase(Locale.ROOT))
                    .asIdentifier()
                    .orElse(null);
        }
        if ((path[0].equals("people") || path[0].equals("pages")) && path.length > 2 && Compact.allDigits(path[2])) {
            return coded(IdentifierKind.FACEBOOK, "id", path[2]).asIdentifier().orElse(null);
        }
        if (path[0].length() >= 8 && Compact.allDigits(path[0])) {
            return coded(IdentifierKind.FACEBOOK, "id", path[0]).asIdentifier().orElse(null);
        }
        return account(IdentifierKind.FACEBOOK, path, path[0]);
    }

    private static @Nullable Identifier account(IdentifierKind kind, String[] path, String name) {
        // "https://x.com" by itself is the platform.
        if (path.length == 0 || name.isEmpty()) return null;
        return parseName(kind, name.startsWith("@") ? name.substring(1) : name)
                .asIdentifier()
                .orElse(null);
    }

    private static @Nullable Identifier ofScheme(IdentifierKind kind, String raw, String nameKey, String phoneKey) {
        int question = raw.indexOf('?');
        if (question < 0) return null;
        String query = raw.substring(question);
        String name = nameKey.isEmpty() ? null : parameter(query, nameKey);
        if (name != null) return parseName(kind, name).asIdentifier().orElse(null);
        String phone = parameter(query, phoneKey);
        return found(kind, phone == null ? null : number(phone, Region.UNKNOWN));
    }

    private static @Nullable Identifier found(IdentifierKind kind, @Nullable PhoneNumber number) {
        return number == null
                ? null
                : Phones.parsed(kind, number).asIdentifier().orElse(null);
    }

    private static Parsed coded(IdentifierKind kind, String prefix, String code) {
        if (code.length() < 3 || code.length() > 64) return InvalidReason.WRONG_LENGTH.parsed();
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            boolean fits = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '-'
                    || c == '.';
            if (!fits) return InvalidReason.WRONG_CHARACTER.parsed();
        }
        return Parsed.valid(kind, prefix + ":" + code, prefix + " " + code);
    }

    private static @Nullable PhoneNumber number(String written, Region region) {
        String digits = Compact.of(written.replace("%2B", "").replace("%2b", ""));
        boolean plus = digits.startsWith("+");
        String bare = plus ? digits.substring(1) : digits;
        if (!Compact.allDigits(bare) || bare.length() > Phones.DIGITS_MAX) return null;
        return Phones.read(digits, region);
    }

    /** The value of a query's parameter; null when it is absent. */
    private static @Nullable String parameter(String query, String key) {
        int at = query.indexOf(key);
        if (at < 1 || (query.charAt(at - 1) != '?' && query.charAt(at - 1) != '&')) return null;
        int end = query.indexOf('&', at);
        return query.substring(at + key.length(), end < 0 ? query.length() : end);
    }
}
