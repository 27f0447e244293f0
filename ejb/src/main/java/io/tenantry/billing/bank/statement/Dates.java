package io.tenantry.billing.bank.statement;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as banks write them. A time after a date is ignored: the date counts as written, regardless of its time zone. */
final class Dates {
    private static final int ISO_LENGTH = 10;
    private static final Pattern TIME = Pattern.compile(
            "[\\sT,]+[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]{1,9})?)?\\s*(?:[AaPp]\\.?\\s?[Mm]\\.?)?"
                    + "\\s*(?:Z|\\(?[A-Z]{2,5}\\)?|(?:UTC|GMT)?[+-][0-9]{2}:?[0-9]{2}(?:\\[[\\w/]+])?|Uhr)?$");
    private static final Pattern WEEKDAY = Pattern.compile("^\\p{L}{2,12}\\.?,\\s*");
    private static final Pattern YEAR_FIRST = Pattern.compile("([0-9]{4})([-/.])([0-9]{1,2})\\2([0-9]{1,2})");
    private static final Pattern PACKED = Pattern.compile("((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})");
    private static final Pattern DOTTED = Pattern.compile("([0-9]{1,2})\\.\\s?([0-9]{1,2})\\.\\s?([0-9]{4}|[0-9]{2})");
    private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,2})([-/ ])([0-9]{1,2})\\2([0-9]{4}|[0-9]{2})");
    private static final Pattern DAY_NAME = Pattern.compile(
            "([0-9]{1,2})(?:\\.|er|st|nd|rd|th|º)?[\\s-/]*(?:de\\s+|of\\s+)?(\\p{L}{3,12})\\.?,?[\\s-/]*(?:de[l]?\\s+)?([0-9]{4}|[0-9]{2})");
    private static final Pattern NAME_DAY =
            Pattern.compile("(\\p{L}{3,12})\\.?\\s*([0-9]{1,2})(?:st|nd|rd|th)?,?\\s+([0-9]{4})");
    private static final Pattern YEAR_NAME = Pattern.compile("([0-9]{4})[\\s-](\\p{L}{3,12})\\.?[\\s-]([0-9]{1,2})");
    private static final Map<String, Integer> MONTHS = months();
    private static final int LENGTH_MAX = 60;
    private static final int CENTURY = 2000;
    private static final int RECENT_DAYS = 400;
    /** How far a date can lie ahead because of time zones. */
    private static final int AHEAD_DAYS = 1;
    /** How far a date may lie ahead while it is not known which number is the month: some files list planned transactions. */
    private static final int PLANNED_DAYS = 31;

    private static final int BACK_YEARS = 10;

    private Dates() {}

    /** Possible readings of a text, by date order; an unambiguous text has a single reading that applies to all orders. */
    record DateReadings(Map<DateOrder, LocalDate> byOrder, boolean isOrdered) {
        private static DateReadings none() {
            return new DateReadings(Map.of(), false);
        }

        boolean isNone() {
            return byOrder.isEmpty();
        }
    }

    private static Map<String, Integer> months() {
        var all = new HashMap<String, Integer>();
        var lists = new String[] {
            "jan januar january janvier januari enero ene gennaio gen janv jänner janner jaen jän",
            "feb februar february fevrier februari febrero febbraio fev fevr febr",
            "mar marz march mars maart marzo mrz mrt maer maerz",
            "apr april avril abril aprile avr abr",
            "may mai mei mayo maggio mag",
            "jun juni june juin junio giugno giu",
            "jul juli july juillet julio luglio lug juil",
            "aug august aout augustus agosto ago",
            "sep september septembre septiembre settembre sept set",
            "oct october oktober octobre octubre ottobre okt ott",
            "nov november novembre noviembre",
            "dec december dezember decembre diciembre dicembre dez dic"
        };
        for (var month = 0; month < lists.length; month++) {
            for (var name : lists[month].split(" ", -1)) {
                all.put(DoubtfulTerms.fold(name), month + 1);
            }
        }
        return Map.copyOf(all);
    }

    static boolean isLike(String text) {
        return !readings(text).isNone();
    }

    /** Returns all readings of a text as an existing date. */
    static DateReadings readings(String text) {
        if (text.length() > LENGTH_MAX || text.chars().noneMatch(Character::isDigit)) {
            return DateReadings.none();
        }
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("[\\p{Cf}]", "")
                .replaceAll("[\\u2010-\\u2014\\u2212]", "-")
                .replaceAll("\\p{Zs}+", " ")
                .strip();
        plain = WEEKDAY.matcher(plain).replaceFirst("");
        plain = TIME.matcher(plain).replaceFirst("").strip();
        var yearFirst = YEAR_FIRST.matcher(plain);
        if (yearFirst.matches()) {
            return only(date(yearFirst.group(1), yearFirst.group(3), yearFirst.group(4)));
        }
        var packed = PACKED.matcher(plain);
        if (packed.matches()) {
            return only(date(packed.group(1), packed.group(2), packed.group(3)));
        }
        var dotted = DOTTED.matcher(plain);
        if (dotted.matches()) {
            return only(date(dotted.group(3), dotted.group(2), dotted.group(1)));
        }
        var numbers = NUMBERS.matcher(plain);
        return numbers.matches() ? ordered(numbers) : named(plain);
    }

    private static DateReadings ordered(Matcher numbers) {
        var first = numbers.group(1);
        var second = numbers.group(3);
        var third = numbers.group(4);
        var found = new EnumMap<DateOrder, LocalDate>(DateOrder.class);
        date(third, second, first).ifPresent(date -> found.put(DateOrder.DAY_FIRST, date));
        date(third, first, second).ifPresent(date -> found.put(DateOrder.MONTH_FIRST, date));
        if (first.length() == 2 && third.length() == 2) {
            date(first, second, third).ifPresent(date -> found.put(DateOrder.YEAR_FIRST, date));
        }
        return new DateReadings(Map.copyOf(found), true);
    }

    private static DateReadings named(String text) {
        var dayName = DAY_NAME.matcher(text);
        if (dayName.matches()) {
            return named(dayName.group(3), dayName.group(2), dayName.group(1));
        }
        var nameDay = NAME_DAY.matcher(text);
        if (nameDay.matches()) {
            return named(nameDay.group(3), nameDay.group(1), nameDay.group(2));
        }
        var yearName = YEAR_NAME.matcher(text);
        return yearName.matches()
                ? named(yearName.group(1), yearName.group(2), yearName.group(3))
                : DateReadings.none();
    }

    private static DateReadings named(String year, String name, String day) {
        var month = MONTHS.get(DoubtfulTerms.fold(name));
        return month == null ? DateReadings.none() : only(date(year, Integer.toString(month), day));
    }

    private static DateReadings only(Optional<LocalDate> date) {
        return date.map(known -> new DateReadings(Map.of(DateOrder.DAY_FIRST, known), false))
                .orElseGet(DateReadings::none);
    }

    private static Optional<LocalDate> date(String year, String month, String day) {
        var number = Integer.parseInt(year);
        try {
            return Optional.of(LocalDate.of(
                    year.length() == 2 ? CENTURY + number : number, Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** Parses a date; empty if the text is not a date, or needs an order that is not known. */
    static Optional<LocalDate> parse(String text, Optional<DateOrder> order) {
        var dateReadings = readings(text);
        if (!dateReadings.isOrdered()) {
            return dateReadings.byOrder().values().stream().findFirst();
        }
        if (order.isPresent()) {
            return Optional.ofNullable(dateReadings.byOrder().get(order.get()));
        }
        return dateReadings.byOrder().values().stream().distinct().count() == 1
                ? dateReadings.byOrder().values().stream().findFirst()
                : Optional.empty();
    }

    /** Whether a booking on this date is impossible or unlikely: it lies ahead, or many years back. */
    static boolean isFarOff(LocalDate date, LocalDate today) {
        return date.isAfter(today.plusDays(AHEAD_DAYS)) || date.isBefore(today.minusYears(BACK_YEARS));
    }

    /** Whether the order makes a difference for any of these texts. */
    static boolean needsOrder(Collection<String> texts) {
        return texts.stream().map(Dates::readings).anyMatch(DateReadings::isOrdered);
    }

    /**
     * Determines the order in which all these texts make sense: as existing dates that are not far off. If there are several, prefers the order
     * that was set, or else that of the country; empty if it cannot be determined, or if the texts contradict each other.
     */
    static Optional<DateOrder> order(
            Collection<String> texts, Optional<DateOrder> stated, String country, LocalDate today) {
        var existing = EnumSet.allOf(DateOrder.class);
        var possible = EnumSet.allOf(DateOrder.class);
        var recent = EnumSet.allOf(DateOrder.class);
        for (var text : texts) {
            var dateReadings = readings(text);
            if (dateReadings.isOrdered() && !dateReadings.isNone()) {
                existing.retainAll(dateReadings.byOrder().keySet());
                possible.removeIf(order -> !isPossible(dateReadings.byOrder().get(order), today));
                recent.removeIf(order -> !isRecent(dateReadings.byOrder().get(order), today));
            }
        }
        if (possible.size() == 1) {
            return possible.stream().findFirst();
        }
        if (stated.filter(possible.isEmpty() ? existing::contains : possible::contains)
                .isPresent()) {
            return stated;
        }
        recent.retainAll(possible);
        if (recent.equals(EnumSet.of(DateOrder.YEAR_FIRST))) {
            return Optional.of(DateOrder.YEAR_FIRST);
        }
        possible.remove(DateOrder.YEAR_FIRST); // This order is rare, unless the others lie years back.
        return possible.size() == 1
                ? possible.stream().findFirst()
                : ofCountry(country).filter(possible::contains);
    }

    private static boolean isPossible(@org.jspecify.annotations.Nullable LocalDate date, LocalDate today) {
        return date != null
                && !date.isAfter(today.plusDays(PLANNED_DAYS))
                && !date.isBefore(today.minusYears(BACK_YEARS));
    }

    private static boolean isRecent(@org.jspecify.annotations.Nullable LocalDate date, LocalDate today) {
        return date != null
                && !date.isAfter(today.plusDays(PLANNED_DAYS))
                && !date.isBefore(today.minusDays(RECENT_DAYS));
    }

    private static final Set<String> MONTH_FIRST = Set.of("US", "PH", "FM", "MH", "PW", "PR", "GU", "VI", "AS", "MP");
    private static final Set<String> EITHER = Set.of("CA", "KE", "GH", "ZA", "MY", "PA", "");

    private static Optional<DateOrder> ofCountry(String country) {
        if (EITHER.contains(country)) {
            return Optional.empty();
        }
        return Optional.of(MONTH_FIRST.contains(country) ? DateOrder.MONTH_FIRST : DateOrder.DAY_FIRST);
    }

    /** A day as XML writes it, perhaps with a time behind it. */
    static Optional<LocalDate> iso(String text) {
        try {
            return Optional.of(LocalDate.parse(text.length() > ISO_LENGTH ? text.substring(0, ISO_LENGTH) : text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
