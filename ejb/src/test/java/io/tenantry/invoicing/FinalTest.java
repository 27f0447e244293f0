package io.tenantry.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.charging.Books;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.testing.Database;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is final stays as it is, whoever asks: the database refuses. */
class FinalTest {
    private static Books books;
    private static Office office;
    private static Books.Rented rented;

    @BeforeAll
    static void issue() {
        books = new Books("finality", "EUR", "Europe/Berlin");
        office = new Office(books);
        books.clock.stopAt(Office.RENTED);
        rented = books.rent(office.wallet("1"), books.price("7.30"), Office.RENTED);
        books.charge(Office.IN_NOVEMBER);
        books.clock.stopAt(Office.IN_NOVEMBER);
        office.issue(rented.wallet(), Office.OCTOBER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update invoice set net = net + 1",
                "update invoice set buyer_name = 'Somebody else'",
                "update invoice set number = number + 1",
                "update invoice set state = 'PAID', paid_at = now(), net = net + 1",
                "update invoice set state = 'FINAL'",
                "update invoice set due_on = due_on + 1",
                "update invoice set state = 'PAID', paid_at = now(), due_on = null",
                "delete from invoice"
            })
    void aDocumentCannotBeChangedByTheTenantsRoleNorByTheOwner(String change) {
        assertThatThrownBy(() -> books.in(() -> books.sql.update(change)))
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
    void linesCannotBeChangedByTheTenantsRoleNorByTheOwner(String change) {
        assertThatThrownBy(() -> books.in(() -> books.sql.update(change)))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> Database.asOwner(change.replace("invoice_", "t_finality.invoice_")))
                .hasMessageContaining("cannot be changed");
    }

    @Test
    void nothingIsAddedToADocumentLater() {
        assertThatThrownBy(() -> books.in(() -> books.sql.update("""
                        insert into invoice_line (invoice_id, position, kind, name, what, from_at, to_at, quantity, unit, unit_price,
                                                  surcharge, amount, rated_period_id)
                        select id, 99, 'SERVICE', 'x', 'x', period_from, period_to, 1, 'HOUR', 1, 0, 1, -1 from invoice
                        """))).hasMessageContaining("not of this transaction");
    }

    @Test
    void aDocumentThatDoesNotAddUpIsRefused() {
        assertThatThrownBy(() -> books.in(() -> books.sql.update("""
                        insert into invoice (id, kind, series_id, number, number_text, state, organization_id, wallet_id, currency,
                                             decimals, period_from, period_to, buyer_name, buyer_email, buyer_country, net,
                                             through_period, issued_at, issued_by, due_on)
                        select gen_random_uuid(), 'INVOICE', series_id, 99, 'INV-99', 'FINAL', organization_id, wallet_id, currency,
                               2, period_to, period_to + interval '1 month', 'x', 'x', 'DE', 1, 0, issued_at, 'x', issued_at::date
                          from invoice
                        """))).hasMessageContaining("its lines say nothing");
    }

    @Test
    void aSeriesNeitherSkipsNorGoesBack() {
        assertThatThrownBy(() ->
                        books.in(() -> books.sql.update("update invoice_series set next_number = next_number + 5")))
                .hasMessageContaining("with 0 documents");
        assertThatThrownBy(() -> books.in(() -> books.sql.update("update invoice_series set next_number = 1")))
                .hasMessageContaining("only goes on");
        assertThatThrownBy(() -> books.in(() -> books.sql.update("update invoice_series set prefix = 'X'")))
                .hasMessageContaining("only goes on");
        assertThatThrownBy(() -> books.in(() -> books.sql.update("delete from invoice_series")))
                .hasMessageContaining("only goes on");
    }

    @Test
    void whatIsOpenCanBePaidOnceAndIsOtherwiseAsItWas() {
        Database.undone(books.tenant, () -> {
            var before = books.sql.one("select total from invoice", row -> row.decimal("total"));
            assertThat(books.sql.update("update invoice set state = 'PAID', paid_at = now()"))
                    .isEqualTo(1);
            var after = books.sql.one("select total from invoice where state = 'PAID'", row -> row.decimal("total"));
            assertThat(after).isEqualTo(before);
            assertThatThrownBy(() -> books.sql.update("update invoice set paid_at = now() + interval '1 day'"))
                    .hasMessageContaining("is final");
        });
    }
}
