package io.tenantry.billing.bank.statement;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as banks write them. An ambiguous number is rejected, unless the rest of the file shows how numbers are written. */
final class Amounts {
    private static final String MINUS = "-\u2212\u2013\u2014\u2010\u2011\u2012\ufe63\uff0d";
    private static final String LABEL = "[\\p{L}]{1,6}\\.?|[\\p{L}]{0,2}\\p{Sc}";
    private static final Pattern SHAPE = Pattern.compile("(?<open>\\()?\\s*(?<sign1>[+-])?\\s*(?<before>" + LABEL
            + ")?\\s*(?<sign2>[+-])?\\s*(?<open2>\\()?\\s*(?<number>[0-9](?:[0-9.,'\u2019\u02bc ]*[0-9])?)\\s*(?<close2>\\))?\\s*(?<sign3>[+-])?\\s*(?<after>"
            + LABEL
            + ")?\\s*(?<sign4>[+-])?\\s*(?<close>\\))?\\s*(?<word>[CDSH]|CR|DR|Cr|Dr|cr|dr)?\\.?");
    private static final Pattern GROUPS = Pattern.compile("[0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\\1[0-9]{3})*");
    private static final Pattern INDIAN = Pattern.compile("[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");
    private static final Pattern FORMAT_MARKS = Pattern.compile("[\\p{Cf}&&[^\u00ad]]");
    private static final int LENGTH_MAX = 60;
    private static final int DECIMALS_MAX = 5;

    private Amounts() {}

    /**
     * An amount.
     *
     * @param value with its sign
     * @param isSigned whether a sign, parentheses or a word is written
     * @param direction by a word after the number, such as CR or S
     * @param currency as written in the cell
     */
    record Amount(
            BigDecimal value,
            boolean isSigned,
            Optional<Direction> direction,
            Optional<Currencies.CurrencyTerm> currency) {}

    static boolean isMinus(char sign) {
        return MINUS.indexOf(sign) >= 0;
    }

    /** Whether a text looks like an amount, regardless of its decimal mark. */
    static boolean isLike(String cell) {
        return shape(cell)
                .filter(shape -> labels(shape).isPresent())
                .map(shape -> shape.group("number"))
                .filter(number -> isNumber(number, DecimalMark.COMMA) || isNumber(number, DecimalMark.POINT))
                .isPresent();
    }

    /** Returns the decimal mark used in these cells; empty if no number shows it, or numbers contradict each other. */
    static Optional<DecimalMark> mark(Collection<String> cells) {
        var isComma = false;
        var isPoint = false;
        for (var cell : cells) {
            var shape = shape(cell);
            if (shape.isPresent()) {
                var number = shape.get().group("number");
                var comma = isNumber(number, DecimalMark.COMMA);
                var point = isNumber(number, DecimalMark.POINT);
                isComma |= comma && !point;
                isPoint |= point && !comma;
            }
        }
        return isComma == isPoint ? Optional.empty() : Optional.of(isComma ? DecimalMark.COMMA : DecimalMark.POINT);
    }

    /** Returns the decimal mark of amounts whose only separator groups thousands; empty if they have none, or both. */
    static Optional<DecimalMark> decimalMarkWithThousands(Collection<String> cells) {
        var isComma = cells.stream().anyMatch(cell -> cell.indexOf(DecimalMark.COMMA.sign()) >= 0);
        var isPoint = cells.stream().anyMatch(cell -> cell.indexOf(DecimalMark.POINT.sign()) >= 0);
        return isComma == isPoint ? Optional.empty() : Optional.of(isComma ? DecimalMark.POINT : DecimalMark.COMMA);
    }

    /** Parses the amount in a cell; empty if it is not an amount, or is ambiguous without a mark. */
    static Optional<Amount> parse(String cell, Optional<DecimalMark> mark) {
        var shape = shape(cell).orElse(null);
        if (shape == null) {
            return Optional.empty();
        }
        var number = shape.group("number");
        var value = mark.isPresent() ? value(number, mark.get()) : unmistakable(number);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        var signs = 0;
        var isNegative = false;
        for (var name : new String[] {"sign1", "sign2", "sign3", "sign4"}) {
            if (shape.group(name) != null) {
                signs++;
                isNegative |= shape.group(name).equals("-");
            }
        }
        var opened = (shape.group("open") == null ? 0 : 1) + (shape.group("open2") == null ? 0 : 1);
        var closed = (shape.group("close") == null ? 0 : 1) + (shape.group("close2") == null ? 0 : 1);
        if (signs + opened > 1 || opened != closed) {
            return Optional.empty();
        }
        var labels = labels(shape);
        if (labels.isEmpty()) {
            return Optional.empty();
        }
        isNegative |= opened == 1;
        return Optional.of(new Amount(
                isNegative ? value.get().negate() : value.get(),
                signs + opened > 0,
                labels.get().direction(),
                labels.get().currency()));
    }

    private record CellLabels(Optional<Direction> direction, Optional<Currencies.CurrencyTerm> currency) {}

    /** Returns the meaning of the letters and signs around a number; empty if they are unknown. */
    private static Optional<CellLabels> labels(Matcher shape) {
        var direction = Optional.<Direction>empty();
        var currency = Optional.<Currencies.CurrencyTerm>empty();
        for (var name : new String[] {"before", "after", "word"}) {
            var text = shape.group(name);
            if (text == null) {
                continue;
            }
            var word = text.replace(".", "");
            if (!name.equals("before") && word.toUpperCase(Locale.ROOT).matches("[CDSH]|CR|DR")) {
                direction = DirectionVocabulary.of(word);
            } else if (currency.isEmpty() && Currencies.isKnown(text)) {
                currency = Optional.of(Currencies.of(text));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new CellLabels(direction, currency));
    }

    private static Optional<Matcher> shape(String cell) {
        if (cell.length() > LENGTH_MAX || cell.chars().noneMatch(Character::isDigit)) {
            return Optional.empty();
        }
        var plain = new StringBuilder();
        for (var sign : FORMAT_MARKS
                .matcher(Normalizer.normalize(cell, Normalizer.Form.NFKC))
                .replaceAll("")
                .toCharArray()) {
            plain.append(
                    isMinus(sign)
                            ? '-'
                            : Character.isSpaceChar(sign) ? ' ' : sign == '\u2019' || sign == '\u02bc' ? '\'' : sign);
        }
        var shape = SHAPE.matcher(plain.toString().strip());
        return shape.matches() ? Optional.of(shape) : Optional.empty();
    }

    private static boolean isNumber(String number, DecimalMark mark) {
        return value(number, mark).isPresent();
    }

    private static Optional<BigDecimal> unmistakable(String number) {
        var comma = value(number, DecimalMark.COMMA);
        var point = value(number, DecimalMark.POINT);
        if (comma.isPresent() && point.isPresent() && comma.get().compareTo(point.get()) != 0) {
            return Optional.empty();
        }
        return comma.isPresent() ? comma : point;
    }

    private static Optional<BigDecimal> value(String number, DecimalMark mark) {
        var at = number.lastIndexOf(mark.sign());
        var whole = at < 0 ? number : number.substring(0, at);
        var decimals = at < 0 ? "" : number.substring(at + 1);
        if (whole.indexOf(mark.sign()) >= 0
                || (!decimals.isEmpty() && !decimals.matches("[0-9]{1," + DECIMALS_MAX + "}"))) {
            return Optional.empty();
        }
        var isGrouped = GROUPS.matcher(whole).matches()
                || (mark == DecimalMark.POINT && INDIAN.matcher(whole).matches());
        var digits = isGrouped ? whole.replaceAll("[^0-9]", "") : whole;
        if (!DIGITS.matcher(digits).matches() || (isGrouped && whole.charAt(0) == '0')) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(decimals.isEmpty() ? digits : digits + "." + decimals));
    }
}
