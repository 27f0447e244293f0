package io.tenantry.bank.statement;

import io.tenantry.bank.statement.StatementProblem.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table of transactions as text: finds its layout, and reads it by that. */
final class CsvStatement {
    private static final Pattern SEPARATOR_LINE =
            Pattern.compile("^\"?sep=(.)\"?[^\\n]*(?:\\n|$)", Pattern.CASE_INSENSITIVE);
    private static final List<Character> SEPARATORS = List.of(';', '\t', ',', '|');
    private static final int HEADER_LINES = 60;
    private static final int NAMES_MIN = 2;
    private static final int COMPLETE = 10_000;
    private static final int SAMPLE = 20;
    private static final int WIDTH_MAX = 200;

    private final CsvProfile profile;
    private final ReadDefaults defaults;
    private final String encoding;
    private final CsvTable table;
    private final Header header;

    private CsvStatement(CsvProfile profile, ReadDefaults defaults, String encoding, CsvTable table, Header header) {
        this.profile = profile;
        this.defaults = defaults;
        this.encoding = encoding;
        this.table = table;
        this.header = header;
    }

    /**
     * Where the header is and what it says.
     *
     * @param place among the rows; -1: there is none
     * @param score by which one separator is better than another
     */
    private record Header(
            int place, List<String> names, ColumnMapping columns, Optional<StatementProblem> problem, int score) {}

    static CsvStatement open(byte[] file, CsvProfile profile, ReadDefaults defaults) throws UnreadableStatement {
        var decoded = TextDecoder.decode(file, profile.encoding());
        var text = decoded.text();
        var said = SEPARATOR_LINE.matcher(text);
        var isSaid = said.find();
        var firstLine = isSaid && said.group().endsWith("\n") ? 2 : 1;
        var body = isSaid ? text.substring(said.end()) : text;
        var separators = profile.separator()
                .map(List::of)
                .orElse(isSaid ? List.of(said.group(1).charAt(0)) : SEPARATORS);
        CsvStatement best = null;
        for (var separator : separators) {
            if (separator == '"' || separator == '\n' || Character.isLetterOrDigit(separator)) {
                throw new UnreadableStatement(Reason.NO_COLUMN, Character.toString(separator));
            }
            var table = CsvTable.of(body, separator, firstLine);
            var header = header(table, profile);
            if (best == null || header.score() > best.header.score()) {
                best = new CsvStatement(profile, defaults, decoded.encoding(), table, header);
            }
        }
        if (best == null || best.table.rows().stream().allMatch(CsvTable.Row::isBlank)) {
            throw new UnreadableStatement(Reason.EMPTY, "");
        }
        return best;
    }

    private static Header header(CsvTable table, CsvProfile profile) {
        var rows = table.rows();
        var last = Math.min(rows.size(), HEADER_LINES);
        if (profile.headerLine().isPresent()) {
            var line = profile.headerLine().get();
            var place = line == 0 ? -1 : place(rows, line);
            return described(rows, place, profile);
        }
        if (profile.columns().isComplete()) {
            return described(rows, placeAbove(rows, profile.columns()), profile);
        }
        Header best = null;
        for (var place = 0; place < last; place++) {
            var row = rows.get(place);
            if (isNames(row, profile)) {
                var found = described(rows, place, profile);
                if (best == null || (found.score() > best.score() && best.score() < COMPLETE)) {
                    best = found;
                }
            }
        }
        return best == null
                ? new Header(
                        -1,
                        List.of(),
                        ColumnMapping.NONE,
                        Optional.of(new StatementProblem(Reason.NO_COLUMN, 0, first(rows))),
                        -1_000 + width(rows))
                : best;
    }

    private static int place(List<CsvTable.Row> rows, int line) {
        for (var place = 0; place < rows.size(); place++) {
            if (rows.get(place).line() == line) {
                return place;
            }
        }
        return -1;
    }

    /** The row above the first with a date where the mapping says. */
    private static int placeAbove(List<CsvTable.Row> rows, ColumnMapping columns) {
        var date = columns.first(ColumnRole.DATE).orElse(0);
        for (var place = 0; place < Math.min(rows.size(), HEADER_LINES); place++) {
            if (Dates.isLike(rows.get(place).cell(date))) {
                var above = place - 1;
                while (above >= 0 && rows.get(above).isBlank()) {
                    above--;
                }
                return above;
            }
        }
        return -1;
    }

    private static boolean isNames(CsvTable.Row row, CsvProfile profile) {
        if (row.isBroken() || row.cells().size() > WIDTH_MAX) {
            return false;
        }
        var given = profile.names().values().stream().map(Wording::fold).collect(Collectors.toSet());
        var known = 0;
        for (var cell : row.cells()) {
            if (Dates.isLike(cell) || Amounts.isLike(cell)) {
                return false;
            }
            if (!cell.isEmpty() && (given.contains(Wording.fold(cell)) || ColumnNames.isKnown(HeaderName.of(cell)))) {
                known++;
            }
        }
        return known >= NAMES_MIN;
    }

    private static Header described(List<CsvTable.Row> rows, int place, CsvProfile profile) {
        var below = rows.subList(place + 1, rows.size());
        var line = place < 0 ? 0 : rows.get(place).line();
        var names = place < 0 ? List.<String>of() : trimmed(rows.get(place), below);
        if (profile.columns().isComplete()) {
            var width = place < 0 ? width(rows) : names.size();
            return new Header(place, names, profile.columns(), mismatch(profile, below, width, line), COMPLETE + width);
        }
        if (place < 0) {
            return new Header(
                    -1,
                    List.of(),
                    ColumnMapping.NONE,
                    Optional.of(new StatementProblem(Reason.NO_COLUMN, 0, first(rows))),
                    -1_000 + width(rows));
        }
        var detected = ColumnDetector.detect(names, below, line, profile.names());
        var known = (int) names.stream()
                .filter(name -> !name.isEmpty() && ColumnNames.isKnown(HeaderName.of(name)))
                .count();
        if (detected.columns().isComplete()) {
            return new Header(place, names, detected.columns(), detected.problem(), COMPLETE + known);
        }
        return new Header(
                place,
                names,
                detected.columns(),
                Optional.of(new StatementProblem(Reason.NO_COLUMN, line, String.join(", ", names))),
                known);
    }

    /** Names without empty ones at the end under which nothing stands. */
    private static List<String> trimmed(CsvTable.Row row, List<CsvTable.Row> below) {
        var width = row.cells().size();
        while (width > row.filled()) {
            var column = width - 1;
            if (below.stream().anyMatch(each -> !each.cell(column).isEmpty())) {
                break;
            }
            width--;
        }
        return row.cells().subList(0, width);
    }

    private static Optional<StatementProblem> mismatch(
            CsvProfile profile, List<CsvTable.Row> below, int width, int line) {
        var columns = profile.columns();
        var isBeyond = columns.columns().values().stream()
                .flatMap(Collection::stream)
                .anyMatch(column -> column < 0 || column >= width);
        var date = columns.first(ColumnRole.DATE).orElse(0);
        var isWrong = isBeyond || below.stream().noneMatch(row -> Dates.isLike(row.cell(date)));
        return isWrong ? Optional.of(new StatementProblem(Reason.MAPPING, line, "")) : Optional.empty();
    }

    /** The width that most rows have. */
    private static int width(List<CsvTable.Row> rows) {
        return rows.stream()
                .filter(row -> !row.isBlank())
                .collect(Collectors.groupingBy(row -> row.cells().size(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private static String first(List<CsvTable.Row> rows) {
        return rows.stream()
                .filter(row -> row.filled() > 1)
                .findFirst()
                .map(row -> String.join(", ", row.cells()))
                .orElse("");
    }

    private List<CsvTable.Row> body() {
        return table.rows().subList(header.place() + 1, table.rows().size());
    }

    private int width() {
        return header.names().isEmpty() ? width(table.rows()) : header.names().size();
    }

    /** How many cells rows have: mostly as many as the header, but some banks end each row with a separator more, or leave one out. */
    private int cells() {
        var ofHeader = header.place() < 0
                ? width()
                : table.rows().get(header.place()).cells().size();
        var sizes = body().stream()
                .filter(row -> row.filled() > 2)
                .collect(Collectors.groupingBy(row -> row.cells().size(), Collectors.counting()));
        var most = sizes.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return sizes.getOrDefault(ofHeader, 0L) == most
                ? ofHeader
                : sizes.entrySet().stream()
                        .filter(entry -> entry.getValue() == most)
                        .mapToInt(Map.Entry::getKey)
                        .min()
                        .orElse(ofHeader);
    }

    CsvLayout layout() {
        var body = body();
        var dates = dateTexts(body);
        var order = order(dates);
        var problem = header.problem();
        if (problem.isEmpty() && order.isEmpty()) {
            problem = unordered(body);
        }
        if (problem.isEmpty() && !profile.columns().isComplete()) {
            problem = CutAmounts.of(table, header.columns(), body);
        }
        return new CsvLayout(
                encoding,
                table.separator(),
                header.place() < 0 ? 0 : table.rows().get(header.place()).line(),
                header.names(),
                width(),
                fingerprint(),
                header.columns(),
                order,
                mark(body),
                currencies().isEmpty()
                        ? header.columns().has(ColumnRole.CURRENCY) ? Optional.empty() : Optional.of(usualCurrency())
                        : Currencies.agreed(currencies(), usualCurrency()),
                body.stream()
                        .filter(row -> !row.isBlank())
                        .limit(SAMPLE)
                        .map(CsvTable.Row::cells)
                        .toList(),
                problem);
    }

    /** Dates that could be read in two ways, or each in one way, but not all in the same. */
    private Optional<StatementProblem> unordered(List<CsvTable.Row> body) {
        var column = header.columns().first(ColumnRole.DATE).orElse(0);
        var ordered = body.stream()
                .filter(row -> Dates.readings(row.cell(column)).isOrdered()
                        && !Dates.readings(row.cell(column)).isNone())
                .toList();
        var isContradicted = Arrays.stream(DateOrder.values())
                .noneMatch(order -> ordered.stream()
                        .allMatch(row ->
                                Dates.readings(row.cell(column)).byOrder().containsKey(order)));
        return ordered.stream()
                .filter(row -> isContradicted || isEitherWay(row.cell(column)))
                .findFirst()
                .map(row -> new StatementProblem(Reason.DATE_ORDER, row.line(), row.cell(column)));
    }

    private static boolean isEitherWay(String date) {
        var readings = Dates.readings(date);
        return readings.isOrdered()
                && readings.byOrder().values().stream().distinct().count() > 1;
    }

    private List<String> dateTexts(List<CsvTable.Row> body) {
        var column = header.columns().first(ColumnRole.DATE);
        return column.isEmpty()
                ? List.of()
                : body.stream()
                        .map(row -> row.cell(column.getAsInt()))
                        .filter(Dates::isLike)
                        .toList();
    }

    private Optional<DateOrder> order(List<String> dates) {
        if (!Dates.needsOrder(dates)) {
            return Optional.empty();
        }
        return profile.dateOrder().isPresent()
                ? profile.dateOrder()
                : Dates.order(dates, defaults.country(), defaults.today());
    }

    private Optional<DecimalMark> mark(List<CsvTable.Row> body) {
        if (profile.decimalMark().isPresent()) {
            return profile.decimalMark();
        }
        var cells = new ArrayList<String>();
        for (var role : List.of(ColumnRole.AMOUNT, ColumnRole.CREDIT, ColumnRole.DEBIT, ColumnRole.BALANCE)) {
            for (var column : header.columns().all(role)) {
                body.forEach(row -> cells.add(row.cell(column)));
            }
        }
        return Amounts.mark(cells);
    }

    private Currency usualCurrency() {
        return profile.currency().orElse(defaults.currency());
    }

    /** All that the file says about its currency beside its rows. */
    private List<Currencies.Named> currencies() {
        var named = new ArrayList<Currencies.Named>();
        for (var role : List.of(ColumnRole.AMOUNT, ColumnRole.CREDIT, ColumnRole.DEBIT, ColumnRole.BALANCE)) {
            for (var column : header.columns().all(role)) {
                if (column < header.names().size()) {
                    HeaderName.of(header.names().get(column)).currency().ifPresent(named::add);
                }
            }
        }
        if (named.isEmpty()) {
            named.addAll(preamble().currencies());
        }
        if (named.isEmpty() && !header.columns().has(ColumnRole.CURRENCY)) {
            named.addAll(Preamble.mentioned(above()));
        }
        return named;
    }

    private Preamble preamble() {
        return Preamble.of(above());
    }

    private List<CsvTable.Row> above() {
        return table.rows().subList(0, Math.max(0, header.place()));
    }

    /** Of the names in their order, so that a saved mapping fits by position. */
    private String fingerprint() {
        var names = header.names().isEmpty()
                ? "no header\n" + width()
                : header.names().stream()
                        .map(name ->
                                Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining("\n"));
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    BankStatement read() throws UnreadableStatement {
        var layout = layout();
        if (layout.problem().isPresent()) {
            throw new UnreadableStatement(layout.problem().get());
        }
        var preamble = preamble();
        var rules = new CsvRowReader.Rules(
                header.names(),
                width(),
                cells(),
                header.columns(),
                layout.dateOrder(),
                layout.decimalMark(),
                profile.unsigned(),
                currencies(),
                usualCurrency(),
                preamble.account().isEmpty() ? defaults.account() : preamble.account(),
                defaults.today());
        var reader = new CsvRowReader(rules);
        reader.lookAbove(above());
        return reader.read(body());
    }
}
