package io.tenantry.billing.tax;

import io.tenantry.billing.tax.TaxComponents.SingleTax;
import io.tenantry.kernel.csv.CsvLine;
import io.tenantry.text.AmountText;
import io.tenantry.text.DateText;
import io.tenantry.text.InputText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A table of rates in text form: {@code US-CA;STANDARD;7.25;2026-01-01}, or a line for each tax of a place and day,
 * {@code CA-QC;STANDARD;GST;5;2026-01-01} and {@code CA-QC;STANDARD;QST;9.975;2026-01-01}, with a plus before the percentage of a compound tax.
 * The default category is the standard one. Cells are separated by semicolons, tabs or commas; a cell may be in quotation marks, and a
 * percentage may be followed by its sign. Lines that start with a number sign are comments, and a first line with headings is ignored.
 * Independent of the database.
 *
 * @param faults nothing is imported from a table that has any
 */
record TaxRateImport(List<Row> rows, List<Fault> faults) {
    /** Maximum number of lines. */
    static final int LINES_MAX = 20_000;

    private static final int WHOLE = 4;
    private static final int PIECE = 5;
    private static final int PERCENT_SCALE = 4;
    private static final BigDecimal PERCENT_MAX = new BigDecimal("100");
    private static final Pattern PLACE = Pattern.compile("([A-Z]{2})(-[A-Z0-9]{1,3})?");
    private static final Pattern CATEGORY = Pattern.compile("[A-Z][A-Z_]{0,19}");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** Kinds of faults of a line. */
    enum Kind {
        /** It has neither four nor five fields. */
        FORMAT,
        /** There is no such country, or the region is longer than three characters. */
        PLACE,
        CATEGORY,
        /** The name of a tax must consist of letters. */
        NAME,
        /** The percentage must be from 0 to 100 with at most four decimals, for all taxes of a place together. */
        PERCENT,
        DAY,
        /** Another line has the same place and day. */
        DUPLICATE,
        /** A different rate is already known for that day. */
        KNOWN,
        /** It must apply from the start of a future month if hours are already charged at that place's rates. */
        FROM,
        /** There are too many lines. */
        LENGTH
    }

    /**
     * A fault of a line.
     *
     * @param line counted from one
     */
    record Fault(int line, Kind kind) {}

    /**
     * A rate.
     *
     * @param line where it first appears
     */
    record Row(int line, String place, String category, BigDecimal percent, TaxComponents split, LocalDate from) {}

    private record Key(String place, String category, LocalDate from) {}

    private record RateLine(int line, Optional<BigDecimal> whole, List<SingleTax> pieces) {}

    TaxRateImport {
        rows = List.copyOf(rows);
        faults = List.copyOf(faults);
    }

    /** Whether a text is a country, or a region of one. */
    static boolean isPlace(String text) {
        var matched = PLACE.matcher(text);
        return matched.matches() && COUNTRIES.contains(matched.group(1));
    }

    /** Whether a text has at most twenty characters, all of them capital letters and underscores. */
    static boolean isCategory(String text) {
        return CATEGORY.matcher(text).matches();
    }

    /** Whether a percentage is from 0 to 100 with at most four decimals. */
    static boolean isPercent(BigDecimal percent) {
        return percent.signum() >= 0
                && percent.compareTo(PERCENT_MAX) <= 0
                && percent.stripTrailingZeros().scale() <= PERCENT_SCALE;
    }

    static TaxRateImport of(String text) {
        var parser = new Parser();
        var number = 0;
        for (var line :
                InputText.withoutForbidden(text).replace("\uFEFF", "").lines().toList()) {
            number++;
            if (number > LINES_MAX) {
                parser.faults.add(new Fault(number, Kind.LENGTH));
                break;
            }
            parser.line(number, InputText.trimmed(line));
        }
        return parser.table();
    }

    private static final class Parser {
        private final Map<Key, RateLine> stated = new LinkedHashMap<>();
        private final List<Fault> faults = new ArrayList<>();

        private void line(int number, String line) {
            if (line.isEmpty() || line.startsWith("#")) {
                return;
            }
            var cells = CsvLine.cells(line).orElse(List.of());
            if (number == 1
                    && !cells.isEmpty()
                    && cells.get(0).toLowerCase(Locale.ROOT).startsWith("place")) {
                return;
            }
            if (cells.size() != WHOLE && cells.size() != PIECE) {
                faults.add(new Fault(number, Kind.FORMAT));
                return;
            }
            read(number, cells).ifPresent(kind -> faults.add(new Fault(number, kind)));
        }

        private Optional<Kind> read(int number, List<String> cells) {
            var place = cells.get(0).toUpperCase(Locale.ROOT);
            var category = cells.get(1).toUpperCase(Locale.ROOT);
            var name = cells.size() == PIECE ? cells.get(2) : "";
            var rate = cells.get(cells.size() - 2);
            var percent = percent(rate.startsWith("+") ? rate.substring(1) : rate);
            var day = day(cells.get(cells.size() - 1));
            if (!isPlace(place)) {
                return Optional.of(Kind.PLACE);
            }
            if (!category.isEmpty() && !isCategory(category)) {
                return Optional.of(Kind.CATEGORY);
            }
            if (!name.isEmpty() && !TaxComponents.isName(name)) {
                return Optional.of(Kind.NAME);
            }
            if (percent.filter(TaxRateImport::isPercent).isEmpty() || (name.isEmpty() && rate.startsWith("+"))) {
                return Optional.of(Kind.PERCENT);
            }
            if (day.isEmpty()) {
                return Optional.of(Kind.DAY);
            }
            var key = new Key(place, category.isEmpty() ? TaxRates.STANDARD : category, day.get());
            return name.isEmpty()
                    ? whole(number, key, percent.get())
                    : piece(number, key, new SingleTax(name, percent.get(), rate.startsWith("+")));
        }

        private Optional<Kind> whole(int number, Key key, BigDecimal percent) {
            var before = stated.putIfAbsent(key, new RateLine(number, Optional.of(percent), List.of()));
            return before == null ? Optional.empty() : Optional.of(Kind.DUPLICATE);
        }

        private Optional<Kind> piece(int number, Key key, SingleTax singleTax) {
            var before = stated.computeIfAbsent(key, any -> new RateLine(number, Optional.empty(), new ArrayList<>()));
            if (before.whole().isPresent()
                    || before.pieces().stream().anyMatch(other -> other.name().equals(singleTax.name()))) {
                return Optional.of(Kind.DUPLICATE);
            }
            before.pieces().add(singleTax);
            return Optional.empty();
        }

        private TaxRateImport table() {
            var rows = new ArrayList<Row>();
            stated.forEach((key, one) -> {
                var split = new TaxComponents(one.pieces());
                var percent = one.whole().orElseGet(split::percent);
                if (isPercent(percent)) {
                    rows.add(new Row(one.line(), key.place(), key.category(), percent, split, key.from()));
                } else {
                    faults.add(new Fault(one.line(), Kind.PERCENT));
                }
            });
            return new TaxRateImport(rows, faults);
        }

        private static Optional<BigDecimal> percent(String text) {
            return AmountText.decimal(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
        }

        private static Optional<LocalDate> day(String text) {
            return DateText.day(text);
        }
    }
}
