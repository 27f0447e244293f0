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
 * An issued document with everything that EN 16931 requires, independent of the database. Amounts are the document's own: those of a credit
 * note are negative. Empty text means that there is none.
 *
 * @param period the days of the whole document
 * @param reference the reference that the buyer requires on it (BT-10)
 * @param corrects the number of the invoice that a credit note or a debit note corrects
 * @param notes further notes of the document
 * @param taxes by tax treatment; including those without tax
 * @param total the amount payable, rounded as the document rounds it
 * @param taxCurrencyTotals the tax in the seller's accounting currency, if that is another (BT-6, BT-111); empty if there is none to state
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
        Optional<TaxCurrencyTotals> taxCurrencyTotals) {
    /** Maximum number of decimals of an amount that EN 16931 allows (BR-DEC). */
    private static final int DECIMALS_MAX = 2;

    public EInvoice {
        notes = notes.stream().filter(note -> !note.isBlank()).toList();
        lines = List.copyOf(lines);
        taxes = List.copyOf(taxes);
        if (kind == Kind.CREDIT_NOTE && payment.dueOn().isPresent()) {
            throw new IllegalArgumentException("credit note " + number + " cannot have a due date");
        }
        for (var line : lines) {
            if (taxes.stream().noneMatch(part -> part.way().equals(line.way()))) {
                throw new IllegalArgumentException(
                        "line " + line.position() + " of " + number + " has no tax total for " + line.way());
            }
        }
    }

    /** Creates a document whose tax is stated only in its own currency. */
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
     * The total tax, in another currency.
     *
     * @param tax rounded to that currency's decimals
     */
    public record TaxCurrencyTotals(Currency currency, BigDecimal tax) {}

    /** Type of document (UNTDID 1001). */
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

    /** Range of days, including the last one. */
    public record InvoicingPeriod(LocalDate from, LocalDate to) {
        /** Returns the shortest period that contains both. */
        public InvoicingPeriod with(InvoicingPeriod other) {
            return new InvoicingPeriod(
                    from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
        }
    }

    /**
     * The seller or the buyer.
     *
     * @param id by which the other party knows it
     * @param taxNumber issued by the domestic tax office
     * @param register the register and the number in it
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
     * How the document is paid.
     *
     * @param isSettled whether nothing was left to be paid when it was issued
     * @param prepaid of a document that is not settled, the part of the total that was paid when it was issued (BT-113)
     * @param terms payment terms in words
     * @param dueOn the last day for payment in time (BT-9); empty if nothing was left to be paid, or no day was set
     */
    public record Payment(
            boolean isSettled, BigDecimal prepaid, String terms, Optional<LocalDate> dueOn, String iban, String bic) {
        public Payment {
            if (isSettled && dueOn.isPresent()) {
                throw new IllegalArgumentException("a settled document has no due date");
            }
        }

        /** Creates a document of which everything is paid, or nothing. */
        public Payment(boolean isSettled, String terms, Optional<LocalDate> dueOn, String iban, String bic) {
            this(isSettled, BigDecimal.ZERO, terms, dueOn, iban, bic);
        }

        PaymentMeans means(Currency currency) {
            if (isSettled || iban.isEmpty()) {
                return PaymentMeans.BALANCE;
            }
            return currency.getCurrencyCode().equals("EUR") ? PaymentMeans.SEPA : PaymentMeans.TRANSFER;
        }
    }

    /** A tax treatment with its rate. */
    public record BankTransfer(TaxTreatment treatment, BigDecimal percent) {
        public BankTransfer {
            percent = percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros();
        }
    }

    /**
     * The part of the document with one tax treatment.
     *
     * @param tax rounded to the currency's decimals
     * @param reason why there is no tax, in words; empty if there is one
     */
    public record Tax(BankTransfer way, BigDecimal tax, String reason) {}

    /** Unit of a line's quantity. */
    public enum Unit {
        HOUR("HUR"),
        ITEM("C62");

        private final String code;

        Unit(String code) {
            this.code = code;
        }

        /** The code of UN/ECE Recommendation 20. */
        String code() {
            return code;
        }
    }

    /**
     * A line.
     *
     * @param price of one unit, without tax
     * @param net the line's amount without tax, to the last decimal; less than quantity times price if the monthly cap applies
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

    /** Returns the fields that are missing for a profile; nothing can be written for it until they are set. */
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

    /** The buyer reference (BT-10). XRechnung requires one: the default is the identifier by which the seller knows the buyer. */
    String referenceFor(Profile profile) {
        return reference.isEmpty() && profile == Profile.XRECHNUNG ? buyer.id() : reference;
    }

    /**
     * The seller identifier (BT-29), used if no other number of the seller may be stated (BR-CO-26): a seller outside of VAT may not state its
     * VAT number (BR-O-02).
     */
    String sellerId() {
        if (!seller.register().isEmpty() || (!isOutside() && !seller.vatNumber().isEmpty())) {
            return "";
        }
        return Stream.of(seller.vatNumber(), seller.taxNumber(), seller.email(), seller.name())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** Whether no part of it is subject to VAT. */
    boolean isOutside() {
        return taxes.stream().allMatch(part -> VatCategory.isOutside(part.way().treatment()));
    }
}
