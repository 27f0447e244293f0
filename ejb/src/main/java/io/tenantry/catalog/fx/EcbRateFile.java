package io.tenantry.catalog.fx;

import io.tenantry.kernel.csv.CsvLine;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.text.InputText;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A file of euro reference rates as published by the European Central Bank, of one day or many: XML, or CSV with a line for each day, with or
 * without quotation marks. A currency without a rate on a day ({@code N/A}) is skipped. Pure.
 *
 * @param faults a file with any fault is rejected as a whole
 */
record EcbRateFile(List<RateRow> rates, List<Fault> faults) {
    /** The maximum length; the file of every day since the euro began is shorter. */
    static final int LENGTH_MAX = 16 * 1024 * 1024;

    private static final int FAULTS_MAX = 20;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}([.][0-9]{1,10})?");
    /** The key of a daily reference rate for one euro, in the headings of the bank's data portal. */
    private static final Pattern SERIES = Pattern.compile("\\bEXR\\.D\\.([A-Z]{3})\\.EUR\\.SP00\\.A\\b");

    /** A column of the data portal that repeats the day in words. */
    private static final String TIME_PERIOD = "TIME PERIOD";

    private static final DateTimeFormatter IN_WORDS = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    /** The kinds of faults. */
    enum Kind {
        /** It is neither XML nor CSV of rates. */
        FORMAT,
        DAY,
        CURRENCY,
        /** It is not a number above zero with at most ten decimals. */
        RATE,
        /** A different rate of that currency and day is already known. */
        KNOWN,
        /** The day is in the future. */
        FUTURE,
        /** It differs from the known rate of a day nearby by more than currencies do, as an inverted one does. */
        IMPLAUSIBLE
    }

    /**
     * A fault.
     *
     * @param line counted from one
     * @param what the text found there
     */
    record Fault(int line, Kind kind, String what) {}

    /**
     * A rate.
     *
     * @param line its line number
     * @param perEuro units for one euro
     */
    record RateRow(int line, String currency, LocalDate day, BigDecimal perEuro) {}

    EcbRateFile {
        rates = List.copyOf(rates);
        faults = List.copyOf(faults);
    }

    static EcbRateFile of(String text) {
        var parser = new Parser();
        var plain = InputText.foreign(text);
        if (plain.startsWith("<")) {
            parser.xml(plain);
        } else {
            parser.csv(plain);
        }
        if (parser.rates.isEmpty() && parser.faults.isEmpty()) {
            parser.fault(1, Kind.FORMAT, "");
        }
        return new EcbRateFile(parser.rates, parser.faults);
    }

    private static final class Parser {
        private final List<RateRow> rates = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();

        void fault(int line, Kind kind, String what) {
            if (faults.size() < FAULTS_MAX) {
                faults.add(new Fault(line, kind, InputText.cut(what, 40)));
            }
        }

        void xml(String text) {
            var factory = XMLInputFactory.newFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            try {
                var reader = factory.createXMLStreamReader(new StringReader(text));
                try {
                    elements(reader);
                } finally {
                    reader.close();
                }
            } catch (XMLStreamException unreadable) {
                var place = unreadable.getLocation();
                fault(place == null ? 1 : Math.max(1, place.getLineNumber()), Kind.FORMAT, "");
            }
        }

        private void elements(XMLStreamReader reader) throws XMLStreamException {
            Optional<LocalDate> day = Optional.empty();
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamConstants.START_ELEMENT
                        || !reader.getLocalName().equals("Cube")) {
                    continue;
                }
                var line = reader.getLocation().getLineNumber();
                var time = reader.getAttributeValue(null, "time");
                if (time != null) {
                    day = day(line, time);
                }
                var currency = reader.getAttributeValue(null, "currency");
                if (currency != null) {
                    add(line, day, currency, reader.getAttributeValue(null, "rate"));
                }
            }
        }

        void csv(String text) {
            var lines = text.lines().toList();
            if (lines.isEmpty()) {
                return;
            }
            var separator = CsvLine.separator(lines.get(0));
            var heading = CsvLine.cells(lines.get(0), separator).orElse(List.of(""));
            if (!heading.get(0).equalsIgnoreCase("date")) {
                fault(1, Kind.FORMAT, heading.get(0));
                return;
            }
            var currencies = heading.stream().map(Parser::currency).toList();
            for (var at = 1; at < lines.size(); at++) {
                if (!lines.get(at).isBlank()) {
                    row(at + 1, currencies, CsvLine.cells(lines.get(at), separator));
                }
            }
        }

        private void row(int line, List<String> currencies, Optional<List<String>> read) {
            if (read.isEmpty()) {
                fault(line, Kind.FORMAT, "");
                return;
            }
            var cells = read.get();
            var day = day(line, cells.get(0));
            for (var column = 1; column < cells.size(); column++) {
                var name = column < currencies.size() ? currencies.get(column) : "";
                if (!name.equals(TIME_PERIOD)
                        && !(name.isEmpty() && cells.get(column).isEmpty())) {
                    add(line, day, name, cells.get(column));
                }
            }
        }

        /** Returns the currency of a column heading: a currency code, or the name of a series of the bank's data portal, which contains it. */
        private static String currency(String heading) {
            var series = SERIES.matcher(heading);
            return series.find() ? series.group(1) : heading;
        }

        private Optional<LocalDate> day(int line, String text) {
            try {
                return Optional.of(text.matches("\\d{4}-.*") ? LocalDate.parse(text) : LocalDate.parse(text, IN_WORDS));
            } catch (DateTimeException unreadable) {
                fault(line, Kind.DAY, text);
                return Optional.empty();
            }
        }

        /** Whether ISO 4217 uses the code for metals, funds or tests. Codes that are newer than the JVM are accepted. */
        private static boolean isNoMoney(String currency) {
            return Currency.getAvailableCurrencies().stream()
                    .anyMatch(known -> known.getCurrencyCode().equals(currency) && !CurrencyUnits.areCounted(known));
        }

        private void add(int line, Optional<LocalDate> day, String currency, @Nullable String rate) {
            if (!CURRENCY.matcher(currency).matches() || currency.equals("EUR") || isNoMoney(currency)) {
                fault(line, Kind.CURRENCY, currency);
                return;
            }
            if (rate == null || rate.isEmpty() || rate.equals("N/A")) {
                return;
            }
            if (!NUMBER.matcher(rate).matches() || new BigDecimal(rate).signum() == 0) {
                fault(line, Kind.RATE, currency + " " + rate);
                return;
            }
            day.ifPresent(of ->
                    rates.add(new RateRow(line, currency, of, new BigDecimal(rate).setScale(ExchangeRate.SCALE))));
        }
    }
}
