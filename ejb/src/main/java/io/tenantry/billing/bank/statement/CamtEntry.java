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
import java.util.List;
import java.util.Optional;
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

    private final Element entry;
    private final String account;
    private final int line;
    private final LocalDate today;
    private final String bankReference;
    private final CamtTexts texts;

    /** @param line number of the entry in its file, from 1 */
    CamtEntry(Element entry, String account, int line, LocalDate today) {
        this.entry = entry;
        this.account = account;
        this.line = line;
        this.today = today;
        this.bankReference = CamtTexts.reference(Elements.text(entry, "AcctSvcrRef"));
        this.texts = new CamtTexts(entry);
    }

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
        var amount = Elements.all(entry, "Amt").stream().findFirst().flatMap(CamtAmount::of);
        if (amount.isEmpty()) {
            var element = Elements.all(entry, "Amt").stream().findFirst();
            var isNumber = CamtAmount.number(Elements.text(entry, "Amt")).isPresent();
            return List.of(review(
                    source,
                    isNumber ? ReviewReason.CURRENCY : ReviewReason.AMOUNT,
                    isNumber ? element.map(each -> each.getAttribute("Ccy")).orElse("") : Elements.text(entry, "Amt")));
        }
        if (amount.get().value().signum() == 0 && !CamtBatches.mayHidePayments(entry)) {
            return List.of(new Skipped(line, Elements.raw(entry), SkipReason.ZERO_AMOUNT));
        }
        if (CamtAmount.signed(entry, BigDecimal.ONE).isEmpty()) {
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

    private List<StatementRow> booked(List<Element> parts, CamtAmount amount, LocalDate date) {
        var whole = CamtAmount.signed(entry, amount.value()).orElseThrow();
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
                    .or(() -> otherAmount(entry, amount))
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
                .map(CamtAmount::number)
                .flatMap(Optional::stream)
                .anyMatch(number -> number.compareTo(BigDecimal.valueOf(Math.max(1, given))) > 0);
    }

    /** Returns the amount stated by a single part, if it differs from that of the entry; an exchanged amount has two. */
    private Optional<String> otherAmount(Element part, CamtAmount whole) {
        var given = CamtAmount.elements(part);
        var isExchanged = Elements.all(part, "AmtDtls").stream()
                .anyMatch(details -> Elements.has(details, "TxAmt", "CcyXchg")
                        || Elements.has(details, "InstdAmt", "CcyXchg")
                        || Elements.has(details, "CntrValAmt"));
        return given.stream()
                .filter(element -> !isExchanged
                        || element.getAttribute("Ccy").equals(whole.currency().getCurrencyCode()))
                .filter(element -> CamtAmount.of(element)
                        .filter(own -> own.value().compareTo(whole.value()) == 0
                                && own.currency().equals(whole.currency()))
                        .isEmpty())
                .map(element -> element.getTextContent().strip() + " " + element.getAttribute("Ccy"))
                .findFirst();
    }

    private List<Part> parts(List<Element> parts, Currency currency) {
        var found = new ArrayList<Part>();
        for (var place = 0; place < parts.size(); place++) {
            var part = parts.get(place);
            var given = CamtAmount.elements(part).stream()
                    .map(CamtAmount::of)
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
                CamtAmount.signed(sign, own.get().value()).ifPresent(amount -> found.add(new Part(part, amount, at)));
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
        var own = texts.purpose(part.element(), isIn);
        var isTooLong = isIn && own.length() > BankTransaction.PURPOSE_MAX;
        var purpose = isIn && !isTooLong ? ReferenceText.with(own, texts.all(part.element())) : own;
        var booked = new Booked(
                line,
                Elements.raw(part.element()),
                new BankTransaction(
                        account,
                        bankReference(part),
                        date,
                        amount,
                        currency,
                        CamtTexts.payer(part.element(), isIn),
                        CamtTexts.iban(part.element(), isIn),
                        purpose));
        var doubt = isIn && !isTooLong
                ? CamtDoubts.of(entry, part.element(), account, CamtTexts.iban(part.element(), true), purpose)
                : Optional.<ReviewReason>empty();
        if (doubt.isPresent()) {
            return RunningBalance.review(booked, doubt.get(), true);
        }
        var remitted = isIn ? CamtRemittance.contradiction(part.element(), amount, currency) : Optional.<String>empty();
        if (remitted.isPresent()) {
            return RunningBalance.review(booked, ReviewReason.REMITTANCE, remitted.get());
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
        var own = CamtTexts.reference(Elements.text(part.element(), "Refs", "AcctSvcrRef"));
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

    /** Returns the certain values of an entry, with the names and texts of all its parts. */
    private Review review(Element source, ReviewReason reason, String detail) {
        var parts = source == entry ? Elements.all(entry, "NtryDtls", "TxDtls") : List.of(source);
        var shown = parts.isEmpty() ? List.of(entry) : parts;
        var amount = Elements.all(entry, "Amt").stream().findFirst().flatMap(CamtAmount::of);
        var signed = amount.flatMap(known -> CamtAmount.signed(entry, known.value()));
        var isIn = signed.isEmpty() || signed.get().signum() > 0;
        var words = IntStream.range(0, shown.size())
                .mapToObj(place ->
                        (CamtTexts.payer(shown.get(place), isIn) + " " + texts.purpose(shown.get(place), isIn)).strip())
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
                        isAmount ? amount.map(CamtAmount::currency) : Optional.empty(),
                        shown.size() == 1 ? CamtTexts.payer(shown.get(0), isIn) : "",
                        shown.size() == 1 ? CamtTexts.iban(shown.get(0), isIn) : "",
                        BankTransaction.clean(
                                shown.size() == 1 ? texts.purpose(shown.get(0), isIn) : String.join(" | ", words),
                                1_000)));
    }
}
