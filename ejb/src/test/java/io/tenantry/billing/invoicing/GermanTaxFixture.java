package io.tenantry.billing.invoicing;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The invoicing of a German reseller that collects tax, by OSS in the EU too. */
final class GermanTaxFixture {
    private GermanTaxFixture() {}

    /** Creates the invoicing of a new tenant. */
    static InvoicingFixture open(String slug, boolean isIncluded) {
        return open(slug, "EUR", isIncluded);
    }

    /** Same as above, with accounts in another currency. */
    static InvoicingFixture open(String slug, String currency, boolean isIncluded) {
        var opened = new InvoicingFixture(new BillingFixture(slug, currency, "Europe/Berlin"));
        var billingFixture = opened.billingFixture;
        billingFixture.clock.stopAt(InvoicingFixture.RENTED);
        for (var scheme : List.of("DOMESTIC", "OSS")) {
            billingFixture.in(() -> billingFixture.sql.update("""
                    insert into tax_registration (country, number, scheme, from_at, recorded_at, recorded_by)
                    values ('DE', 'DE999999995', ?, '2026-01-01', now(), 'test')
                    """, scheme));
        }
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into tax_pricing (included, from_at, recorded_at, recorded_by) values (?, '2026-01-01', now(), 'test')
                """, isIncluded));
        for (var kind : List.of(AccountKind.TAX, AccountKind.ROUNDING)) {
            billingFixture.in(() -> billingFixture.ledger.account(
                    kind, billingFixture.money("0").currency()));
        }
        return opened;
    }

    /** Creates a wallet of an organization in a country. */
    static UUID wallet(InvoicingFixture invoicingFixture, String country) {
        var wallet = invoicingFixture.wallet("10000");
        invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.update(
                "update organization set country = ? where id = (select organization_id from wallet where id = ?)",
                country,
                wallet));
        return wallet;
    }

    /** Sets the rate of a category in a country, valid since the distant past. */
    static void rate(InvoicingFixture invoicingFixture, String country, String category, String percent) {
        invoicingFixture.billingFixture.in(
                () -> invoicingFixture.billingFixture.sql.update("""
                insert into tax_rate (place, category, percent, from_day, recorded_at, recorded_by)
                values (?, ?, ?, '2026-01-01', now(), 'test')
                """, country, category, new BigDecimal(percent)));
    }

    /** Assigns a plan to a category from then on. */
    static void categorize(InvoicingFixture invoicingFixture, UUID plan, String category, Instant from) {
        invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.update("""
                insert into plan_tax (plan_id, category, from_at, recorded_at, recorded_by) values (?, ?, ?, now(), 'test')
                """, plan, category, from));
    }

    /** Returns the amount charged to such a wallet. */
    static BigDecimal charged(InvoicingFixture invoicingFixture, UUID wallet) {
        return new BigDecimal("10000")
                .subtract(invoicingFixture.billingFixture.balance(wallet).amount());
    }
}
