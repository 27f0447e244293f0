package io.tenantry.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.invoicing.Seller.Field;
import io.tenantry.ledger.Ledger.AccountKind;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A customer in a region pays what its reseller collects there, and its document says each of the taxes. */
class RegionalTaxTest {
    private static int count;

    private final Office office = new Office(new Books("regional-" + ++count, "CAD", "America/Toronto"));
    private final Books books = office.books;
    private final TenantDirectory tenants = new TenantDirectory(Database.administration());
    private final Parties parties = new Parties(books.sql, books.clock, new Access(books.sql), Office.trail(books));

    private void collect() {
        books.clock.stopAt(Office.RENTED);
        books.in(() -> books.sql.update("""
                insert into tax_rate (place, category, percent, parts, from_day, noted_at, noted_by)
                values ('CA', 'STANDARD', 5, '', '2026-01-01', now(), 'test'),
                       ('CA-QC', 'STANDARD', 14.975, 'GST=5;QST=9.975', '2026-01-01', now(), 'test')
                """));
        for (var place : new String[] {"CA", "CA-QC"}) {
            books.in(() -> books.sql.update("""
                    insert into tax_registration (country, number, scheme, from_at, noted_at, noted_by)
                    values (?, '1', 'DOMESTIC', '2026-01-01', now(), 'test')
                    """, place));
        }
        for (var kind : new AccountKind[] {AccountKind.TAX, AccountKind.ROUNDING}) {
            books.in(() -> books.ledger.account(kind, books.money("0").currency()));
        }
    }

    private static Buyer buyer(String region) {
        return new Buyer(new Address("Nordwind", "Rue 1", "H2X", "Montreal", "CA"), region, "", "n@n.example", "");
    }

    private Documents.Paper issued(String region) {
        var wallet = office.wallet("100");
        UUID organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        books.in(() -> books.sql.update("""
                insert into invoice_buyer (organization_id, name, street, postcode, city, country, region, vat_number, email, reference,
                                           noted_at, noted_by)
                values (?, 'Nordwind', 'Rue 1', 'H2X', 'Montreal', 'CA', ?, '', 'n@n.example', '', ?, 'test')
                """, organization, region, Office.RENTED));
        books.rent(wallet, books.price("73"), Office.RENTED);
        var october = BillingPeriod.of(java.time.YearMonth.of(2026, 10), java.time.ZoneId.of("America/Toronto"));
        books.charge(october.to());
        books.clock.stopAt(Office.IN_NOVEMBER.plus(Duration.ofDays(1)));
        assertThat(office.issue(wallet, october).documents()).isEqualTo(1);
        var documents = new Documents(books.sql, books.clock, new Access(books.sql), tenants, office.invoicing);
        UUID id = books.in(
                () -> books.sql.one("select id from invoice where wallet_id = ?", row -> row.uuid("id"), wallet));
        var paper = books.in(() -> documents.one(id));
        assertThat(books.balance(wallet)).isEqualTo(books.money("100").minus(paper.total()));
        return paper;
    }

    @Test
    void eachTaxIsSaidAndTheyComeToWhatWasTaken() {
        collect();
        var quebec = issued("QC");
        var alberta = issued("AB");

        assertThat(quebec.taxes()).singleElement().satisfies(part -> {
            assertThat(part.place()).isEqualTo("CA-QC");
            assertThat(part.percent()).isEqualByComparingTo("14.975");
            assertThat(part.pieces()).extracting(TaxPart.Piece::name).containsExactly("GST", "QST");
            assertThat(part.pieces().stream()
                            .map(TaxPart.Piece::tax)
                            .reduce(books.money("0"), io.tenantry.money.Money::plus))
                    .isEqualTo(part.tax());
        });
        assertThat(alberta.taxes()).singleElement().satisfies(part -> {
            assertThat(part.place()).isEqualTo("CA");
            assertThat(part.percent()).isEqualByComparingTo("5");
            assertThat(part.pieces()).isEmpty();
        });
        assertThat(quebec.buyer().region()).isEqualTo("QC");
        assertThat(Rig.found(books.tenant))
                .noneMatch(found -> found.invariant().startsWith("tax")
                        || found.invariant().startsWith("invoice")
                        || found.invariant().startsWith("period"));
    }

    @Test
    void whereRegionsAreTaxedOneIsSaid() {
        collect();
        var wallet = office.wallet("1");
        UUID organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        assertThat(books.in(() -> parties.buy(organization, buyer(""))))
                .isEqualTo(new Parties.Outcome.Invalid(Set.of(Field.REGION)));
        assertThat(books.in(() -> parties.buy(organization, buyer("QUEBEC"))))
                .isEqualTo(new Parties.Outcome.Invalid(Set.of(Field.REGION)));
        var german = new Buyer(new Address("N", "S", "1", "B", "DE"), "", "", "n@n.example", "");
        assertThat(german.faults()).isEmpty();
    }
}
