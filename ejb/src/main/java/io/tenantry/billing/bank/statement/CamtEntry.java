package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.Known;
import io.tenantry.billing.bank.statement.StatementRow.Review;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.billing.bank.statement.StatementRow.SkipReason;
import io.tenantry.billing.bank.statement.StatementRow.Skipped;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * One entry of a camt.053 statement. It may be a batch of many transfers: each transfer with its amount becomes a row with its own sign,
 * provided that together they add up to the entry.
 */
final class CamtEntry {
    /**
     * The number of days after booking within which money is available, including weekends and checks; a later date means that it is not
     * certain yet.
     */
    private static final int VALUE_DAYS_MAX = 6;

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,15}(?:\\.[0-9]{0,5})?|\\.[0-9]{1,5}");
    private static final Set<String> NO_REFERENCES =
            Set.of("NOTPROVIDED", "NONREF", "NOT PROVIDED", "NOTAVAILABLE", "UNKNOWN");
    private static final Set<String> NO_TEXTS = Set.of("NtryDtls", "Amt", "Dt", "DtTm", "IBAN", "BkTxCd");
    private static final List<String[]> REFERENCES = List.of(
            new String[] {"Refs", "EndToEndId"},
            new String[] {"Refs", "InstrId"},
            new String[] {"Refs", "TxId"},
            new String[] {"Refs", "MndtId"},
            new String[] {"Refs", "PmtInfId"},
            new String[] {"Refs", "ClrSysRef"},
            new String[] {"Refs", "ChqNb"},
            new String[] {"Refs", "Prtry", "Ref"},
            new String[] {"RltdRmtInf", "RmtId"});

    private final Element entry;
    private final String account;
    private final int line;
    private final LocalDate today;
    private final String bankReference;
    private final List<String> information;
    private final List<String> entryTexts;

    /** @param line number of the entry in its file, from 1 */
    CamtEntry(Element entry, String account, int line, LocalDate today) {
        this.entry = entry;
        this.account = account;
        this.line = line;
        this.today = today;
        this.bankReference = reference(Elements.text(entry, "AcctSvcrRef"));
        // Read once, because an entry may have thousands of parts, each of which uses it.
        this.information = Elements.texts(entry, "AddtlNtryInf");
        this.entryTexts = Elements.allTexts(entry, NO_TEXTS);
    }

    /** An amount without a sign. */
    record Amount(BigDecimal value, Currency currency) {}

    /** A signed amount, and the element that contains it. */
    private record Part(Element element, BigDecimal amount, int place) {}

    List<StatementRow> read() {
        var skip = notBooked();
        if (skip.isPresent()) {
            return List.of(new Skipped(line, Elements.raw(entry), skip.get()));
        }
        var parts = Elements.all(entry, "NtryDtls", "TxDtls");
        var source = parts.size() == 1 ? parts.get(0) : entry;
        var repeated = CamtDoubts.repeated(entry);
        if (repeated.isPresent()) {
            return List.of(review(source, ReviewReason.CONTRADICTION, repeated.get()));
        }
        var status = status();
        if (!status.equals("BOOK") && !StatusVocabulary.isBooked(DoubtfulTerms.fold(status))) {
            return List.of(review(source, ReviewReason.STATUS, status));
        }
        var amount = Elements.all(entry, "Amt").stream().findFirst().flatMap(CamtEntry::amount);
        if (amount.isEmpty()) {
            var element = Elements.all(entry, "Amt").stream().findFirst();
            var isNumber = number(Elements.text(entry, "Amt")).isPresent();
            return List.of(review(
                    source,
                    isNumber ? ReviewReason.CURRENCY : ReviewReason.AMOUNT,
                    isNumber ? element.map(each -> each.getAttribute("Ccy")).orElse("") : Elements.text(entry, "Amt")));
        }
        if (amount.get().value().signum() == 0) {
            return List.of(new Skipped(line, Elements.raw(entry), SkipReason.ZERO_AMOUNT));
        }
        if (signed(entry, BigDecimal.ONE).isEmpty()) {
            return List.of(review(source, ReviewReason.DIRECTION, Elements.text(entry, "CdtDbtInd")));
        }
        var date = date();
        if (date.isEmpty()) {
            return List.of(review(source, ReviewReason.DATE, Elements.text(entry, "BookgDt")));
        }
        if (Dates.isFarOff(date.get(), today)) {
            return List.of(review(source, ReviewReason.DATE_FAR_OFF, date.get().toString()));
        }
        var available = dateOf("ValDt");
        if (available.isPresent() && Dates.isFarOff(available.get(), today.plusDays(VALUE_DAYS_MAX))) {
            return List.of(
                    review(source, ReviewReason.DATE_FAR_OFF, available.get().toString()));
        }
        return booked(parts, amount.get(), date.get());
    }

    private List<StatementRow> booked(List<Element> parts, Amount amount, LocalDate date) {
        var whole = signed(entry, amount.value()).orElseThrow();
        var contradicted = CamtBatches.contradiction(entry, amount);
        if (contradicted.isPresent()) {
            return List.of(review(parts.size() == 1 ? parts.get(0) : entry, ReviewReason.BATCH, contradicted.get()));
        }
        if (parts.size() <= 1) {
            var only = parts.isEmpty() ? entry : parts.get(0);
            if (isBatchWithoutDetails(parts.size())) {
                return List.of(review(only, ReviewReason.BATCH, ""));
            }
            var isAgainst = Elements.has(only, "CdtDbtInd")
                    && !Elements.text(only, "CdtDbtInd").equals(Elements.text(entry, "CdtDbtInd"));
            if (isAgainst) {
                return List.of(review(only, ReviewReason.CONTRADICTION, Elements.text(only, "CdtDbtInd")));
            }
            return List.of(otherAmount(only, amount)
                    .<StatementRow>map(other -> review(only, ReviewReason.BATCH, other))
                    .orElseGet(() -> row(new Part(only, whole, -1), amount.currency(), date)));
        }
        var own = parts(parts, amount.currency());
        var sum = own.stream().map(Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (own.size() != parts.size() || sum.compareTo(whole) != 0) {
            return List.of(review(entry, ReviewReason.BATCH, sum.toPlainString()));
        }
        return own.stream()
                .map(part -> part.amount().signum() == 0
                        ? new Skipped(line, Elements.raw(part.element()), SkipReason.ZERO_AMOUNT)
                        : row(part, amount.currency(), date))
                .toList();
    }

    /** Whether the entry consists of several transactions without giving each of them. */
    private boolean isBatchWithoutDetails(int given) {
        return Elements.texts(entry, "NtryDtls", "Btch", "NbOfTxs").stream()
                .map(CamtEntry::number)
                .flatMap(Optional::stream)
                .anyMatch(number -> number.compareTo(BigDecimal.valueOf(Math.max(1, given))) > 0);
    }

    /** Returns the amount stated by a single part, if it differs from that of the entry; an exchanged amount has two. */
    private Optional<String> otherAmount(Element part, Amount whole) {
        if (part == entry) {
            return Optional.empty();
        }
        var given = amounts(part);
        var isExchanged = Elements.all(part, "AmtDtls").stream()
                .anyMatch(details -> Elements.has(details, "TxAmt", "CcyXchg")
                        || Elements.has(details, "InstdAmt", "CcyXchg")
                        || Elements.has(details, "CntrValAmt"));
        return given.stream()
                .filter(element -> !isExchanged
                        || element.getAttribute("Ccy").equals(whole.currency().getCurrencyCode()))
                .filter(element -> amount(element)
                        .filter(own -> own.value().compareTo(whole.value()) == 0
                                && own.currency().equals(whole.currency()))
                        .isEmpty())
                .map(element -> element.getTextContent().strip() + " " + element.getAttribute("Ccy"))
                .findFirst();
    }

    private static List<Element> amounts(Element part) {
        return Stream.of(new String[] {"Amt"}, new String[] {"AmtDtls", "TxAmt", "Amt"})
                .flatMap(names -> Elements.all(part, names).stream())
                .toList();
    }

    private List<Part> parts(List<Element> parts, Currency currency) {
        var found = new ArrayList<Part>();
        for (var place = 0; place < parts.size(); place++) {
            var part = parts.get(place);
            var given = amounts(part).stream()
                    .map(CamtEntry::amount)
                    .flatMap(Optional::stream)
                    .toList();
            var own = given.stream().findFirst();
            var isContradicted = own.isPresent()
                    && given.stream()
                            .anyMatch(other -> other.currency().equals(currency)
                                    && other.value().compareTo(own.get().value()) != 0);
            if (own.isPresent() && own.get().currency().equals(currency) && !isContradicted) {
                var sign = Elements.has(part, "CdtDbtInd") ? part : entry;
                var at = place;
                signed(sign, own.get().value()).ifPresent(amount -> found.add(new Part(part, amount, at)));
            }
        }
        return found;
    }

    private StatementRow row(Part part, Currency currency, LocalDate date) {
        var amount = part.amount();
        if (!BankTransaction.isPossible(amount, currency)) {
            return review(part.element(), ReviewReason.AMOUNT, amount.toPlainString());
        }
        var isIn = amount.signum() > 0;
        var own = purpose(part.element(), isIn);
        var isTooLong = isIn && own.length() > BankTransaction.PURPOSE_MAX;
        var purpose = isIn && !isTooLong ? ReferenceText.with(own, texts(part.element())) : own;
        var booked = new Booked(
                line,
                Elements.raw(part.element()),
                new BankTransaction(
                        account,
                        bankReference(part),
                        date,
                        amount,
                        currency,
                        payer(part.element(), isIn),
                        iban(part.element(), isIn),
                        purpose));
        var doubt = isIn && !isTooLong
                ? CamtDoubts.of(entry, part.element(), account, iban(part.element(), true), purpose)
                : Optional.<ReviewReason>empty();
        if (doubt.isPresent()) {
            return RunningBalance.review(booked, doubt.get(), true);
        }
        return isIn && purpose.length() > BankTransaction.PURPOSE_MAX
                ? RunningBalance.review(booked, ReviewReason.TOO_LONG, true)
                : booked;
    }

    /** Entry numbers restart with each statement, and are not references. */
    private String bankReference(Part part) {
        if (part.place() < 0) {
            return bankReference;
        }
        var own = reference(Elements.text(part.element(), "Refs", "AcctSvcrRef"));
        if (!own.isEmpty() && !own.equals(bankReference)) {
            return isShared(own) ? own + "/" + part.place() : own;
        }
        return bankReference.isEmpty() ? "" : bankReference + "/" + part.place();
    }

    /** Whether several parts share a reference, so that it belongs to a batch. */
    private boolean isShared(String own) {
        return Elements.texts(entry, "NtryDtls", "TxDtls", "Refs", "AcctSvcrRef").stream()
                        .filter(own::equals)
                        .count()
                > 1;
    }

    /** Returns a reference; empty if the text states that there is none. */
    static String reference(String text) {
        return NO_REFERENCES.contains(text.toUpperCase(java.util.Locale.ROOT)) ? "" : text;
    }

    private String status() {
        for (var names : List.of(new String[] {"Sts", "Cd"}, new String[] {"Sts", "Prtry"}, new String[] {"Sts"})) {
            var text = Elements.text(entry, names);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private Optional<SkipReason> notBooked() {
        var status = status();
        if (status.equals("INFO")) {
            return Optional.of(SkipReason.NOTE);
        }
        return StatusVocabulary.notBooked(DoubtfulTerms.fold(status));
    }

    private Optional<LocalDate> date() {
        return Stream.of("BookgDt", "ValDt")
                .filter(name -> Elements.has(entry, name))
                .findFirst()
                .flatMap(this::dateOf);
    }

    private Optional<LocalDate> dateOf(String name) {
        return Dates.iso(Elements.text(entry, name, "Dt")).or(() -> Dates.iso(Elements.text(entry, name, "DtTm")));
    }

    static Optional<Amount> amount(Element element) {
        var value = number(element.getTextContent().strip());
        var currency = currency(element.getAttribute("Ccy"));
        return value.isPresent() && currency.isPresent()
                ? Optional.of(new Amount(value.get(), currency.get()))
                : Optional.empty();
    }

    /** Parses a number as the schema allows: a decimal point, no sign but plus, no exponent. */
    static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    static Optional<Currency> currency(String code) {
        var currencyTerm = Currencies.of(code);
        return code.length() == 3 && currencyTerm.codes().size() == 1
                ? Optional.of(
                        Currency.getInstance(currencyTerm.codes().iterator().next()))
                : Optional.empty();
    }

    private static Optional<BigDecimal> signed(Element element, BigDecimal amount) {
        var direction = Elements.text(element, "CdtDbtInd");
        if (direction.equals("CRDT")) {
            return Optional.of(amount);
        }
        return direction.equals("DBIT") ? Optional.of(amount.negate()) : Optional.empty();
    }

    private static String payer(Element part, boolean isIn) {
        for (var party : isIn ? List.of("Dbtr", "UltmtDbtr", "InitgPty") : List.of("Cdtr", "UltmtCdtr")) {
            for (var names : List.of(
                    new String[] {"RltdPties", party, "Nm"},
                    new String[] {"RltdPties", party, "Pty", "Nm"},
                    new String[] {"RltdPties", party, "Agt", "FinInstnId", "Nm"})) {
                var name = Elements.text(part, names);
                if (!name.isEmpty()) {
                    return name;
                }
            }
        }
        return "";
    }

    private static String iban(Element part, boolean isIn) {
        var holder = isIn ? "DbtrAcct" : "CdtrAcct";
        var iban = Elements.text(part, "RltdPties", holder, "Id", "IBAN");
        return iban.isEmpty() ? Elements.text(part, "RltdPties", holder, "Id", "Othr", "Id") : iban;
    }

    /** Returns all texts of a transaction, each once, so that no reference is lost. */
    private String purpose(Element part, boolean isIn) {
        var all = new LinkedHashSet<String>();
        all.addAll(Elements.texts(part, "RmtInf", "Ustrd"));
        for (var structured : Elements.all(part, "RmtInf", "Strd")) {
            all.addAll(Elements.texts(structured, "CdtrRefInf", "Ref"));
            all.addAll(Elements.texts(structured, "RfrdDocInf", "Nb"));
            all.addAll(Elements.texts(structured, "RfrdDocInf", "LineDtls", "Id", "Nb"));
            all.addAll(Elements.texts(structured, "AddtlRmtInf"));
        }
        for (var names : REFERENCES) {
            Elements.texts(part, names).stream()
                    .filter(text -> !reference(text).isEmpty())
                    .forEach(all::add);
        }
        var ultimate = isIn ? "UltmtDbtr" : "UltmtCdtr";
        all.addAll(Elements.texts(part, "RltdPties", ultimate, "Nm"));
        all.addAll(Elements.texts(part, "RltdPties", ultimate, "Pty", "Nm"));
        all.addAll(Elements.texts(part, "AddtlTxInf"));
        all.addAll(information);
        all.remove(payer(part, isIn));
        return String.join(" ", all);
    }

    /** Returns all text of a part, and of its entry without other parts. */
    private List<String> texts(Element part) {
        var all = new ArrayList<>(Elements.allTexts(part, NO_TEXTS));
        all.addAll(entryTexts);
        return all;
    }

    /** Returns the certain values of an entry, with the names and texts of all its parts. */
    private Review review(Element source, ReviewReason reason, String detail) {
        var parts = source == entry ? Elements.all(entry, "NtryDtls", "TxDtls") : List.of(source);
        var shown = parts.isEmpty() ? List.of(entry) : parts;
        var amount = Elements.all(entry, "Amt").stream().findFirst().flatMap(CamtEntry::amount);
        var signed = amount.flatMap(known -> signed(entry, known.value()));
        var isIn = signed.isEmpty() || signed.get().signum() > 0;
        var words = IntStream.range(0, shown.size())
                .mapToObj(place -> (payer(shown.get(place), isIn) + " " + purpose(shown.get(place), isIn)).strip())
                .distinct()
                .toList();
        var isAmount = signed.isPresent() && signed.get().signum() != 0 && reason != ReviewReason.CONTRADICTION;
        return new Review(
                line,
                Elements.raw(entry),
                reason,
                BankTransaction.clean(detail, 200),
                new Known(
                        account,
                        bankReference,
                        date(),
                        isAmount ? signed : Optional.empty(),
                        isAmount ? amount.map(Amount::currency) : Optional.empty(),
                        shown.size() == 1 ? payer(shown.get(0), isIn) : "",
                        shown.size() == 1 ? iban(shown.get(0), isIn) : "",
                        BankTransaction.clean(
                                shown.size() == 1 ? purpose(shown.get(0), isIn) : String.join(" | ", words), 1_000)));
    }
}
