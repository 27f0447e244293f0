package io.tenantry.billing.bank.statement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines outside a table that are understood and say nothing against its rows: plain titles, and labels with values that fit them. Terms are in
 * {@code harmless-lines.txt}.
 */
final class HarmlessLines {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Map<String, List<String>> SECTIONS = sections();
    private static final Set<String> WORDS = words("words");
    private static final Set<String> BEFORE_NUMBERS = words("before numbers");
    private static final Set<String> ABSENT = words("absent");
    private static final Set<String> LINES = SECTIONS.getOrDefault("lines", List.of()).stream()
            .map(HarmlessLines::key)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> MONTHS = words("months");
    private static final Map<String, Label> LABELS = labels();
    private static final Set<String> FILTERS = words("values filter");
    private static final Set<String> PRODUCTS = words("values product");
    private static final Set<String> ORDERS = words("values order");
    private static final Set<String> PERIODS = words("values period");

    private static final int LABEL_WORDS_MAX = 6;
    /** A line of only shorter words, such as "N", may be an answer or a code. */
    private static final int WORD_MIN = 3;

    private static final int NAME_WORDS_MAX = 12;

    private static final Pattern NUMBER = Pattern.compile("x*[0-9]+(?:t[0-9]+)?(?:z|st|nd|rd|th|er)?|x{3,}");
    /** Longer numbers may be accounts. */
    private static final Pattern DATE_PART =
            Pattern.compile("[0-9]{1,4}(?:z|st|nd|rd|th|er)?|20[0-9]{6}|[0-9]{1,8}t[0-9]{2,6}z?");

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9]*[0-9][a-z0-9]*|x{3,}");
    private static final Pattern RULER = Pattern.compile("[.,;:|*#_\u20ac$\u00a3\\s]*|[-_=*#~.\\s]{3,}");
    private static final Pattern NOTHING = Pattern.compile("[-.*\\s]*");
    private static final Pattern COMPARISON = Pattern.compile("[<>\u2264\u2265!?%]");
    private static final Pattern CODE =
            Pattern.compile("eur|usd|gbp|chf|sek|nok|dkk|pln|czk|huf|ron|cad|aud|nzd|jpy|cny|hkd|sgd|inr|zar|mxn|brl");
    private static final Pattern BOOKED = Pattern.compile("\\b(?:(?:ge|ver)bucht\\w*|booked|posted)\\b");
    private static final Pattern TRIAL =
            Pattern.compile("\\b(?:test|demo|dummy|uat|sandbox|staging|schulung|training|ubung|uebung)");
    private static final Pattern BANK = Pattern.compile(
            "(?:deutsche |berliner |hamburger |vr |gls )?(?:(?!test|demo|muster)\\w*bank|sparkasse|raiffeisen\\w*|banque|banco|banca|caisse)(?: \\w+){0,4} "
                    + "(?:eg|ag|kgaa|se|sa|spa|nv|plc|ltd|inc|gmbh)");

    private final Set<String> ownNames;

    HarmlessLines(Collection<String> ownNames) {
        this.ownNames = ownNames.stream()
                .map(DoubtfulTerms::fold)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a label announces. */
    private enum Label {
        ACCOUNT,
        NUMBER,
        NAME,
        TEXT,
        PERIOD,
        CURRENCY,
        COUNT,
        AMOUNT,
        FILTER,
        PRODUCT,
        ORDER
    }

    private static Map<String, List<String>> sections() {
        var sections = new HashMap<String, List<String>>();
        try (var in = HarmlessLines.class.getResourceAsStream("harmless-lines.txt")) {
            var section = new ArrayList<String>();
            for (var line :
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("[")) {
                    section = new ArrayList<>();
                    sections.put(line.substring(1, line.indexOf(']')), section);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    section.add(line);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return sections;
    }

    private static Set<String> words(String section) {
        return DoubtfulTerms.words(String.join(",", SECTIONS.getOrDefault(section, List.of())));
    }

    private static Map<String, Label> labels() {
        var labels = new HashMap<String, Label>();
        for (var label : Label.values()) {
            words("label " + label.name().toLowerCase(Locale.ROOT)).forEach(word -> labels.put(word, label));
        }
        return labels;
    }

    /** Returns what identifies a line in another file: its words, whatever its numbers are. */
    static String key(String line) {
        return DIGITS.matcher(DoubtfulTerms.fold(line)).replaceAll("0");
    }

    /** Whether a line below all rows is the title of a section of pending transactions, of which there are none. */
    static boolean isEmptySection(CsvTable.Row row) {
        var folded = DoubtfulTerms.fold(String.join(" ", row.cells()));
        var rest = wordsOf(TitleVocabulary.withoutNotBooked(folded));
        return StatusVocabulary.startsNotBooked(folded)
                && !rest.isEmpty()
                && rest.stream().allMatch(WORDS::contains);
    }

    /** Whether every cell of a row is understood. */
    boolean is(CsvTable.Row row) {
        if (row.isBroken()) {
            return false;
        }
        var cells = row.cells().stream().filter(cell -> !cell.isBlank()).toList();
        var at = 0;
        while (at < cells.size()) {
            var read = labelled(cells.get(at), at + 1 < cells.size() ? cells.get(at + 1) : "");
            if (read == 0 && !isTitle(cells.get(at))) {
                return LINES.contains(key(String.join(" ", cells)));
            }
            at += Math.max(1, read);
        }
        return true;
    }

    /** Whether text has only words of titles, numbers, accounts and currencies, or is known as a whole. */
    private boolean isTitle(String cell) {
        if (RULER.matcher(cell).matches() || LINES.contains(key(cell))) {
            return true;
        }
        var folded = DoubtfulTerms.fold(Preamble.withoutIbans(cell));
        if (folded.isEmpty() || COMPARISON.matcher(cell).find()) {
            return false;
        }
        return isOwnName(folded) || BANK.matcher(folded).matches() || isTitle(wordsOf(folded)) || isAbsence(folded);
    }

    private static boolean isTitle(List<String> words) {
        if (!words.isEmpty() && words.stream().noneMatch(word -> word.length() >= WORD_MIN || isNumber(word))) {
            return false;
        }
        for (var at = 0; at < words.size(); at++) {
            var isBeforeNumber = at + 1 < words.size() && isPartOfDate(words.get(at + 1));
            if (!isWord(words.get(at)) && !(BEFORE_NUMBERS.contains(words.get(at)) && isBeforeNumber)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(String word) {
        return WORDS.contains(word) || isNumber(word);
    }

    private static boolean isPartOfDate(String word) {
        return DATE_PART.matcher(word).matches() || MONTHS.contains(word);
    }

    private static boolean isNumber(String word) {
        return NUMBER.matcher(word).matches() || MONTHS.contains(word);
    }

    /** Whether a line says only that pending transactions are not included. */
    private static boolean isAbsence(String folded) {
        if (!TitleVocabulary.saysAbsent(folded)) {
            return false;
        }
        var rest = TitleVocabulary.withoutNotBooked(folded);
        return !rest.equals(folded)
                && !BOOKED.matcher(rest).find()
                && wordsOf(rest).stream().allMatch(word -> isWord(word) || ABSENT.contains(word));
    }

    /** Returns the words of folded text other than currencies. */
    private static List<String> wordsOf(String folded) {
        return Stream.of(MoneyTerms.without(folded).split(" ", -1))
                .filter(word -> !word.isEmpty() && !CODE.matcher(word).matches())
                .toList();
    }

    /** Returns how many cells a label and its value take: the value is in the same cell or in the next; 0 if they are not understood. */
    private int labelled(String cell, String next) {
        var parts = cell.split("[:=]", 2);
        var named = label(parts[0]);
        if (named.isPresent() && (parts.length == 2 || !next.isEmpty())) {
            var isWithin = parts.length == 2 && !parts[1].isBlank();
            if (isFitting(named.get(), isWithin ? parts[1] : next)) {
                return isWithin || next.isEmpty() ? 1 : 2;
            }
        }
        if (RowLabels.of(cell).isPresent()) {
            return next.isEmpty() ? 1 : isFitting(Label.AMOUNT, next) ? 2 : 0;
        }
        var isBare = named.filter(label -> label != Label.FILTER).isPresent() && parts.length == 1 && next.isEmpty();
        return isBare || isLabelledWithoutColon(cell) ? 1 : 0;
    }

    static boolean isLabel(String text) {
        return label(text.split("[:=]", 2)[0]).isPresent();
    }

    private static Optional<Label> label(String text) {
        return RowLabels.of(text).isPresent()
                ? Optional.of(Label.AMOUNT)
                : Optional.ofNullable(LABELS.get(DoubtfulTerms.fold(text)));
    }

    /** Whether text starts with a label and its rest fits; names and texts need a colon or a cell of their own. */
    private boolean isLabelledWithoutColon(String cell) {
        if (COMPARISON.matcher(cell).find()) {
            return false;
        }
        var words = List.of(DoubtfulTerms.fold(Preamble.withoutIbans(cell)).split(" ", -1));
        for (var end = Math.min(LABEL_WORDS_MAX, words.size() - 1); end > 0; end--) {
            var named = LABELS.get(String.join(" ", words.subList(0, end)));
            if (named != null) {
                return named != Label.NAME
                        && named != Label.TEXT
                        && isFitting(named, String.join(" ", words.subList(end, words.size())));
            }
        }
        return false;
    }

    private boolean isFitting(Label label, String value) {
        var folded = DoubtfulTerms.fold(Preamble.withoutIbans(value));
        if (folded.isEmpty()) {
            return NOTHING.matcher(value).matches() || label == Label.AMOUNT || label == Label.CURRENCY;
        }
        return switch (label) {
            case ACCOUNT, PRODUCT ->
                isOwnName(folded)
                        || isEach(folded, word -> IDENTIFIER.matcher(word).matches() || PRODUCTS.contains(word));
            case NUMBER -> isEach(folded, word -> IDENTIFIER.matcher(word).matches());
            case NAME -> isText(value, folded) && (ownNames.isEmpty() || isOwnName(folded));
            case TEXT -> isText(value, folded);
            case PERIOD -> isEach(folded, word -> isPartOfDate(word) || PERIODS.contains(word));
            case AMOUNT -> isEach(folded, word -> isNumber(word) || PERIODS.contains(word));
            case COUNT -> isEach(folded, HarmlessLines::isNumber);
            case CURRENCY -> wordsOf(folded).isEmpty() || Currencies.isKnown(value);
            case FILTER -> FILTERS.contains(folded) || isEach(folded, PRODUCTS::contains);
            case ORDER -> isEach(folded, word -> ORDERS.contains(word));
        };
    }

    private static boolean isEach(String folded, Predicate<String> isKnown) {
        return wordsOf(folded).stream().allMatch(isKnown);
    }

    private static boolean isText(String value, String folded) {
        return value.indexOf(':') < 0
                && value.indexOf('=') < 0
                && folded.split(" ", -1).length <= NAME_WORDS_MAX
                && !TypeVocabulary.isOutgoingTitle(folded)
                && !TRIAL.matcher(folded).find()
                && !TitleVocabulary.isDoubtful(OutsideLines.row(value));
    }

    /** Whether text is the reseller's name, without its end, or with words of a title. */
    private boolean isOwnName(String folded) {
        return ownNames.stream()
                .anyMatch(own -> DoubtfulTerms.startsWith(own, folded)
                        || (DoubtfulTerms.startsWith(folded, own) && isTitle(wordsOf(folded.substring(own.length())))));
    }
}
