package io.tenantry.invoicing;

import io.tenantry.charging.Books;
import io.tenantry.ledger.Ledger.AccountKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The office of a German reseller that collects tax, by OSS in the Union too. */
final class TaxedOffice {
    private TaxedOffice() {}

    /** The office of a new tenant. */
    static Office open(String slug, boolean isIncluded) {
        var opened = new Office(new Books(slug, "EUR", "Europe/Berlin"));
        var books = opened.books;
        books.clock.stopAt(Office.RENTED);
        for (var scheme : List.of("DOMESTIC", "OSS")) {
            books.in(() -> books.sql.update("""
                    insert into tax_registration (country, number, scheme, from_at, noted_at, noted_by)
                    values ('DE', 'DE999999995', ?, '2026-01-01', now(), 'test')
                    """, scheme));
        }
        books.in(() -> books.sql.update("""
                insert into tax_pricing (included, from_at, noted_at, noted_by) values (?, '2026-01-01', now(), 'test')
                """, isIncluded));
        for (var kind : List.of(AccountKind.TAX, AccountKind.ROUNDING)) {
            books.in(() -> books.ledger.account(kind, books.money("0").currency()));
        }
        return opened;
    }

    /** A wallet of an organization in a country. */
    static UUID wallet(Office office, String country) {
        var wallet = office.wallet("10000");
        office.books.in(() -> office.books.sql.update(
                "update organization set country = ? where id = (select organization_id from wallet where id = ?)",
                country,
                wallet));
        return wallet;
    }

    /** What a category bears in a country, for as long as anybody remembers. */
    static void rate(Office office, String country, String category, String percent) {
        office.books.in(() -> office.books.sql.update("""
                insert into tax_rate (place, category, percent, from_day, noted_at, noted_by)
                values (?, ?, ?, '2026-01-01', now(), 'test')
                """, country, category, new BigDecimal(percent)));
    }

    /** A plan is of a category from then on. */
    static void categorize(Office office, UUID plan, String category, Instant from) {
        office.books.in(() -> office.books.sql.update("""
                insert into plan_tax (plan_id, category, from_at, noted_at, noted_by) values (?, ?, ?, now(), 'test')
                """, plan, category, from));
    }

    /** What was taken from such a wallet. */
    static BigDecimal taken(Office office, UUID wallet) {
        return new BigDecimal("10000").subtract(office.books.balance(wallet).amount());
    }
}
