package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the text of an incoming transaction says that it is not certainly a customer's payment. CSV and camt.053 files are judged by the same
 * terms, which are in <code>doubtful-terms.txt</code>, and by patterns for terms of several words.
 */
final class TextDoubts {
    private static final String FILE = "doubtful-terms.txt";
    private static final Map<String, ReviewReason> REASONS =
            Map.of("RETURN", ReviewReason.REVERSAL, "UNCERTAIN", ReviewReason.STATUS, "OWN", ReviewReason.INTERNAL);

    private static final String HARMLESS = "PAYMENT";

    private static final TextDoubts TERMS = read();

    /** Return codes of ACH (R01 to R85), and those of ISO 20022 that are not words. */
    private static final Pattern CODES = Pattern.compile(
            "\\b(?:r(?:0[1-9]|[1-7][0-9]|8[0-5])|a[cgm][0-2][0-9]|be[0-2][0-9]|cn01|dt0[0-9]|ed0[0-9]|ff[01][0-9]|fr01|md0[0-9]|md2[01]|ms0[23]"
                    + "|r[cr][01][0-9]|sl[01][0-9]|tm01|ts0[0-9]|rtrn|retn|rjct|rejt|rfnd|rvsl|rvrs|cnor|dnor|focr|frad|noor|ardt|upay)\\b");
    /**
     * "Eingang vorbehalten" is "E.v." or "EV". An association writes "e.V." or "e. V." after its name; only that exact form, after a word, is
     * one.
     */
    private static final Pattern COLLECTION = Pattern.compile("(?<![\\p{L}\\p{N}])[Ee]\\s?\\.\\s?[Vv]\\b");

    private static final Pattern ASSOCIATION = Pattern.compile(
            "e\\. ?V\\b(?<=\\p{L}{3,40}[ ,]{1,2}e\\. ?V)(?<!(?i:gutschrift|gutschr|scheck|einzug|eingang|einreichung|lastschrift|zahlung|betrag|buchung|weisung|umsatz)[ ,]{1,2}e\\. ?V)");
    private static final Pattern COLLECTION_ABBREVIATED =
            Pattern.compile("^ev\\b|\\bev (?=rf[0-9]|gutschr|scheck)|^e v$");

    private final Node starts = new Node();
    private final Node within = new Node();
    private final Node harmless = new Node();

    /** A place in the terms: the letters that may follow, and what a term that ends here says. */
    private static final class Node {
        private final Map<Character, Node> next = new HashMap<>();
        private @Nullable ReviewReason whole;
        private @Nullable ReviewReason stem;

        private Node add(String term) {
            var node = this;
            for (var at = 0; at < term.length(); at++) {
                node = node.next.computeIfAbsent(term.charAt(at), none -> new Node());
            }
            return node;
        }
    }

    private TextDoubts() {}

    private static TextDoubts read() {
        var terms = new TextDoubts();
        try (var file = Objects.requireNonNull(TextDoubts.class.getResourceAsStream(FILE), FILE)) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(terms::line);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILE, unreadable);
        }
        return terms;
    }

    private void line(String line) {
        var colon = line.indexOf(':');
        var kind = line.substring(0, colon).split(" ", -1)[0];
        var isHarmless = kind.equals(HARMLESS);
        var reason = isHarmless ? ReviewReason.STATUS : Objects.requireNonNull(REASONS.get(kind), line);
        for (var term : line.substring(colon + 1).split(",", -1)) {
            var plain = term.strip();
            var root = isHarmless ? harmless : plain.startsWith("*") ? within : starts;
            for (var spelling : DoubtfulTerms.words(plain.replace("*", " "))) {
                var node = root.add(spelling);
                if (plain.endsWith("*")) {
                    node.stem = reason;
                } else {
                    node.whole = reason;
                }
            }
        }
    }

    /** Returns why a person has to decide about an incoming transaction with this text; empty if nothing in it casts doubt on it. */
    static Optional<ReviewReason> of(String text) {
        var folded = DoubtfulTerms.fold(text);
        if (ReturnVocabulary.says(text)
                || ReturnStems.says(folded)
                || ReturnAbbreviations.isRepayment(folded)
                || StatusVocabulary.startsReversal(folded)) {
            return Optional.of(ReviewReason.REVERSAL);
        }
        if (StatusVocabulary.saysNotBooked(folded)
                || CreditDenials.says(folded)
                || StatusVocabulary.startsNotBooked(folded)
                || StatusVocabulary.notBooked(folded).isPresent()) {
            return Optional.of(ReviewReason.STATUS);
        }
        if (InternalVocabulary.says(folded)) {
            return Optional.of(ReviewReason.INTERNAL);
        }
        if (CODES.matcher(folded).find()) {
            return Optional.of(ReviewReason.REVERSAL);
        }
        if (isUnderReserve(text, folded)) {
            return Optional.of(ReviewReason.STATUS);
        }
        return Optional.ofNullable(TERMS.find(folded));
    }

    /** Like {@link #of}, for a text that is part of one that was judged as a whole: only how it starts is still to be judged. */
    static Optional<ReviewReason> ofStart(String text) {
        var folded = DoubtfulTerms.fold(text);
        if (StatusVocabulary.startsReversal(folded)) {
            return Optional.of(ReviewReason.REVERSAL);
        }
        if (StatusVocabulary.startsNotBooked(folded)
                || StatusVocabulary.notBooked(folded).isPresent()
                || isUnderReserve(text, folded)) {
            return Optional.of(ReviewReason.STATUS);
        }
        return InternalVocabulary.says(folded) ? Optional.of(ReviewReason.INTERNAL) : Optional.empty();
    }

    private static boolean isUnderReserve(String text, String folded) {
        return COLLECTION_ABBREVIATED.matcher(folded).find()
                || COLLECTION.matcher(ASSOCIATION.matcher(text).replaceAll(" ")).find();
    }

    private @Nullable ReviewReason find(String folded) {
        var at = 0;
        while (at < folded.length()) {
            var isStart = isBoundary(folded, at);
            var skipped = isStart ? end(harmless, folded, at) : null;
            if (skipped == null) {
                var found = isStart ? end(starts, folded, at) : null;
                if (found == null) {
                    found = end(within, folded, at);
                }
                if (found != null) {
                    return found.reason();
                }
                at++;
            } else {
                at = skipped.at();
            }
        }
        return null;
    }

    /** Where a term ends, and what it says. */
    private record End(int at, ReviewReason reason) {}

    private static @Nullable End end(Node root, String folded, int start) {
        var node = root;
        for (var at = start; at < folded.length(); at++) {
            node = node.next.get(folded.charAt(at));
            if (node == null) {
                return null;
            }
            if (node.stem != null) {
                return new End(at + 1, node.stem);
            }
            if (node.whole != null && isBoundary(folded, at + 1)) {
                return new End(at + 1, node.whole);
            }
        }
        return null;
    }

    /** Whether a word starts or ends here, also between letters and digits, as in "STORNO2026". */
    private static boolean isBoundary(String folded, int at) {
        if (at == 0 || at == folded.length()) {
            return true;
        }
        var before = folded.charAt(at - 1);
        var after = folded.charAt(at);
        return before == ' ' || after == ' ' || Character.isDigit(before) != Character.isDigit(after);
    }
}
