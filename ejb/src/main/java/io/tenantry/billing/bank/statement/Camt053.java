package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.billing.bank.statement.StatementTotals.Check;
import io.tenantry.billing.bank.statement.StatementTotals.Figure;
import io.tenantry.kernel.limits.TimeLimit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** Reads ISO 20022 bank statements, camt.053 of any version: elements are recognized by their local names. */
final class Camt053 {
    /** Messages that are not statements, by the element that carries them. */
    private static final Map<String, String> OTHERS = Map.of(
            "BkToCstmrAcctRpt", "camt.052",
            "BkToCstmrDbtCdtNtfctn", "camt.054",
            "CstmrCdtTrfInitn", "pain.001",
            "CstmrPmtStsRpt", "pain.002",
            "CstmrDrctDbtInitn", "pain.008",
            "AcctRptgReq", "camt.060");

    /** The message that a name space is of, as in "urn:iso:std:iso:20022:tech:xsd:camt.052.001.08". */
    private static final Pattern MESSAGE = Pattern.compile("\\b([a-z]{4}\\.[0-9]{3})\\.[0-9]{3}\\b");

    /** Files with more entries are refused before they are read. */
    private static final int ENTRIES_MAX = 20_000;

    private final List<StatementRow> rows = new ArrayList<>();
    private final List<Balance> balances = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final CamtRepetitions repetitions = new CamtRepetitions();
    private final LocalDate today;
    private final boolean isCopied;
    private final OutsideLines outside;
    private int entries;

    private Camt053(LocalDate today, boolean isCopied, OutsideLines outside) {
        this.today = today;
        this.isCopied = isCopied;
        this.outside = outside;
    }

    static BankStatement read(byte[] file, ReadDefaults defaults, List<String> acceptedLines)
            throws UnreadableStatement {
        var root = Elements.document(file).getDocumentElement();
        var statements = Elements.all(root, "BkToCstmrStmt", "Stmt");
        if (statements.isEmpty()) {
            for (var other : OTHERS.entrySet()) {
                if (Elements.has(root, other.getKey())) {
                    throw new UnreadableStatement(Reason.OTHER_BANKING_FORMAT, other.getValue());
                }
            }
            var isWithin = root.getElementsByTagNameNS("*", "BkToCstmrStmt").getLength() > 0
                    && !root.getLocalName().equals("Document");
            throw isWithin
                    ? new UnreadableStatement(Reason.OTHER_BANKING_FORMAT, "camt.053 in " + root.getLocalName())
                    : new UnreadableStatement(Reason.NO_CAMT, root.getLocalName());
        }
        for (var statement : statements) {
            refuseOther(statement);
        }
        var entries = statements.stream()
                .mapToInt(statement -> Elements.all(statement, "Ntry").size())
                .sum();
        if (entries > ENTRIES_MAX) {
            throw new UnreadableStatement(Reason.TOO_MANY, Integer.toString(entries));
        }
        var reader = new Camt053(
                defaults.today(),
                Elements.texts(root, "BkToCstmrStmt", "GrpHdr", "AddtlInf").stream()
                        .anyMatch(TitleVocabulary::saysCopy),
                new OutsideLines(acceptedLines, defaults.ownNames()));
        statements.forEach(reader::statement);
        Duplicates.review(reader.rows);
        new OwnName(defaults.ownNames()).review(reader.rows);
        Counterparts.review(reader.rows);
        reader.outside.review(reader.rows);
        return new BankStatement(
                StatementFormat.CAMT_053,
                reader.rows,
                new StatementTotals(Totals.booked(reader.rows), reader.checks),
                reader.balances,
                reader.outside.unknown());
    }

    /** A statement within the name space of another message, such as an intraday report, is not final. */
    private static void refuseOther(Element statement) throws UnreadableStatement {
        var space = statement.getNamespaceURI();
        var message = MESSAGE.matcher(space == null ? "" : space);
        if (message.find() && !message.group(1).equals("camt.053")) {
            throw new UnreadableStatement(Reason.OTHER_BANKING_FORMAT, message.group(1));
        }
    }

    private void statement(Element statement) {
        var account = account(statement);
        var first = rows.size();
        var counts = new Counts();
        var id = Elements.text(statement, "Id");
        var isRepeated = !id.isEmpty() && !seen.add(account + " " + id);
        var isCopy = isCopied || isCopy(statement);
        var lines = CamtLines.of(statement);
        lines.forEach(outside::read);
        var said = TitleVocabulary.doubt(lines);
        var own = ownCurrency(statement);
        for (var entry : Elements.all(statement, "Ntry")) {
            TimeLimit.require();
            var read = new CamtEntry(entry, account, ++entries, today).read();
            if (isRepeated || isCopy || said.isPresent()) {
                var reason = isRepeated
                        ? ReviewReason.DUPLICATE
                        : said.filter(doubt -> !isCopy).orElse(ReviewReason.COPY);
                read = read.stream()
                        .map(row -> Duplicates.reviewed(row, reason))
                        .toList();
            }
            read = repetitions.reviewed(entry, read);
            read = read.stream()
                    .map(row -> inCurrency(row, own))
                    .map(row -> CamtUnknowns.checked(row, entry, statement, today))
                    .toList();
            counts.add(read, Elements.text(entry, "CdtDbtInd"));
            rows.addAll(read);
        }
        repetitions.endStatement();
        var read = List.copyOf(rows.subList(first, rows.size()));
        var ofAccount = new ArrayList<Balance>();
        Elements.all(statement, "Bal")
                .forEach(balance -> balance(balance, account).ifPresent(ofAccount::add));
        balances.addAll(ofAccount);
        checks.addAll(Totals.of(read, ofAccount, List.of()).checks());
        own.ifPresent(currency -> summary(statement, account, currency, read, counts));
    }

    /** Sends an entry to review if its currency is not that of its statement: amounts of several currencies cannot be added up. */
    private static StatementRow inCurrency(StatementRow row, Optional<Currency> own) {
        return row instanceof StatementRow.Booked booked
                        && own.isPresent()
                        && !own.get().equals(booked.transaction().currency())
                ? RunningBalance.review(booked, ReviewReason.CURRENCY, true)
                : row;
    }

    /** Whether a statement is marked as a copy or duplicate. */
    private static boolean isCopy(Element statement) {
        return !Elements.text(statement, "CpyDplctInd").isEmpty();
    }

    private static String account(Element statement) {
        var iban = Elements.text(statement, "Acct", "Id", "IBAN");
        var other = iban.isEmpty() ? Elements.text(statement, "Acct", "Id", "Othr", "Id") : iban;
        return other.isEmpty() ? "-" : other;
    }

    /** Returns the currency of a statement: of its account, else of its balances, else of its first entry that has one. */
    private static Optional<Currency> ownCurrency(Element statement) {
        return CamtAmount.currency(Elements.text(statement, "Acct", "Ccy"))
                .or(() -> amounts(statement, "Bal"))
                .or(() -> amounts(statement, "Ntry"));
    }

    private static Optional<Currency> amounts(Element statement, String name) {
        return Elements.all(statement, name).stream()
                .flatMap(each -> Elements.all(each, "Amt").stream().limit(1))
                .flatMap(amount -> CamtAmount.of(amount).stream())
                .map(CamtAmount::currency)
                .findFirst();
    }

    private static Optional<Balance> balance(Element balance, String account) {
        var code = Elements.text(balance, "Tp", "CdOrPrtry", "Cd");
        var kind = code.equals("OPBD") || code.equals("PRCD")
                ? Balance.Kind.OPENING
                : code.equals("CLBD") ? Balance.Kind.CLOSING : null;
        var amount = Elements.all(balance, "Amt").stream().findFirst().flatMap(CamtAmount::of);
        if (kind == null || amount.isEmpty()) {
            return Optional.empty();
        }
        var isOut = Elements.text(balance, "CdtDbtInd").equals("DBIT");
        var value = amount.get().value();
        return Optional.of(new Balance(
                kind,
                account,
                Dates.iso(Elements.text(balance, "Dt", "Dt")).or(() -> Dates.iso(Elements.text(balance, "Dt", "DtTm"))),
                isOut ? value.negate() : value,
                amount.get().currency()));
    }

    /** Booked entries, each counted once, regardless of how many rows it yields. */
    private static final class Counts {
        private int incoming;
        private int outgoing;

        private void add(List<StatementRow> read, String direction) {
            var net = BigDecimal.ZERO;
            for (var row : read) {
                if (!(row instanceof StatementRow.Booked booked)) {
                    return;
                }
                net = net.add(booked.transaction().amount());
            }
            var isZero = net.signum() == 0 && !read.isEmpty();
            incoming += net.signum() > 0 || (isZero && direction.equals("CRDT")) ? 1 : 0;
            outgoing += net.signum() < 0 || (isZero && direction.equals("DBIT")) ? 1 : 0;
        }
    }

    private void summary(Element statement, String account, Currency currency, List<StatementRow> own, Counts counts) {
        var total = Totals.booked(own).stream()
                .filter(each -> each.currency().equals(currency))
                .findFirst()
                .orElse(new StatementTotals.CurrencyTotal(currency, 0, BigDecimal.ZERO, 0, BigDecimal.ZERO));
        var net = total.incoming().subtract(total.outgoing());
        for (var summary : Elements.all(statement, "TxsSummry")) {
            check(
                    Figure.COUNT,
                    account,
                    currency,
                    Elements.text(summary, "TtlNtries", "NbOfNtries"),
                    BigDecimal.valueOf((long) counts.incoming + counts.outgoing));
            check(
                    Figure.INCOMING_COUNT,
                    account,
                    currency,
                    Elements.text(summary, "TtlCdtNtries", "NbOfNtries"),
                    BigDecimal.valueOf(counts.incoming));
            check(
                    Figure.OUTGOING_COUNT,
                    account,
                    currency,
                    Elements.text(summary, "TtlDbtNtries", "NbOfNtries"),
                    BigDecimal.valueOf(counts.outgoing));
            check(
                    Figure.INCOMING,
                    account,
                    currency,
                    Elements.text(summary, "TtlCdtNtries", "Sum"),
                    byEntry(own, currency, 1));
            check(
                    Figure.OUTGOING,
                    account,
                    currency,
                    Elements.text(summary, "TtlDbtNtries", "Sum"),
                    byEntry(own, currency, -1));
            for (var inner : List.of("TtlNetNtryAmt", "TtlNetNtry")) {
                var amount = inner.equals("TtlNetNtry")
                        ? Elements.text(summary, "TtlNtries", inner, "Amt")
                        : Elements.text(summary, "TtlNtries", inner);
                var isOut = Elements.text(summary, "TtlNtries", "CdtDbtInd").equals("DBIT")
                        || Elements.text(summary, "TtlNtries", inner, "CdtDbtInd")
                                .equals("DBIT");
                check(Figure.NET, account, currency, amount, isOut ? net.negate() : net);
            }
        }
    }

    /** Returns the sum of entries in one currency and direction, as a bank counts them: a batch by its total amount. */
    private static BigDecimal byEntry(List<StatementRow> own, Currency currency, int sign) {
        var sums = new java.util.TreeMap<Integer, BigDecimal>();
        for (var row : own) {
            if (row instanceof StatementRow.Booked booked
                    && booked.transaction().currency().equals(currency)) {
                sums.merge(row.line(), booked.transaction().amount(), BigDecimal::add);
            }
        }
        return sums.values().stream()
                .filter(sum -> sum.signum() == sign)
                .map(BigDecimal::abs)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void check(Figure figure, String account, Currency currency, String reported, BigDecimal computed) {
        CamtAmount.number(reported)
                .ifPresent(value -> checks.add(new Check(figure, account, currency, value, computed)));
    }
}
