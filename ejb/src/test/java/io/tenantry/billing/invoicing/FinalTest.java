package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.testing.Database;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Final rows are immutable for all users: the database refuses changes. */
class FinalTest {
    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static BillingFixture.Rented rented;

    @BeforeAll
    static void issue() {
        billingFixture = new BillingFixture("finality", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        billingFixture.clock.stopAt(InvoicingFixture.RENTED);
        rented = billingFixture.rent(
                invoicingFixture.wallet("1"), billingFixture.price("7.30"), InvoicingFixture.RENTED);
        billingFixture.charge(InvoicingFixture.IN_NOVEMBER);
        billingFixture.clock.stopAt(InvoicingFixture.IN_NOVEMBER);
        invoicingFixture.issue(rented.wallet(), InvoicingFixture.OCTOBER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update invoice set net = net + 1",
                "update invoice set buyer_name = 'Somebody else'",
                "update invoice set number = number + 1",
                "update invoice set state = 'PAID', paid_at = now(), open_amount = 0, net = net + 1",
                "update invoice set state = 'FINAL', paid_at = null, open_amount = 0",
                "update invoice set prepaid = prepaid - 1",
                "update invoice set due_on = due_on + 1",
                "update invoice set state = 'PAID', paid_at = now(), open_amount = 0, due_on = null",
                "delete from invoice"
            })
    void refusesToChangeADocumentByTenantRoleOrOwner(String change) {
        assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update(change)))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining("is final");
        assertThatThrownBy(() -> Database.asOwner(change.replace("invoice", "t_finality.invoice")))
                .hasMessageContaining("is final");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update invoice_line set amount = amount + 1",
                "delete from invoice_line",
                "update invoice_item set amount = 1",
                "delete from invoice_item"
            })
    void refusesToChangeLinesByTenantRoleOrOwner(String change) {
        assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update(change)))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> Database.asOwner(change.replace("invoice_", "t_finality.invoice_")))
                .hasMessageContaining("cannot be changed");
    }

    @Test
    void refusesLinesAddedAfterIssue() {
        assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update("""
                        insert into invoice_line (invoice_id, position, kind, name, what, from_at, to_at, quantity, unit, unit_price,
                                                  surcharge, amount, rated_period_id)
                        select id, 99, 'SERVICE', 'x', 'x', period_from, period_to, 1, 'HOUR', 1, 0, 1, -1 from invoice
                        """)))
                .hasMessageContaining("not of this transaction");
    }

    @Test
    void refusesADocumentThatDoesNotAddUp() {
        assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update("""
                        insert into invoice (id, kind, series_id, number, number_text, state, organization_id, wallet_id, currency,
                                             decimals, period_from, period_to, buyer_name, buyer_email, buyer_country, net,
                                             through_period, issued_at, issued_by, due_on, open_amount)
                        select gen_random_uuid(), 'INVOICE', series_id, 99, 'INV-99', 'FINAL', organization_id, wallet_id, currency,
                               2, period_to, period_to + interval '1 month', 'x', 'x', 'DE', 1, 0, issued_at, 'x', issued_at::date, 1
                          from invoice
                        """)))
                .hasMessageContaining("its lines say nothing");
    }

    @Test
    void refusesToSkipOrReuseNumbersOfASeries() {
        assertThatThrownBy(() -> billingFixture.in(() ->
                        billingFixture.sql.update("update invoice_number_sequence set next_number = next_number + 5")))
                .hasMessageContaining("with 0 documents");
        assertThatThrownBy(() -> billingFixture.in(
                        () -> billingFixture.sql.update("update invoice_number_sequence set next_number = 1")))
                .hasMessageContaining("only goes on");
        assertThatThrownBy(() -> billingFixture.in(
                        () -> billingFixture.sql.update("update invoice_number_sequence set prefix = 'X'")))
                .hasMessageContaining("only goes on");
        assertThatThrownBy(
                        () -> billingFixture.in(() -> billingFixture.sql.update("delete from invoice_number_sequence")))
                .hasMessageContaining("only goes on");
    }

    @Test
    void allowsOnlyOnePaymentOfAnOpenDocument() {
        Database.rolledBack(billingFixture.tenant, () -> {
            var before = billingFixture.sql.one("select total from invoice", row -> row.decimal("total"));
            assertThat(billingFixture.sql.update("update invoice set state = 'PAID', paid_at = now(), open_amount = 0"))
                    .isEqualTo(1);
            var after = billingFixture.sql.one(
                    "select total from invoice where state = 'PAID'", row -> row.decimal("total"));
            assertThat(after).isEqualTo(before);
            assertThatThrownBy(() -> billingFixture.sql.update("update invoice set paid_at = now() + interval '1 day'"))
                    .hasMessageContaining("is final");
        });
    }
}
