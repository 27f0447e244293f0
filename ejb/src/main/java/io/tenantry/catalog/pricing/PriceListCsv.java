package io.tenantry.catalog.pricing;

import io.tenantry.kernel.csv.Csv;
import io.tenantry.text.Confusables;
import io.tenantry.text.InputText;
import io.tenantry.text.TextFile;
import io.tenantry.text.TextFile.Decoded;
import io.tenantry.text.UnacceptableText;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Prices of a list as a CSV file: columns {@code kind, provider, code, region, monthly, orderable}, amounts with a dot and at most eight
 * decimals, in the currency of the list. A file is accepted as a whole or not at all, also as spreadsheets save it: in UTF-16, with semicolons
 * or tabs, with a line that names the separator, and with rows and columns that were emptied.
 */
public final class PriceListCsv {
    /** The maximum length of a file. */
    public static final int LENGTH_MAX = 2 * 1024 * 1024;

    private static final List<String> HEADER = List.of("kind", "provider", "code", "region", "monthly", "orderable");
    private static final int FAULTS_MAX = 100;
    private static final int AMOUNT_MAX = 20;

    /** The line at the top that names the separator for spreadsheets. */
    private static final Pattern SEPARATOR = Pattern.compile("\"?sep=([,;\t])\"?[,;\t\\s]*", Pattern.CASE_INSENSITIVE);

    /** A number that would be a thousand times greater if its dot separated thousands. */
    private static final Pattern GROUPED = Pattern.compile("[1-9][0-9]{0,2}[.][0-9]{3}");

    private static final char REPLACED = '\uFFFD';

    private PriceListCsv() {}

    /** The kinds of faults in a line. */
    public enum Problem {
        /** The file is too long, or not CSV. */
        FILE,
        /** It has no content. */
        EMPTY,
        /** It is a workbook of a spreadsheet program. */
        SPREADSHEET,
        /** It is of another format that is no text. */
        FORMAT,
        /** Its encoding is neither UTF-8 nor UTF-16. */
        ENCODING,
        /** It has a control character. */
        CONTROL,
        /** The first line does not name the columns. */
        HEADER,
        /** It has more or fewer cells than columns. */
        CELLS,
        KIND,
        PROVIDER,
        CODE,
        /** A code or region has letters that look like those of another script. */
        LETTERS,
        REGION,
        MONTHLY,
        /** The dot may separate thousands. */
        AMBIGUOUS,
        ORDERABLE,
        /** An earlier line has the same subject, or one whose code looks the same. */
        DUPLICATE,
        /** There are more prices than a list may have. */
        TOO_MANY
    }

    /**
     * A faulty line.
     *
     * @param line counted from 1, of its first character
     * @param found the text found there
     */
    public record Fault(long line, Problem problem, String found) {}

    /** The result of reading a file; prices only if there is no fault. */
    public record Reading(List<PriceItem> items, List<Fault> faults) {
        public Reading {
            faults = List.copyOf(faults);
            items = faults.isEmpty() ? List.copyOf(items) : List.of();
        }
    }

    /** Reads a file in UTF-8 or UTF-16, also as the only file of an archive. */
    public static Reading read(byte[] file, Currency currency) {
        var decoded = TextFile.decode(file, LENGTH_MAX);
        if (decoded instanceof Decoded.Text text) {
            return read(text.text(), currency);
        }
        var refused = (Decoded.Refused) decoded;
        return switch (refused.fault()) {
            case EMPTY -> failed(Problem.EMPTY);
            case SPREADSHEET -> failed(Problem.SPREADSHEET, refused.format());
            case FORMAT -> failed(Problem.FORMAT, refused.format());
            case ENCODING -> failed(Problem.ENCODING);
            case CONTROL -> new Reading(List.of(), List.of(new Fault(refused.line(), Problem.CONTROL, "")));
            case ARCHIVE, TOO_LONG -> failed(Problem.FILE);
        };
    }

    private static Reading failed(Problem problem) {
        return failed(problem, "");
    }

    private static Reading failed(Problem problem, String found) {
        return new Reading(List.of(), List.of(new Fault(1, problem, found)));
    }

    /** Reads a text whose cells are separated by commas, semicolons, or tabs. */
    public static Reading read(String text, Currency currency) {
        var plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (plain.length() > LENGTH_MAX) {
            return failed(Problem.FILE);
        }
        var first = plain.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        var matcher = SEPARATOR.matcher(first);
        var isStated = matcher.matches();
        var separator = isStated ? matcher.group(1).charAt(0) : separator(first);
        var format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .get();
        var items = new ArrayList<PriceItem>();
        var faults = new ArrayList<Fault>();
        var line = 1L;
        try (var parser = CSVParser.parse(new StringReader(plain), format)) {
            var lines = new PriceLines();
            var isFirst = true;
            var isHeader = true;
            for (var record : parser) {
                var cells = cells(record);
                if (!cells.isEmpty() && isFirst && isStated) {
                    isFirst = false;
                } else if (!cells.isEmpty() && isHeader) {
                    isHeader = false;
                    if (!isHeader(cells)) {
                        return new Reading(List.of(), List.of(new Fault(line, Problem.HEADER, first)));
                    }
                } else if (!cells.isEmpty()) {
                    read(cells, separator, currency, line, lines, items, faults);
                }
                if (faults.size() >= FAULTS_MAX) {
                    break;
                }
                line = parser.getCurrentLineNumber() + 1;
            }
            if (isHeader) {
                faults.add(new Fault(1, Problem.HEADER, ""));
            }
        } catch (IOException | UncheckedIOException unreadable) {
            faults.add(new Fault(line, Problem.FILE, ""));
        }
        return new Reading(items, faults);
    }

    private static char separator(String header) {
        return header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
    }

    /** Returns the cells of a row without empty ones beyond the columns; none if all are empty. */
    private static List<String> cells(CSVRecord record) {
        var cells = record.stream().map(String::strip).toList();
        var end = cells.size();
        while (end > HEADER.size() && cells.get(end - 1).isEmpty()) {
            end--;
        }
        return cells.stream().allMatch(String::isEmpty) ? List.of() : cells.subList(0, end);
    }

    private static boolean isHeader(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.toLowerCase(Locale.ROOT))
                .toList()
                .equals(HEADER);
    }

    private static void read(
            List<String> row,
            char separator,
            Currency currency,
            long line,
            PriceLines lines,
            List<PriceItem> items,
            List<Fault> faults) {
        if (row.size() != HEADER.size()) {
            faults.add(new Fault(line, Problem.CELLS, String.valueOf(row.size())));
            return;
        }
        var cells = row.stream().map(Csv::plain).toList();
        var before = faults.size();
        var kind = Arrays.stream(PriceKey.Kind.values())
                .filter(one -> one.name().equalsIgnoreCase(cells.get(0)))
                .findFirst();
        if (kind.isEmpty()) {
            faults.add(new Fault(line, Problem.KIND, cells.get(0)));
        }
        if (!PriceKey.isProvider(cells.get(1))) {
            faults.add(new Fault(line, Problem.PROVIDER, cells.get(1)));
        }
        var monthly = amount(cells.get(4), currency);
        if (monthly.isEmpty()) {
            faults.add(new Fault(line, Problem.MONTHLY, cells.get(4)));
        } else if (separator != ',' && GROUPED.matcher(cells.get(4)).matches()) {
            faults.add(new Fault(line, Problem.AMBIGUOUS, cells.get(4)));
        }
        var orderable = orderable(cells.get(5));
        if (orderable.isEmpty()) {
            faults.add(new Fault(line, Problem.ORDERABLE, cells.get(5)));
        }
        if (faults.size() > before) {
            return;
        }
        var key = new PriceKey(kind.orElseThrow(), cells.get(1), cells.get(2), cells.get(3)).tidied();
        if (!Confusables.isClear(key.code())) {
            faults.add(new Fault(line, Problem.LETTERS, cells.get(2)));
        } else if (!Confusables.isClear(key.region())) {
            faults.add(new Fault(line, Problem.LETTERS, cells.get(3)));
        } else if (!key.isCode() || !isClean(key.code()) || key.code().indexOf(REPLACED) >= 0) {
            faults.add(new Fault(line, Problem.CODE, cells.get(2)));
        } else if (!key.isRegion() || !isClean(key.region())) {
            faults.add(new Fault(line, Problem.REGION, cells.get(3)));
        } else if (items.size() >= PriceLists.ITEMS_MAX) {
            faults.add(new Fault(line, Problem.TOO_MANY, String.valueOf(PriceLists.ITEMS_MAX)));
        } else {
            lines.add(key, line)
                    .ifPresent(earlier -> faults.add(new Fault(line, Problem.DUPLICATE, String.valueOf(earlier))));
            items.add(new PriceItem(key, monthly.orElseThrow(), orderable.orElseThrow(), Optional.empty()));
        }
    }

    /** Whether a code has no invisible characters. */
    private static boolean isClean(String code) {
        try {
            return InputText.line(code).equals(code);
        } catch (UnacceptableText refused) {
            return false;
        }
    }

    private static Optional<BigDecimal> amount(String text, Currency currency) {
        if (text.length() > AMOUNT_MAX || !text.matches("[0-9]+([.][0-9]+)?")) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text)).filter(price -> PriceItem.isPrice(price, currency));
    }

    private static Optional<Boolean> orderable(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "1" -> Optional.of(true);
            case "no", "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Writes prices so that {@link #read} reads the same; no cell is a formula in a spreadsheet. */
    public static String write(List<PriceItem> items) {
        var text = new StringBuilder();
        try {
            Csv.write(text, HEADER);
            for (var item : items) {
                var key = item.key();
                Csv.write(
                        text,
                        List.of(
                                key.kind().name().toLowerCase(Locale.ROOT),
                                key.provider(),
                                key.code(),
                                key.region(),
                                item.monthly().toPlainString(),
                                item.orderable() ? "yes" : "no"));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
