package io.tenantry.billing.invoicing;

import io.tenantry.billing.wallet.AppliedTax;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import java.util.UUID;

/**
 * A charge with tax, of a customer whose VAT number was not verified at the time.
 *
 * @param source a line of an invoice, hours, or another charge that is on no invoice yet
 * @param isWaiting whether it is corrected only after its invoice was issued
 * @param isProven whether VIES has confirmed the number since
 */
record UnverifiedCharge(
        String source,
        UUID walletId,
        UUID invoiceId,
        String invoice,
        int place,
        long sourceId,
        UUID subjectId,
        Money amount,
        Money tax,
        AppliedTax terms,
        String country,
        boolean isWaiting,
        boolean isProven) {
    static final UUID NONE = new UUID(0, 0);

    boolean isLine() {
        return "LINE".equals(source);
    }

    static UnverifiedCharge of(Row row, Money zero) {
        return new UnverifiedCharge(
                row.text("source"),
                row.uuid("wallet_id"),
                row.maybeUuid("invoice_id").orElse(NONE),
                row.text("number_text"),
                row.whole("place"),
                row.big("source_id"),
                row.maybeUuid("subject_id").orElse(NONE),
                new Money(row.decimal("amount"), zero.currency()),
                new Money(row.decimal("tax"), zero.currency()),
                new AppliedTax(row.big("tax_id"), row.decimal("rate"), row.flag("included")),
                row.text("country"),
                row.flag("waits"),
                row.flag("proven"));
    }
}
