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
 * How a reseller's documents look, and what they say besides what is charged. Pure.
 *
 * @param accent empty for the brand's
 * @param language in which documents are for customers who have chosen none; empty for the reseller's own
 * @param texts without those that say nothing
 * @param paymentDays so many days after its issue a document is to be paid of which something is left to be paid
 */
public record DocumentTemplate(
        Optional<Colour> accent, Optional<Language> language, Map<Language, Map<Part, String>> texts, int paymentDays) {
    /** Where nobody has said how many; the database knows the same number. */
    public static final int PAYMENT_DAYS = 14;

    /** At most so many. */
    public static final int PAYMENT_DAYS_MAX = 120;

    /** Of who has said nothing. */
    public static final DocumentTemplate NONE = new DocumentTemplate(Optional.empty(), Optional.empty(), Map.of());

    /** Blanks before the end of a line; looked for from the first of them alone, so that many cost no more than their number. */
    private static final Pattern LINE_END = Pattern.compile("(?<! ) +(?=\n|$)");

    /** A language in which there are documents. */
    public enum Language {
        EN,
        DE;

        /** That of a locale; English where there is none. */
        static Language of(Locale locale) {
            return locale.getLanguage().equals("de") ? DE : EN;
        }

        /** As browsers call it. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one of a name; empty if there is none. */
        public static Optional<Language> named(String name) {
            return Stream.of(values()).filter(one -> one.name().equals(name)).findFirst();
        }
    }

    /** A text of a document. */
    public enum Part {
        /** Before what is charged, on what corrects no other document. */
        INTRODUCTION(400, 6, false),
        /** After it, there too. */
        CLOSING(400, 6, false),
        /** Where something is left to be paid. */
        PAYMENT(400, 6, true),
        /** At the end of each document, such as who manages the business. */
        LEGAL(1_000, 12, true),
        /** On each page, on paper alone. */
        FOOTER(240, 4, true);

        private final int lengthMax;
        private final int linesMax;
        private final boolean isFact;

        Part(int lengthMax, int linesMax, boolean isFact) {
            this.lengthMax = lengthMax;
            this.linesMax = linesMax;
            this.isFact = isFact;
        }

        /** It is at most so long. */
        public int lengthMax() {
            return lengthMax;
        }

        /** It has at most so many lines. */
        public int linesMax() {
            return linesMax;
        }

        private boolean holds(String text) {
            return text.length() <= lengthMax && text.lines().count() <= linesMax;
        }
    }

    /** A text in a language. */
    public record Field(Language language, Part part) {}

    /** One that is paid within the usual days. */
    public DocumentTemplate(
            Optional<Colour> accent, Optional<Language> language, Map<Language, Map<Part, String>> texts) {
        this(accent, language, texts, PAYMENT_DAYS);
    }

    public DocumentTemplate {
        var cleaned = new EnumMap<Language, Map<Part, String>>(Language.class);
        texts.forEach((tongue, parts) -> {
            var said = new EnumMap<Part, String>(Part.class);
            parts.forEach((part, text) -> said.put(part, cleaned(text)));
            said.values().removeIf(String::isEmpty);
            if (!said.isEmpty()) {
                cleaned.put(tongue, Map.copyOf(said));
            }
        });
        texts = Map.copyOf(cleaned);
    }

    private static String cleaned(String text) {
        return LINE_END.matcher(InputText.foreign(text).replace('\t', ' '))
                .replaceAll("")
                .strip();
    }

    /** Whether all of it is within bounds. */
    public boolean isFit() {
        return isPayable() && faults().isEmpty();
    }

    /** Whether so many days can be given. */
    public boolean isPayable() {
        return paymentDays >= 0 && paymentDays <= PAYMENT_DAYS_MAX;
    }

    /** The last day on which a document can be paid in time. */
    public LocalDate dueOn(LocalDate issuedOn) {
        return issuedOn.plusDays(paymentDays);
    }

    /** The texts that are too long, or have too many lines. */
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

    /** A text as it was written; empty if there is none. */
    public String text(Language language, Part part) {
        return texts.getOrDefault(language, Map.of()).getOrDefault(part, "");
    }

    /** A text as a document says it. What is of law rather than courtesy is said in another language where it is not in the document's own. */
    String text(Locale locale, Part part) {
        var own = Language.of(locale);
        var said = text(own, part);
        return said.isEmpty() && part.isFact ? text(own == Language.EN ? Language.DE : Language.EN, part) : said;
    }
}
