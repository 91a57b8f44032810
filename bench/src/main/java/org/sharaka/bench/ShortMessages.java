package org.sharaka.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Invented reports made to break linking: campaigns that share 24 short scripts in four languages, each with a brand and one
 * to four identifiers of its own, and noise that uses the same scripts under other brands. Knows nothing of the exercise's
 * scenario.
 */
final class ShortMessages {
    private static final int CAMPAIGNS = 120;
    private static final int REPORTS_MAX = 150;
    private static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");

    /** How people of one language report: scripts of senders, names of services, first and last sentences, and how they name. */
    private record Tongue(
            List<String> scripts, List<String> services, List<String> openings, String named, List<String> endings) {}

    private static final List<Tongue> TONGUES = List.of(
            new Tongue(
                    List.of(
                            "Votre colis est en attente de livraison, veuillez régler les frais de douane avant ce soir",
                            "Votre carte vitale arrive à expiration, mettez à jour votre dossier pour recevoir la nouvelle",
                            "Bonjour maman j'ai cassé mon téléphone, écris-moi vite sur ce nouveau numéro",
                            "Nous avons constaté une connexion suspecte sur votre compte bancaire, confirmez votre identité",
                            "Félicitations vous avez été choisi pour un emploi à distance payé chaque jour",
                            "Votre abonnement a été suspendu, régularisez votre paiement sous 24 heures"),
                    List.of("service %s", "équipe %s", "agence %s"),
                    List.of(
                            "J'ai reçu ce message :",
                            "Bonjour, je signale une arnaque.",
                            "On m'a envoyé ceci hier",
                            "Je suis victime d'une escroquerie, j'ai payé %d euros."),
                    "contact",
                    List.of("Merci de m'aider.", "Je n'ai plus de nouvelles depuis.", "Ils ne répondent plus.", "")),
            new Tongue(
                    List.of(
                            "Your parcel could not be delivered, pay the redelivery fee to avoid return",
                            "We noticed an unusual sign in to your account, verify now to avoid suspension",
                            "Earn a daily income from home by liking videos, no experience needed",
                            "Final notice: unpaid toll on your vehicle, settle today to avoid a penalty",
                            "Double your crypto in one week with our licensed trading desk",
                            "Hi mum this is my new number my old phone fell in the water"),
                    List.of("%s team", "%s service", "%s desk"),
                    List.of(
                            "I got this text:",
                            "Hello I want to report a scam.",
                            "They wrote to me yesterday",
                            "I lost %d dollars to this."),
                    "they gave",
                    List.of("Please help.", "They stopped answering.", "What should I do?", "")),
            new Tongue(
                    List.of(
                            "Su paquete está retenido en aduanas, pague las tasas para recibirlo",
                            "Hemos bloqueado su cuenta por seguridad, verifique sus datos hoy",
                            "Gane dinero cada día dando me gusta a videos desde su casa",
                            "Multa de tráfico pendiente, abone ahora con descuento",
                            "Hola mamá se me rompió el móvil, escríbeme a este número",
                            "Ha sido seleccionado para un subsidio del gobierno, complete la solicitud"),
                    List.of("equipo %s", "servicio %s", "oficina %s"),
                    List.of(
                            "Recibí este mensaje:",
                            "Hola quiero denunciar una estafa.",
                            "Me escribieron ayer",
                            "He perdido %d euros."),
                    "me dieron",
                    List.of("Por favor ayúdenme.", "Ya no responden.", "¿Qué debo hacer?", "")),
            new Tongue(
                    List.of(
                            "تم تعليق طردكم في الجمارك المرجو أداء الرسوم قبل انتهاء اليوم",
                            "لقد ربحت جائزة كبيرة المرجو إرسال معلومات بطاقتك لاستلامها",
                            "تم حظر بطاقتكم البنكية المرجو تحديث المعطيات عبر الرابط",
                            "فرصة عمل عن بعد براتب يومي دون خبرة سابقة",
                            "ضاعف أموالك في أسبوع مع منصة تداول مرخصة",
                            "مرحبا أمي هذا رقمي الجديد هاتفي القديم تعطل"),
                    List.of("خدمة %s", "فريق %s", "وكالة %s"),
                    List.of("توصلت بهذه الرسالة:", "السلام عليكم أريد التبليغ عن نصب.", "راسلوني أمس", "خسرت %d درهم."),
                    "أعطوني",
                    List.of("المرجو المساعدة.", "لم يعودوا يجيبون.", "ماذا أفعل؟", "")));

    private static final List<String> SYLLABLES =
            List.of("bo", "ka", "lu", "mi", "tra", "ver", "zen", "ola", "qui", "sta", "pel", "nor");

    private final Random random;
    private final Inventions invent;
    private final InventedReports reports = new InventedReports();

    ShortMessages(long seed) {
        random = new Random(seed);
        invent = new Inventions(random);
        for (int campaign = 0; campaign < CAMPAIGNS; campaign++) plant("c" + campaign);
        int noise = reports.size() * 7 / 10;
        for (int i = 0; i < noise; i++) alone();
        reports.shuffle(random);
    }

    InventedReports reports() {
        return reports;
    }

    private void plant(String group) {
        Tongue tongue = invent.one(TONGUES);
        String script = invent.one(tongue.scripts());
        String message = random.nextInt(10) == 0
                ? script
                : script + ", " + invent.one(tongue.services()).formatted(invent.name(SYLLABLES, 3));
        List<String> pool = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) pool.add(identifier());
        int size = (int) Math.min(REPORTS_MAX, 4 / Math.pow(1 - random.nextDouble(), 1 / 1.1));
        Instant start = BEGIN.plus(Duration.ofHours(random.nextInt(24 * 90)));
        for (int i = 0; i < size; i++) {
            List<String> named = new ArrayList<>(pool);
            if (i > 0) {
                Collections.shuffle(named, random);
                int some = random.nextInt(100) < 8 ? 0 : 1 + random.nextInt(3);
                named = named.subList(0, Math.min(some, named.size()));
            }
            boolean quotes = named.isEmpty() || random.nextInt(4) > 0;
            Instant time = start.plus(Duration.ofMinutes(random.nextInt(20 * 24 * 60)));
            reports.add(time, told(tongue, quotes ? message : "", named), group);
        }
    }

    private void alone() {
        Tongue tongue = invent.one(TONGUES);
        String message = random.nextInt(100) < 35
                ? invent.one(tongue.scripts()) + ", "
                        + invent.one(tongue.services()).formatted(invent.name(SYLLABLES, 3))
                : "";
        List<String> named = random.nextInt(10) < 6 ? List.of(identifier()) : List.of();
        Instant time = BEGIN.plus(Duration.ofMinutes(random.nextInt(100 * 24 * 60)));
        reports.add(time, told(tongue, message, named), "");
    }

    private String told(Tongue tongue, String message, List<String> named) {
        List<String> parts = new ArrayList<>();
        parts.add(invent.one(tongue.openings()).formatted(20 + random.nextInt(5000)));
        if (!message.isEmpty()) parts.add(random.nextBoolean() ? "\"" + message + "\"" : message);
        if (!named.isEmpty()) parts.add(tongue.named() + " " + String.join(" ", named));
        parts.add(invent.one(tongue.endings()));
        return String.join(" ", parts).strip();
    }

    private String identifier() {
        return switch (random.nextInt(5)) {
            case 0 -> invent.iban();
            // France's range for works of fiction.
            case 1 -> "06 39 98 %02d %02d".formatted(random.nextInt(100), random.nextInt(100));
            case 2 -> "0x" + invent.letters("0123456789abcdef", 40);
            case 3 ->
                "https://" + invent.one(List.of("colis", "post", "bank", "tax", "trade")) + "-"
                        + invent.letters("abcdefghijkmnpqrstuvwxyz23456789", 7) + ".example/"
                        + invent.one(List.of("pay", "login", "suivi"));
            default ->
                "telegram @" + invent.one(List.of("agent", "support", "trader")) + "_"
                        + invent.letters("abcdefghijkmnp23456789", 6);
        };
    }
}
