package io.tenantry.bank;

import io.tenantry.bank.Statement.Format;
import io.tenantry.bank.Statement.Line;
import io.tenantry.bank.UnreadableStatement.Reason;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads bank statements as tables of text. Which column is which is known by the names that banks give them, or by those that the reseller
 * says; separator, signs of numbers and order of dates by what is in the file, and where that could be read in two ways it is not read.
 */
final class CsvStatement {
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[ T].*)?");
    private static final Pattern DOTTED = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{2}|\\d{4})");
    private static final Pattern SLASHED = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{2}|\\d{4})");
    private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(?:(?:\\.\\d{3})+|(?:,\\d{3})+)");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,15}(?:\\.\\d{1,5})?");
    private static final int HEAD_MAX = 30;
    private static final int MONTHS = 12;
    private static final int CENTURY = 2000;

    /** What a column can be, with the beginnings of names by which banks call it, most telling first. */
    enum Column {
        DATE("buchungstag|buchungsdatum|booking date|booked|buchung|datum|date|valuta|completed date"),
        AMOUNT("betrag|amount|umsatz"),
        CURRENCY("währung|waehrung|currency"),
        PAYER(
                "name zahlungsbeteiligter|beguenstigter/zahlungspflichtiger|begünstigter/zahlungspflichtiger|auftraggeber/empfänger"
                        + "|zahlungspflichtige*r|zahlungspflichtiger|auftraggeber|counterparty|payer|partner name|name"),
        IBAN("iban zahlungsbeteiligter|kontonummer/iban|partner iban|payer iban|counterparty iban|iban|kontonummer"),
        WORDS("verwendungszweck|remittance|purpose|payment reference|buchungstext|description|details|text"),
        KEY("bankreferenz|bank reference|transaction id|transaktions-id"),
        ACCOUNT("iban auftragskonto|auftragskonto|own account|account iban");

        private final String usual;

        Column(String usual) {
            this.usual = usual;
        }
    }

    private final Map<Column, String> named;
    private final Line usual;

    /** @param usual what is meant where a file says neither whose statement it is nor in which currency */
    private CsvStatement(Map<Column, String> named, Line usual) {
        this.named = named;
        this.usual = usual;
    }

    /**
     * Reads a file.
     *
     * @param named how columns are called here, where otherwise than usual
     * @param account whose statement it is if the file does not say
     * @param currency of amounts if the file does not say
     */
    static Statement read(byte[] file, Map<Column, String> named, String account, Currency currency)
            throws UnreadableStatement {
        var usual = new Line(account, "", LocalDate.EPOCH, BigDecimal.ONE, currency, "", "", "");
        return new CsvStatement(named, usual).read(text(file));
    }

    private Statement read(String text) throws UnreadableStatement {
        var rows = rows(text, separator(text));
        for (var at = 0; at < Math.min(rows.size(), HEAD_MAX); at++) {
            var columns = columns(rows.get(at));
            if (columns.containsKey(Column.DATE) && columns.containsKey(Column.AMOUNT)) {
                return read(rows.subList(at + 1, rows.size()), columns);
            }
        }
        var first = rows.stream()
                .filter(row -> row.size() > 1)
                .findFirst()
                .map(row -> String.join(", ", row))
                .orElse("");
        throw new UnreadableStatement(Reason.NO_COLUMN, first);
    }

    private Statement read(List<List<String>> rows, Map<Column, Integer> columns) throws UnreadableStatement {
        var dates = Dates.of(
                rows.stream().map(row -> cell(row, columns, Column.DATE)).toList());
        var lines = new ArrayList<Line>();
        for (var row : rows) {
            var date = cell(row, columns, Column.DATE);
            var amount = cell(row, columns, Column.AMOUNT);
            if (date.isEmpty() || amount.isEmpty()) {
                continue; // Banks put sums and words of their own below the table.
            }
            var value = amount(amount);
            if (value.signum() != 0) {
                lines.add(line(row, columns, dates.read(date), value));
            }
        }
        return new Statement(Format.CSV, lines);
    }

    private Line line(List<String> row, Map<Column, Integer> columns, LocalDate date, BigDecimal amount)
            throws UnreadableStatement {
        var account = cell(row, columns, Column.ACCOUNT);
        return new Line(
                account.isEmpty() ? usual.account() : account,
                cell(row, columns, Column.KEY),
                date,
                amount,
                currency(cell(row, columns, Column.CURRENCY)),
                cell(row, columns, Column.PAYER),
                cell(row, columns, Column.IBAN),
                cell(row, columns, Column.WORDS));
    }

    private Currency currency(String text) throws UnreadableStatement {
        try {
            return text.isEmpty() ? usual.currency() : Currency.getInstance(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw new UnreadableStatement(Reason.CURRENCY, text);
        }
    }

    private static String cell(List<String> row, Map<Column, Integer> columns, Column column) {
        var at = columns.get(column);
        return at == null || at >= row.size() ? "" : row.get(at).strip();
    }

    /** What the reseller said comes first; names of banks are tried from the most telling on. */
    private Map<Column, Integer> columns(List<String> head) {
        var names =
                head.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        var found = new EnumMap<Column, Integer>(Column.class);
        named.forEach((column, name) -> {
            var at = names.indexOf(name.strip().toLowerCase(Locale.ROOT));
            if (at >= 0) {
                found.put(column, at);
            }
        });
        for (var column : Column.values()) {
            if (!found.containsKey(column)) {
                usual(column, names, found);
            }
        }
        return found;
    }

    private static void usual(Column column, List<String> names, Map<Column, Integer> found) {
        for (var usual : column.usual.split("\\|", -1)) {
            for (var at = 0; at < names.size(); at++) {
                var isThat = names.get(at).equals(usual) || names.get(at).startsWith(usual + " (");
                if (isThat && !found.containsValue(at)) {
                    found.put(column, at);
                    return;
                }
            }
        }
    }

    /** The last of points and commas is that before the decimals, if no more than two digits follow it, or thousands by the other precede it. */
    static BigDecimal amount(String text) throws UnreadableStatement {
        var plain = text.replaceAll("[\\s\u00a0'’]|[A-Z]{3}|[€$£]", "").replace('−', '-');
        if (plain.endsWith("-")) {
            plain = "-" + plain.substring(0, plain.length() - 1);
        }
        var last = Math.max(plain.lastIndexOf(','), plain.lastIndexOf('.'));
        if (last >= 0 && !GROUPED.matcher(plain).matches()) {
            var whole = plain.substring(0, last);
            var isGrouped = GROUPED.matcher(whole).matches() && whole.indexOf(plain.charAt(last)) < 0;
            if (isGrouped || (whole.matches("[+-]?\\d+") && plain.length() - last <= 3)) {
                plain = whole.replaceAll("[.,]", "") + "." + plain.substring(last + 1);
            }
        } else if (last >= 0) {
            if (plain.indexOf(plain.charAt(last)) == last) {
                throw new UnreadableStatement(Reason.AMOUNT, text); // 1.234 may be a thousand or a bit more than one.
            }
            plain = plain.replaceAll("[.,]", "");
        }
        if (!NUMBER.matcher(plain).matches()) {
            throw new UnreadableStatement(Reason.AMOUNT, text);
        }
        return new BigDecimal(plain);
    }

    /** In which order dates with strokes are: told by a day that is no month, or not at all. */
    private record Dates(boolean isMonthFirst, boolean isKnown) {
        static Dates of(List<String> all) {
            var isDayFirst = false;
            var isMonthFirst = false;
            for (var text : all) {
                var slashed = SLASHED.matcher(text);
                if (slashed.matches()) {
                    isDayFirst |= Integer.parseInt(slashed.group(1)) > MONTHS;
                    isMonthFirst |= Integer.parseInt(slashed.group(2)) > MONTHS;
                }
            }
            return new Dates(isMonthFirst, isDayFirst ^ isMonthFirst);
        }

        LocalDate read(String text) throws UnreadableStatement {
            try {
                var iso = ISO.matcher(text);
                if (iso.matches()) {
                    return date(iso.group(1), iso.group(2), iso.group(3));
                }
                var dotted = DOTTED.matcher(text);
                if (dotted.matches()) {
                    return date(dotted.group(3), dotted.group(2), dotted.group(1));
                }
                var slashed = SLASHED.matcher(text);
                if (!slashed.matches()) {
                    throw new UnreadableStatement(Reason.DATE, text);
                }
                if (!isKnown) {
                    throw new UnreadableStatement(Reason.DATE_ORDER, text);
                }
                return isMonthFirst
                        ? date(slashed.group(3), slashed.group(1), slashed.group(2))
                        : date(slashed.group(3), slashed.group(2), slashed.group(1));
            } catch (DateTimeException none) {
                throw new UnreadableStatement(Reason.DATE, text);
            }
        }

        private static LocalDate date(String year, String month, String day) {
            var number = Integer.parseInt(year);
            return LocalDate.of(
                    year.length() == 2 ? CENTURY + number : number, Integer.parseInt(month), Integer.parseInt(day));
        }
    }

    private static String text(byte[] file) {
        var bytes = ByteBuffer.wrap(file);
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            return new String(file, Charset.forName("windows-1252"));
        }
    }

    /** The sign that stands most often outside of quotes. */
    private static char separator(String text) {
        var best = ';';
        var most = -1L;
        for (var sign : new char[] {';', '\t', ',', '|'}) {
            var times = text.lines()
                    .limit(HEAD_MAX)
                    .map(line -> line.replaceAll("\"[^\"]*\"", ""))
                    .mapToLong(line -> line.chars().filter(each -> each == sign).count())
                    .max()
                    .orElse(0);
            if (times > most) {
                most = times;
                best = sign;
            }
        }
        return best;
    }

    /** By RFC 4180: what is in quotes may hold anything, a quote twice. */
    private static List<List<String>> rows(String text, char separator) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var at = 0; at < text.length(); at++) {
            var sign = text.charAt(at);
            if (isQuoted) {
                if (sign != '"') {
                    cell.append(sign);
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    cell.append('"');
                    at++;
                } else {
                    isQuoted = false;
                }
            } else if (sign == '"' && cell.toString().isBlank()) {
                cell.setLength(0);
                isQuoted = true;
            } else if (sign == separator) {
                row.add(cell.toString());
                cell.setLength(0);
            } else if (sign == '\n') {
                row.add(cell.toString());
                rows.add(List.copyOf(row));
                row.clear();
                cell.setLength(0);
            } else if (sign != '\r') {
                cell.append(sign);
            }
        }
        row.add(cell.toString());
        rows.add(List.copyOf(row));
        return rows;
    }
}
