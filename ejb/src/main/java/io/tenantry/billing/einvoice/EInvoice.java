package io.tenantry.billing.einvoice;

import io.tenantry.billing.tax.TaxTreatment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A document as it was issued, with all that EN 16931 asks for and nothing of a database. Amounts are the document's own: those of a credit note are
 * below zero. Empty text: there is none.
 *
 * @param period the days of the whole document
 * @param reference what the buyer wants to read on it (BT-10)
 * @param corrects the number of the invoice that a credit note or a debit note corrects
 * @param notes what else the document says
 * @param taxes by the ways in which lines are taxed; also those without tax
 * @param total what is to be paid, rounded as the document rounds it
 * @param told the tax in the currency of the seller's books, where that is another (BT-6, BT-111); empty where there is none to tell
 */
public record EInvoice(
        Kind kind,
        String number,
        LocalDate issuedOn,
        InvoicingPeriod period,
        Party seller,
        Party buyer,
        String reference,
        Optional<String> corrects,
        List<String> notes,
        Payment payment,
        Currency currency,
        List<Line> lines,
        List<Tax> taxes,
        BigDecimal total,
        Optional<TaxCurrencyTotals> told) {
    /** The most that EN 16931 allows for an amount (BR-DEC). */
    private static final int DECIMALS_MAX = 2;

    public EInvoice {
        notes = notes.stream().filter(note -> !note.isBlank()).toList();
        lines = List.copyOf(lines);
        taxes = List.copyOf(taxes);
        if (kind == Kind.CREDIT_NOTE && payment.dueOn().isPresent()) {
            throw new IllegalArgumentException("credit note " + number + " asks for no money");
        }
        for (var line : lines) {
            if (taxes.stream().noneMatch(part -> part.way().equals(line.way()))) {
                throw new IllegalArgumentException(
                        "line " + line.position() + " of " + number + " is taxed as no part of it: " + line.way());
            }
        }
    }

    /** One whose tax is told in its own currency alone. */
    public EInvoice(
            Kind kind,
            String number,
            LocalDate issuedOn,
            InvoicingPeriod period,
            Party seller,
            Party buyer,
            String reference,
            Optional<String> corrects,
            List<String> notes,
            Payment payment,
            Currency currency,
            List<Line> lines,
            List<Tax> taxes,
            BigDecimal total) {
        this(
                kind,
                number,
                issuedOn,
                period,
                seller,
                buyer,
                reference,
                corrects,
                notes,
                payment,
                currency,
                lines,
                taxes,
                total,
                Optional.empty());
    }

    /**
     * All of the tax, in another currency.
     *
     * @param tax rounded to that currency's decimals
     */
    public record TaxCurrencyTotals(Currency currency, BigDecimal tax) {}

    /** What sort of document it is (UNTDID 1001). */
    public enum Kind {
        INVOICE("380"),
        CREDIT_NOTE("381"),
        DEBIT_NOTE("383");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** Days, the last one included. */
    public record InvoicingPeriod(LocalDate from, LocalDate to) {
        /** The shortest one that holds both. */
        public InvoicingPeriod with(InvoicingPeriod other) {
            return new InvoicingPeriod(
                    from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
        }
    }

    /**
     * Who sells or buys.
     *
     * @param id by which the other side knows it
     * @param taxNumber that of the tax office at home
     * @param register where it is registered, under which number
     */
    public record Party(
            String id,
            String name,
            String street,
            String postcode,
            String city,
            String country,
            String vatNumber,
            String taxNumber,
            String register,
            String phone,
            String email) {}

    /**
     * How it is paid.
     *
     * @param isSettled whether nothing was left to be paid when it was issued
     * @param terms until when, and how, in words
     * @param dueOn the last day on which it can be paid in time (BT-9); empty if nothing was left to be paid, or no day was named
     */
    public record Payment(boolean isSettled, String terms, Optional<LocalDate> dueOn, String iban, String bic) {
        public Payment {
            if (isSettled && dueOn.isPresent()) {
                throw new IllegalArgumentException("what is settled is due on no day");
            }
        }

        PaymentMeans means(Currency currency) {
            if (isSettled || iban.isEmpty()) {
                return PaymentMeans.BALANCE;
            }
            return currency.getCurrencyCode().equals("EUR") ? PaymentMeans.SEPA : PaymentMeans.TRANSFER;
        }
    }

    /** A way in which something is taxed. */
    public record BankTransfer(TaxTreatment treatment, BigDecimal percent) {
        public BankTransfer {
            percent = percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros();
        }
    }

    /**
     * A part of the document that is taxed in one way.
     *
     * @param tax rounded to the currency's decimals
     * @param reason why there is none, in words; empty if there is one
     */
    public record Tax(BankTransfer way, BigDecimal tax, String reason) {}

    /** What a line counts. */
    public enum Unit {
        HOUR("HUR"),
        ITEM("C62");

        private final String code;

        Unit(String code) {
            this.code = code;
        }

        /** By UN/ECE Recommendation 20. */
        String code() {
            return code;
        }
    }

    /**
     * A line.
     *
     * @param price of one, without tax
     * @param net what it comes to without tax, to the last decimal; less than the quantity by the price where a month costs no more
     */
    public record Line(
            int position,
            String name,
            String description,
            InvoicingPeriod days,
            BigDecimal quantity,
            Unit unit,
            BigDecimal price,
            BigDecimal net,
            BankTransfer way) {}

    /** What it lacks for a profile: nothing can be written for it before. */
    public Set<MissingField> lacks(Profile profile) {
        var lacks = EnumSet.noneOf(MissingField.class);
        if (currency.getDefaultFractionDigits() > DECIMALS_MAX) {
            lacks.add(MissingField.CURRENCY);
        }
        if (!isOutside() && seller.vatNumber().isEmpty() && seller.taxNumber().isEmpty()) {
            lacks.add(MissingField.SELLER_NUMBER);
        }
        if (taxes.stream().anyMatch(part -> part.way().treatment() == TaxTreatment.REVERSE_CHARGE)
                && buyer.vatNumber().isEmpty()) {
            lacks.add(MissingField.BUYER_VAT_NUMBER);
        }
        if (profile == Profile.XRECHNUNG) {
            lackOf(seller.postcode(), MissingField.SELLER_POSTCODE, lacks);
            lackOf(seller.phone(), MissingField.SELLER_PHONE, lacks);
            lackOf(seller.email(), MissingField.SELLER_EMAIL, lacks);
            lackOf(buyer.postcode(), MissingField.BUYER_POSTCODE, lacks);
            lackOf(buyer.city(), MissingField.BUYER_CITY, lacks);
            lackOf(buyer.email(), MissingField.BUYER_EMAIL, lacks);
        }
        return lacks;
    }

    private static void lackOf(String text, MissingField missingField, Set<MissingField> lacks) {
        if (text.isEmpty()) {
            lacks.add(missingField);
        }
    }

    /** BT-10. XRechnung wants one: else that by which the seller knows the buyer. */
    String referenceFor(Profile profile) {
        return reference.isEmpty() && profile == Profile.XRECHNUNG ? buyer.id() : reference;
    }

    /** BT-29, where the seller is known by no other number that may be said (BR-CO-26): who is outside of VAT may not say that of it (BR-O-02). */
    String sellerId() {
        if (!seller.register().isEmpty() || (!isOutside() && !seller.vatNumber().isEmpty())) {
            return "";
        }
        return Stream.of(seller.vatNumber(), seller.taxNumber(), seller.email(), seller.name())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** Whether nothing of it is subject to VAT. */
    boolean isOutside() {
        return taxes.stream().allMatch(part -> VatCategory.isOutside(part.way().treatment()));
    }
}
