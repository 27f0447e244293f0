package io.tenantry.documents.mail;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Palette;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders emails in a brand's look: texts from the bundle, styles on the elements, because many email clients support nothing else. Independent
 * of the database.
 */
final class MailRenderer {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="{lang}"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width">\
            <meta name="color-scheme" content="light"><title>{subject}</title></head>
            <body style="margin:0;padding:0;background:{ground};color:{text};font-family:{font};font-size:16px;line-height:1.55">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:{ground}">\
            <tr><td align="center" style="padding:32px 16px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
            <tr><td style="padding:0 4px 20px;font-size:18px;font-weight:700;color:{text}">{mark}</td></tr>
            <tr><td style="padding:32px;background:{surface};border:1px solid {line};border-radius:{radius}px">
            <h1 style="margin:0 0 12px;font-size:24px;line-height:1.25;color:{text}">{title}</h1>
            <p style="margin:0 0 24px;color:{text2}">{body}</p>
            {action}<p style="margin:0;font-size:14px;color:{text3}">{note}</p>
            </td></tr>
            <tr><td style="padding:20px 4px;font-size:13px;color:{text3}">{foot}</td></tr>
            </table></td></tr></table></body></html>
            """;

    /** How to pay without the button. A narrow screen breaks the lines of an account number at its spaces. */
    private static final String TRANSFER = """
            <p style="margin:0 0 24px;padding:16px;border:1px solid {line};border-radius:{control}px;color:{text2}">\
            <b style="color:{text}">{title}</b><br>{lines}</p>
            """;

    private static final String ACTION = """
            <p style="margin:0 0 24px"><a href="{link}" style="display:inline-block;padding:12px 22px;background:{fill};\
            color:{onFill};border-radius:{control}px;font-weight:600;text-decoration:none">{do}</a></p>
            """;

    private static final long HOURS_A_DAY = 24;

    /** Marker for days that differ between services. */
    private static final long ONE_BY_ONE = -1;

    private final Brand brand;
    private final Locale locale;
    private final String origin;
    private final ResourceBundle words;

    MailRenderer(Brand brand, Locale locale, String origin) {
        this.brand = brand;
        this.locale = locale;
        this.origin = origin;
        this.words = ResourceBundle.getBundle(
                "io.tenantry.documents.mail.mails",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /**
     * Renders an email with these variables: {@code name} of the person, {@code link} if it has one, and as far as the template uses them
     * {@code about} (an organization, a service, a document), {@code amount} (formatted money), {@code hours} (the remaining time),
     * {@code period} (of a document, formatted), {@code open} (1 if it is still payable), {@code due} (the formatted due date),
     * {@code organization} (of the service or document), {@code fee} (the late fee in the amount) and {@code documents} (the open ones, see
     * {@link MailFragments});
     * for bank transfers, if {@code iban} is present, also {@code holder}, {@code bank}, {@code bic} and {@code reference}; and about services,
     * see {@link MailFragments}, {@code names} (the affected ones), {@code turns} (when which of them are affected, if not all at once),
     * {@code follow} (others, later), {@code kept} (others, never) and {@code free} (those that are not charged).
     */
    RenderedMail written(MailTemplate mailTemplate, Map<String, String> variables) {
        var facts = facts(variables);
        var link = variables.getOrDefault("link", "");
        var subject = line(word(mailTemplate, "subject", facts));
        var title = word(mailTemplate, "title", facts);
        var body = word(mailTemplate, "body", facts);
        var note = word(mailTemplate, "note", facts);
        var way = way(variables);
        var noWay = way.isEmpty() && mailTemplate.asksForMoney("1".equals(variables.get("open")))
                ? words.getString("no-way")
                : "";
        var label = link.isEmpty()
                ? ""
                : word(mailTemplate, mailTemplate.isDemand() && way.isEmpty() ? "do.no-way" : "do", facts);
        var html = filled(PAGE, page(subject, title, body, note, transfer(way, noWay) + action(link, label)));
        var text = Stream.of(
                        title,
                        body,
                        way.isEmpty() ? noWay : words.getString("transfer") + "\n" + way,
                        link.isEmpty() ? "" : label + ":\n" + link,
                        note,
                        "--\n" + signature("\n"))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining("\n\n", "", "\n"));
        return new RenderedMail(subject, html, text);
    }

    private Map<String, String> page(String subject, String title, String body, String note, String action) {
        var light = Palette.of(brand).light();
        return Map.ofEntries(
                Map.entry("lang", locale.toLanguageTag()),
                Map.entry("subject", escaped(subject)),
                Map.entry("ground", light.ground().hex()),
                Map.entry("surface", light.surface().hex()),
                Map.entry("line", light.line().hex()),
                Map.entry("text", light.text().hex()),
                Map.entry("text2", light.text2().hex()),
                Map.entry("text3", light.text3().hex()),
                Map.entry("font", brand.style().font().stack().replace('"', '\'')),
                Map.entry("radius", Integer.toString(brand.style().radius())),
                Map.entry("mark", mark()),
                Map.entry("title", escaped(title)),
                Map.entry("body", escaped(body)),
                Map.entry("action", action),
                Map.entry("note", escaped(note)),
                Map.entry("foot", escaped(signature(" · "))));
    }

    /** Returns the bank transfer details, one per line; empty if the account is not known. */
    private String way(Map<String, String> variables) {
        return variables.getOrDefault("iban", "").isEmpty()
                ? ""
                : Stream.of("reference", "holder", "iban", "bic", "bank")
                        .filter(fact -> !variables.getOrDefault(fact, "").isEmpty())
                        .map(fact -> words.getString("transfer." + fact) + " " + variables.get(fact))
                        .collect(Collectors.joining("\n"));
    }

    /** Returns the payment instructions: the bank account, or what to do if it is not known. */
    private String transfer(String way, String noWay) {
        if (way.isEmpty() && noWay.isEmpty()) {
            return "";
        }
        var light = Palette.of(brand).light();
        return filled(
                TRANSFER,
                Map.of(
                        "line", light.line().hex(),
                        "control", Integer.toString(Math.max(0, brand.style().radius() - 3)),
                        "text", light.text().hex(),
                        "text2", light.text2().hex(),
                        "title", escaped(words.getString(way.isEmpty() ? "no-way.title" : "transfer")),
                        "lines", escaped(way.isEmpty() ? noWay : way).replace("\n", "<br>")));
    }

    private String action(String link, String label) {
        if (link.isEmpty()) {
            return "";
        }
        var palette = Palette.of(brand);
        return filled(
                ACTION,
                Map.of(
                        "link", escaped(link),
                        "do", escaped(label),
                        "fill", palette.fill().hex(),
                        "onFill", palette.onFill().hex(),
                        "control", Integer.toString(Math.max(0, brand.style().radius() - 3))));
    }

    /** Returns the logo, loaded from the tenant's host, with the name as alternative text. */
    private String mark() {
        return brand.brandImages()
                .logo()
                .map(id -> "<img src=\"" + escaped(origin + "/brand/picture?id=" + id) + "\" alt=\""
                        + escaped(brand.name()) + "\" style=\"max-height:40px;max-width:200px;border:0\">")
                .orElseGet(() -> escaped(brand.name()));
    }

    private String signature(String between) {
        var contact = brand.contact();
        return Stream.of(brand.name(), contact.email(), contact.phone(), contact.url(), contact.hours())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(between));
    }

    private Object[] facts(Map<String, String> variables) {
        var hours = Long.parseLong(variables.getOrDefault("hours", "0"));
        var mailFragments = new MailFragments(words, locale);
        var turns = mailFragments.turns(words(variables, "turns"));
        return new Object[] {
            words(variables, "name"),
            brand.name(),
            words(variables, "about"),
            variables.getOrDefault("amount", ""),
            hours,
            turns.isEmpty() ? hours / HOURS_A_DAY : ONE_BY_ONE,
            variables.getOrDefault("period", ""),
            Integer.valueOf(variables.getOrDefault("open", "0")),
            mailFragments.of("fee", variables.getOrDefault("fee", ""))
                    + mailFragments.of(
                            "open-documents", mailFragments.documents(variables.getOrDefault("documents", "")))
                    + mailFragments.of(
                            "documents-not-due", mailFragments.documents(variables.getOrDefault("later", ""))),
            turns,
            mailFragments.names(words(variables, "names")),
            mailFragments.of("follow", mailFragments.turns(words(variables, "follow")))
                    + mailFragments.of("kept", mailFragments.names(words(variables, "kept"))),
            mailFragments.names(words(variables, "free")),
            mailFragments.of("by", variables.getOrDefault("due", "")),
            mailFragments.of("of-organization", words(variables, "organization")),
            mailFragments.of("for-organization", words(variables, "organization")),
            mailFragments.of("prepaid", variables.getOrDefault("prepaid", "")),
            variables.getOrDefault("amountDue", variables.getOrDefault("amount", ""))
        };
    }

    /** Returns text typed by people, in which no address becomes a link. */
    private static String words(Map<String, String> variables, String fact) {
        return LinkPrevention.text(variables.getOrDefault(fact, ""));
    }

    private String word(MailTemplate mailTemplate, String part, Object... facts) {
        return new MessageFormat(words.getString(mailTemplate.key() + "." + part), locale).format(facts);
    }

    /** Inserts values once: placeholders within a value are not replaced. */
    private static String filled(String form, Map<String, String> values) {
        return java.util.regex.Pattern.compile("\\{([a-zA-Z0-9]+)}")
                .matcher(form)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
    }

    /** Returns a header value on one line. */
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
