package io.tenantry.documents;

import io.tenantry.brand.Colour;
import io.tenantry.text.InputText;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Look and additional texts of a reseller's documents. Independent of the database.
 *
 * @param accent empty for the brand's color
 * @param language the default language of documents for customers who have chosen none; empty for the reseller's own
 * @param texts without empty ones
 * @param paymentDays the payment term in days after the issue of a document with an unpaid amount
 */
public record DocumentTemplate(
        Optional<Colour> accent, Optional<Language> language, Map<Language, Map<Part, String>> texts, int paymentDays) {
    /** Default payment term in days; the database has the same default. */
    public static final int PAYMENT_DAYS = 14;

    /** Maximum payment term in days. */
    public static final int PAYMENT_DAYS_MAX = 120;

    /** The default template. */
    public static final DocumentTemplate NONE = new DocumentTemplate(Optional.empty(), Optional.empty(), Map.of());

    /** Blanks before the end of a line; matched only from the first of them, so that the cost of many blanks stays linear. */
    private static final Pattern LINE_END = Pattern.compile("(?<! ) +(?=\n|$)");

    /** A language of documents. */
    public enum Language {
        EN,
        DE;

        /** Returns the language of a locale; English by default. */
        static Language of(Locale locale) {
            return locale.getLanguage().equals("de") ? DE : EN;
        }

        /** The language tag, as used by browsers. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the language with a name; empty if there is none. */
        public static Optional<Language> named(String name) {
            return Stream.of(values()).filter(one -> one.name().equals(name)).findFirst();
        }
    }

    /** A text of a document. */
    public enum Part {
        /** Before the items, on documents that correct no other. */
        INTRODUCTION(400, 6, false),
        /** After the items, on the same documents. */
        CLOSING(400, 6, false),
        /** On documents with an unpaid amount. */
        PAYMENT(400, 6, true),
        /** At the end of each document, such as the names of the managing directors. */
        LEGAL(1_000, 12, true),
        /** On each page, only in print. */
        FOOTER(240, 4, true);

        private final int lengthMax;
        private final int linesMax;
        private final boolean isFact;

        Part(int lengthMax, int linesMax, boolean isFact) {
            this.lengthMax = lengthMax;
            this.linesMax = linesMax;
            this.isFact = isFact;
        }

        /** Maximum length. */
        public int lengthMax() {
            return lengthMax;
        }

        /** Maximum number of lines. */
        public int linesMax() {
            return linesMax;
        }

        private boolean holds(String text) {
            return text.length() <= lengthMax && text.lines().count() <= linesMax;
        }
    }

    /** A text in a language. */
    public record Field(Language language, Part part) {}

    /** Creates a template with the default payment term. */
    public DocumentTemplate(
            Optional<Colour> accent, Optional<Language> language, Map<Language, Map<Part, String>> texts) {
        this(accent, language, texts, PAYMENT_DAYS);
    }

    public DocumentTemplate {
        var cleaned = new EnumMap<Language, Map<Part, String>>(Language.class);
        texts.forEach((wording, parts) -> {
            var ownTexts = new EnumMap<Part, String>(Part.class);
            parts.forEach((part, text) -> ownTexts.put(part, cleaned(text)));
            ownTexts.values().removeIf(String::isEmpty);
            if (!ownTexts.isEmpty()) {
                cleaned.put(wording, Map.copyOf(ownTexts));
            }
        });
        texts = Map.copyOf(cleaned);
    }

    private static String cleaned(String text) {
        return LINE_END.matcher(InputText.foreign(text).replace('\t', ' '))
                .replaceAll("")
                .strip();
    }

    /** Whether it is within all limits. */
    public boolean isFit() {
        return isPayable() && faults().isEmpty();
    }

    /** Whether the payment term is within its limit. */
    public boolean isPayable() {
        return paymentDays >= 0 && paymentDays <= PAYMENT_DAYS_MAX;
    }

    /** Returns the last day for payment in time. */
    public LocalDate dueOn(LocalDate issuedOn) {
        return issuedOn.plusDays(paymentDays);
    }

    /** Returns the texts that are too long, or have too many lines. */
    public Set<Field> faults() {
        var faults = new LinkedHashSet<Field>();
        for (var language : Language.values()) {
            for (var part : Part.values()) {
                if (!part.holds(text(language, part))) {
                    faults.add(new Field(language, part));
                }
            }
        }
        return faults;
    }

    /** Returns a text as it was written; empty if there is none. */
    public String text(Language language, Part part) {
        return texts.getOrDefault(language, Map.of()).getOrDefault(part, "");
    }

    /** Returns a text as a document shows it. Legally required texts fall back to another language if they are missing in the document's. */
    String text(Locale locale, Part part) {
        var own = Language.of(locale);
        var ownTexts = text(own, part);
        return ownTexts.isEmpty() && part.isFact
                ? text(own == Language.EN ? Language.DE : Language.EN, part)
                : ownTexts;
    }
}
