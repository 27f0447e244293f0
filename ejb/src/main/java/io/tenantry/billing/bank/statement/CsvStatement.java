package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import io.tenantry.kernel.limits.TimeLimit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table of transactions as text: detects its layout, and reads it accordingly. */
final class CsvStatement {
    private static final Pattern SEPARATOR_LINE =
            Pattern.compile("^\"?sep=(.)\"?[^\\n]*(?:\\n|$)", Pattern.CASE_INSENSITIVE);
    private static final List<Character> SEPARATORS = List.of(';', '\t', ',', '|');
    private static final int SAMPLE = 20;
    /** Maximum number of lines, three for each row that can be imported; longer tables are not even split into cells. */
    private static final int LINES_MAX = 60_000;

    private final CsvProfile profile;
    private final ReadDefaults defaults;
    private final TextDecoder.Decoded decoded;
    private final CsvTable table;
    private final CsvHeader header;

    private CsvStatement(
            CsvProfile profile, ReadDefaults defaults, TextDecoder.Decoded decoded, CsvTable table, CsvHeader header) {
        this.profile = profile;
        this.defaults = defaults;
        this.decoded = decoded;
        this.table = table;
        this.header = header;
    }

    static CsvStatement open(byte[] file, CsvProfile profile, ReadDefaults defaults) throws UnreadableStatement {
        var decoded = TextDecoder.decode(file, profile.encoding(), defaults.country());
        var text = decoded.text();
        var lines = text.chars().filter(sign -> sign == '\n').count();
        if (lines > LINES_MAX) {
            throw new UnreadableStatement(Reason.TOO_MANY, Long.toString(lines));
        }
        var matcher = SEPARATOR_LINE.matcher(text);
        var isStated = matcher.find();
        var firstLine = isStated && matcher.group().endsWith("\n") ? 2 : 1;
        var body = isStated ? text.substring(matcher.end()) : text;
        var separators = profile.separator()
                .map(List::of)
                .orElse(isStated ? List.of(matcher.group(1).charAt(0)) : SEPARATORS);
        CsvStatement best = null;
        for (var separator : separators) {
            var isControl = Character.isISOControl(separator) && separator != '\t';
            if (separator == '"' || isControl || Character.isLetterOrDigit(separator)) {
                throw new UnreadableStatement(Reason.NO_COLUMN, Character.toString(separator));
            }
            var table = CsvTable.of(body, separator, firstLine);
            var header = CsvHeader.of(table, profile);
            if (best == null || header.score() > best.header.score()) {
                best = new CsvStatement(profile, defaults, decoded, table, header);
            }
        }
        if (best == null || best.table.rows().stream().allMatch(CsvTable.Row::isBlank)) {
            throw new UnreadableStatement(Reason.EMPTY, "");
        }
        return best;
    }

    private List<CsvTable.Row> body() {
        return table.rows().subList(first(), table.rows().size());
    }

    /** Returns the first row of the table: below the header, or below the titles if there is none. */
    private int first() {
        var first = header.place() + 1;
        while (header.place() < 0
                && first < table.rows().size()
                && isTitle(table.rows().get(first))) {
            first++;
        }
        return first;
    }

    /** Whether a row is a title without information about the rows below it. */
    private static boolean isTitle(CsvTable.Row row) {
        TimeLimit.require();
        return !row.isBroken()
                && row.filled() <= 1
                && !Dates.isLike(row.cell(0))
                && !Amounts.isLike(row.cell(0))
                && !StatusVocabulary.saysNotBooked(DoubtfulTerms.fold(row.cell(0)));
    }

    private int width() {
        return header.names().isEmpty()
                ? CsvHeader.width(table.rows())
                : header.names().size();
    }

    /**
     * Returns the number of cells in a row: mostly that of the header, but some banks end each row with an additional separator, or omit one.
     */
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
        var problem = decoded.problem().or(header::problem);
        if (problem.isEmpty() && order.isEmpty()) {
            problem = unordered(body);
        }
        if (problem.isEmpty()) {
            problem = SplitAmounts.of(table, header.columns(), body);
        }
        return new CsvLayout(
                decoded.encoding(),
                table.separator(),
                header.place() < 0 ? 0 : table.rows().get(header.place()).line(),
                header.names(),
                width(),
                fingerprint(),
                party().columns(),
                order,
                mark(body),
                currency(),
                body.stream()
                        .filter(row -> !row.isBlank())
                        .limit(SAMPLE)
                        .map(CsvTable.Row::cells)
                        .toList(),
                problem.isPresent()
                        ? List.of()
                        : List.copyOf(new UnknownColumns(rules(order, mark(body)), body).columns()),
                problem);
    }

    /** Finds dates that are ambiguous, or that are unambiguous but in different orders. */
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
        var dateReadings = Dates.readings(date);
        return dateReadings.isOrdered()
                && dateReadings.byOrder().values().stream().distinct().count() > 1;
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
        return Dates.needsOrder(dates)
                ? Dates.order(dates, profile.dateOrder(), defaults.country(), defaults.today())
                : Optional.empty();
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
        var mark = Amounts.mark(cells);
        return mark.isEmpty() && isWithoutDecimals(body) ? Amounts.decimalMarkWithThousands(cells) : mark;
    }

    /** Whether all amounts are in a currency without decimals, so that a separator in them groups thousands. */
    private boolean isWithoutDecimals(List<CsvTable.Row> body) {
        var named = new ArrayList<Currency>(currency().stream().toList());
        for (var column : header.columns().all(ColumnRole.CURRENCY)) {
            for (var row : body) {
                if (!row.cell(column).isEmpty()) {
                    var agreed = Currencies.agreed(List.of(Currencies.of(row.cell(column))), defaultCurrency());
                    if (agreed.isEmpty()) {
                        return false;
                    }
                    named.add(agreed.get());
                }
            }
        }
        return !named.isEmpty() && named.stream().allMatch(currency -> currency.getDefaultFractionDigits() == 0);
    }

    /** Returns the currency of amounts whose row does not state one. */
    private Optional<Currency> currency() {
        var isOfEachRow = currencies().isEmpty() && header.columns().has(ColumnRole.CURRENCY);
        return isOfEachRow || header.uncertain().contains(ColumnRole.CURRENCY)
                ? Optional.empty()
                : Currencies.agreed(currencies(), defaultCurrency());
    }

    private Currency defaultCurrency() {
        return profile.currency().orElse(defaults.currency());
    }

    /** Returns all currency information of the file outside its rows. */
    private List<Currencies.CurrencyTerm> currencies() {
        var named = new ArrayList<Currencies.CurrencyTerm>();
        for (var role : List.of(ColumnRole.AMOUNT, ColumnRole.CREDIT, ColumnRole.DEBIT, ColumnRole.BALANCE)) {
            for (var column : header.columns().all(role)) {
                if (column < header.names().size()) {
                    HeaderName.of(header.names().get(column)).currency().ifPresent(named::add);
                }
            }
        }
        named.addAll(preamble().currencies());
        if (named.isEmpty() && !header.columns().has(ColumnRole.CURRENCY)) {
            named.addAll(Preamble.mentioned(above()));
        }
        named.addAll(Preamble.inWords(above()));
        return named;
    }

    private Preamble preamble() {
        return Preamble.of(above());
    }

    private List<CsvTable.Row> above() {
        return table.rows().subList(0, header.place() < 0 ? first() : header.place());
    }

    /**
     * Computes the fingerprint from the names in their order, so that a saved mapping fits by position; without a header, from the kinds of the
     * columns' content.
     */
    private String fingerprint() {
        var names = header.names().isEmpty()
                ? "no header\n" + CellKind.of(body(), width())
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
        var rules = rules(layout.dateOrder(), layout.decimalMark());
        var reader = new CsvRowReader(rules, new OutsideLines(profile.acceptedLines(), defaults.ownNames()));
        reader.readAbove(above());
        return reader.read(body());
    }

    private PartyAccounts party() {
        var isAccountKnown =
                !preamble().account().isEmpty() || defaults.account().chars().anyMatch(Character::isLetterOrDigit);
        return PartyAccounts.of(
                header.columns(), header.names(), body(), own(), new OwnName(defaults.ownNames()), isAccountKnown);
    }

    private OwnAccount own() {
        var known = new ArrayList<>(defaults.ownAccounts());
        known.add(defaults.account());
        known.add(preamble().account());
        return new OwnAccount(known);
    }

    private CsvRowReader.Rules rules(Optional<DateOrder> order, Optional<DecimalMark> mark) {
        var preamble = preamble();
        var party = party();
        return new CsvRowReader.Rules(
                header.names(),
                width(),
                cells(),
                party.columns(),
                party,
                own(),
                order,
                mark,
                profile.unsigned(),
                profile.columns().isComplete(),
                profile.isOthersConfirmed(),
                currencies(),
                defaultCurrency(),
                preamble.account().isEmpty() ? defaults.account() : preamble.account(),
                defaults.today());
    }
}
